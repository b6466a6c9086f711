import type { Command } from './command.ts';
import { openFront } from './subscribe-front.ts';
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
  answer(request, services) {
    const typed = typedIn(request);
    const like = request.text('like');
    if (like !== '') return proposeFrom(typed, like, request, services);
    return typed.filter === '' ? openFront(typed, request, services) : previewed(typed, request, services);
  },
  complete(request, { proposeTopics, proposeQueries, proposeZones }) {
    const { name, value: text } = request.focused;
    if (name === 'topic') return proposeTopics(text);
    if (name === 'keywords') return proposeQueries(text, request.now);
    if (name === 'zone') return proposeZones(text, request.now);
    return proposeValues(name, text);
  },
} satisfies Command;
