import { historyMessage } from '#src/render/history-page.ts';
import { subscriptionsMessage } from '#src/render/subscription-page.ts';
import type { Command, Component } from './command.ts';
import { MODERATORS } from './where.ts';

export const subscriptions = {
  data: {
    name: 'subscriptions',
    description: 'This server’s subscriptions: see, pause, resume, remove',
    ...MODERATORS,
  },
  answer: async (request, { listSubscriptions }) =>
    subscriptionsMessage(await listSubscriptions({ ...who(request), page: 0 })),
} satisfies Command;

/** `subscriptions:<page>` */
export const subscriptionsPage = {
  prefix: 'subscriptions',
  updates: true,
  answer: async (request, { listSubscriptions }) =>
    subscriptionsMessage(await listSubscriptions({ ...who(request), page: Number(request.args[0]) })),
} satisfies Component;

/** `unsubscribe:<subscription id>` on the confirmation, or a select whose values are ids. */
export const unsubscribe = {
  prefix: 'unsubscribe',
  updates: true,
  async answer(request, { removeSubscriptions, listSubscriptions }) {
    const ids = request.values.length > 0 ? request.values : request.args;
    await removeSubscriptions({ ...who(request), ids });
    return subscriptionsMessage(await listSubscriptions({ ...who(request), page: 0 }));
  },
} satisfies Component;

/** `history:<page>` */
export const history = {
  prefix: 'history',
  updates: true,
  answer: async (request, { showHistory }) =>
    historyMessage(await showHistory({ ...who(request), page: Number(request.args[0]) })),
} satisfies Component;

/** A select whose values are ids: pauses what runs, resumes what a moderator paused. */
export const pause = {
  prefix: 'pause',
  updates: true,
  async answer(request, { togglePause, listSubscriptions }) {
    await togglePause({ ...who(request), ids: request.values });
    return subscriptionsMessage(await listSubscriptions({ ...who(request), page: 0 }));
  },
} satisfies Component;

const who = (request: { serverId: string | null; userId: string; moderator: boolean; now: number }) => ({
  serverId: request.serverId,
  userId: request.userId,
  moderator: request.moderator,
  now: request.now,
});
