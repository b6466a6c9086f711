import { historyMessage } from '#src/render/history-page.ts';
import { subscriptionsMessage, takenBackMessage, tellDone } from '#src/render/subscription-page.ts';
import { tellUndone, undoneMessage } from '#src/render/undone-page.ts';
import type { Asker } from '#src/service/asker.ts';
import type { Services } from '#src/service/services.ts';
import { askerOf } from './asker.ts';
import type { Command, Component } from './command.ts';
import { MODERATORS } from './where.ts';

export const subscriptions = {
  data: {
    name: 'subscriptions',
    description: 'command.subscriptions',
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
    subscriptionsMessage(await listSubscriptions({ ...askerOf(request), page: Number(request.arg(0)) })),
} satisfies Component;

/** `unsubscribe:<subscription id>` takes back what /subscribe did; in the list it is a select whose values are ids. */
export const unsubscribe = {
  prefix: 'unsubscribe',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    if (request.values.length === 0) {
      const { isDone } = await services.undoSubscribe({ ...asker, id: request.arg(0) });
      return takenBackMessage(isDone);
    }
    const done = await services.removeSubscriptions({ ...asker, ids: request.values });
    return listAfter(services, asker, { told: tellDone(done), undo: done.undo });
  },
} satisfies Component;

/** `history:<page>` */
export const history = {
  prefix: 'history',
  updates: true,
  answer: async (request, { showHistory }) =>
    historyMessage(await showHistory({ ...askerOf(request), page: Number(request.arg(0)) })),
} satisfies Component;

/** A select: a subscription's id pauses it, `resume:<id>` resumes it. Whoever chooses the same second finds it done. */
export const pause = {
  prefix: 'pause',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    const [id, wanted] = request.value.split(':').reverse();
    const done = await services.setPaused({ ...asker, ids: [id], isPaused: wanted !== 'resume' });
    return listAfter(services, asker, { told: tellDone(done), undo: done.undo });
  },
} satisfies Component;

/** `undo:<key>`, and `undo:<key>:list` where it stands under the list, which is shown again. */
export const undo = {
  prefix: 'undo',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    const undone = await services.undoChange({ ...asker, key: request.arg(0) });
    if (request.arg(1) !== 'list') return undoneMessage(undone);
    return listAfter(services, asker, { told: tellUndone(undone), undo: null });
  },
} satisfies Component;

async function listAfter(
  { listSubscriptions }: Services,
  asker: Asker,
  done: { told: string; undo: string | null },
) {
  return subscriptionsMessage(await listSubscriptions({ ...asker, page: 0 }), done);
}
