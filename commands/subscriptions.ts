import { historyMessage } from '#src/render/history-page.ts';
import { subscriptionsMessage, takenBackMessage } from '#src/render/subscription-page.ts';
import { askerOf } from './asker.ts';
import type { Command, Component } from './command.ts';
import { MODERATORS } from './where.ts';

export const subscriptions = {
  data: {
    name: 'subscriptions',
    description: 'This server’s subscriptions: see, pause, resume, remove',
    ...MODERATORS,
  },
  answer: async (request, { listSubscriptions }) =>
    subscriptionsMessage(await listSubscriptions({ ...askerOf(request), page: 0 })),
} satisfies Command;

/** `subscriptions:<page>` */
export const subscriptionsPage = {
  prefix: 'subscriptions',
  updates: true,
  answer: async (request, { listSubscriptions }) =>
    subscriptionsMessage(await listSubscriptions({ ...askerOf(request), page: Number(request.args[0]) })),
} satisfies Component;

/** `unsubscribe:<subscription id>` takes back what /subscribe did; in the list it is a select whose values are ids. */
export const unsubscribe = {
  prefix: 'unsubscribe',
  updates: true,
  async answer(request, { removeSubscriptions, listSubscriptions }) {
    const asker = askerOf(request);
    if (request.values.length === 0) {
      await removeSubscriptions({ ...asker, ids: request.args, through: 'subscribe' });
      return takenBackMessage();
    }
    await removeSubscriptions({ ...asker, ids: request.values, through: 'subscriptions' });
    return subscriptionsMessage(await listSubscriptions({ ...asker, page: 0 }));
  },
} satisfies Component;

/** `history:<page>` */
export const history = {
  prefix: 'history',
  updates: true,
  answer: async (request, { showHistory }) =>
    historyMessage(await showHistory({ ...askerOf(request), page: Number(request.args[0]) })),
} satisfies Component;

/** A select: a subscription's id pauses it, `resume:<id>` resumes it. Whoever chooses the same second finds it done. */
export const pause = {
  prefix: 'pause',
  updates: true,
  async answer(request, { setPaused, listSubscriptions }) {
    const asker = askerOf(request);
    const [value = ''] = request.values;
    const [id, wanted] = value.split(':').reverse();
    await setPaused({ ...asker, ids: [id], isPaused: wanted !== 'resume' });
    return subscriptionsMessage(await listSubscriptions({ ...asker, page: 0 }));
  },
} satisfies Component;
