import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { uncertainMessage } from '#src/render/find-page.ts';
import { whyHereMessage, whyMessage } from '#src/render/why-page.ts';
import type { Services } from '#src/service/services.ts';
import { POSTABLE } from '#src/service/subscribe-order.ts';
import { askerOf } from './asker.ts';
import type { Command, Component, Reply, Request } from './command.ts';
import { IN_SERVERS } from './where.ts';

export const why = {
  data: {
    name: 'why',
    description: 'command.why',
    ...IN_SERVERS,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'paper',
        description: 'command.why.paper',
        required: true,
        autocomplete: true,
        max_length: 300,
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'channel',
        description: 'command.why.channel',
        channel_types: [...POSTABLE],
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'date',
        description: 'command.why.date',
        max_length: 30,
      },
    ],
  },
  answer(request, services) {
    const { id: channelId } = request.channel('channel') ?? request.here;
    return explained(request, services, {
      ...{ query: request.text('paper'), channelId, date: request.text('date') },
    });
  },
  complete: (request, { proposeTitles }) => proposeTitles(request.focused.value, request.now),
} satisfies Command;

type Asked = { query: string; channelId: string; date: string };

async function explained(request: Request, { explainPaper }: Services, asked: Asked): Promise<Reply> {
  const answer = await explainPaper({ ...askerOf(request), ...asked });
  if (answer.kind === 'why') return whyMessage(answer.view);
  return uncertainMessage(answer.found, `why-in:${asked.channelId}:${answer.day}`);
}

/** `why-in:<channel>:<day, or nothing>:<paper id>`: what /why answers of that paper; in a select the paper is what was chosen. */
export const whyIn = {
  prefix: 'why-in',
  answer: (request, services) =>
    explained(request, services, {
      ...{ query: request.value || request.arg(2), channelId: request.arg(0), date: request.arg(1) },
    }),
} satisfies Component;

/** `why:<post id>`: the mark on every post; the same for its papers, or for the one that is chosen of them. */
export const whyHere = {
  prefix: 'why',
  async answer(request, { explainPost }) {
    const paper = request.value === '' ? null : request.value;
    return whyHereMessage(await explainPost({ ...askerOf(request), nonce: request.arg(0), paper }));
  },
} satisfies Component;
