import type { Command } from './command.ts';
import { OPTIONS } from './subscribe-options.ts';
import { previewed, proposeFrom } from './subscribe-preview.ts';
import { typedIn } from './subscribe-typed.ts';
import { proposeValues } from './subscribe-values.ts';
import { MODERATORS } from './where.ts';

export const subscribe = {
  data: {
    name: 'subscribe',
    description: 'command.subscribe',
    ...MODERATORS,
    options: OPTIONS,
  },
  answer: (request, services) =>
    request.text('like') === ''
      ? previewed(typedIn(request), request, services)
      : proposeFrom(request, services),
  complete(request, { proposeTopics, proposeQueries, proposeZones }) {
    const { name, value: text } = request.focused;
    if (name === 'topic') return proposeTopics(text);
    if (name === 'keywords') return proposeQueries(text, request.now);
    if (name === 'zone') return proposeZones(text, request.now);
    return proposeValues(name, text);
  },
} satisfies Command;
