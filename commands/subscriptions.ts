import { editModal } from '#src/render/filter-page.ts';
import { historyMessage } from '#src/render/history-page.ts';
import { say } from '#src/render/say.ts';
import { samePaperOf, serverSettingsMessage } from '#src/render/server-settings-page.ts';
import {
  subscriptionsMessage,
  takenBackMessage,
  tellDone,
  unusualMessage,
} from '#src/render/subscription-page.ts';
import { tunedMessage, tuneMessage } from '#src/render/tune-page.ts';
import { tellUndone, undoneMessage } from '#src/render/undone-page.ts';
import type { Asker } from '#src/service/asker.ts';
import type { Services } from '#src/service/services.ts';
import { channel, code } from '#src/wording/phrase.ts';
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

/** A select of those that are not as usual: what can be done about one of them. */
export const unusual = {
  prefix: 'unusual',
  answer: async (request, { showSubscription }) =>
    unusualMessage(await showSubscription({ ...askerOf(request), id: request.value })),
} satisfies Component;

/**
 * `tune:<subscription id>:wider` or `:narrower` proposes the next sensitivity; where there is none, and for `:filter`, the form
 * for its filter opens.
 */
export const tune = {
  prefix: 'tune',
  async answer(request, { proposeSensitivity, openFilter }) {
    const asker = { ...askerOf(request), id: request.arg(0) };
    const towards = request.arg(1);
    const proposed =
      towards === 'wider' || towards === 'narrower' ? await proposeSensitivity({ ...asker, towards }) : null;
    return proposed ? tuneMessage(proposed) : editModal(await openFilter(asker));
  },
} satisfies Component;

/** `tuned:<subscription id>:<sensitivity shown>:<sensitivity wanted>` */
export const tuned = {
  prefix: 'tuned',
  updates: true,
  answer: async (request, { useSensitivity }) => {
    const asked = { id: request.arg(0), from: request.arg(1), to: request.arg(2) };
    return tunedMessage(await useSensitivity({ ...askerOf(request), ...asked }));
  },
} satisfies Component;

/** `fine:<subscription id>`: what is unusual of it is its usual. */
export const fine = {
  prefix: 'fine',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    const { channelId, filter, isNoted } = await services.acceptUnusual({ ...asker, id: request.arg(0) });
    const told = say(isNoted ? 'unusual.fine' : 'unusual.over', {
      ...{ channel: channel(channelId), filter: code(filter, 300) },
    });
    return listAfter(services, asker, { told, undo: null });
  },
} satisfies Component;

/**
 * `server-settings` shows the settings of the server, its select `server-settings:same-paper` changes one, and
 * `server-settings:undo:<now>:<before>` takes that back.
 */
export const serverSettings = {
  prefix: 'server-settings',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    const what = request.arg(0);
    if (what === 'same-paper')
      return serverSettingsMessage(
        await services.changeServerSettings({ ...asker, samePaper: samePaperOf(request.value) }),
      );
    if (what === 'undo') {
      const [samePaper, from] = [samePaperOf(request.arg(1)), samePaperOf(request.arg(2))];
      return serverSettingsMessage(await services.undoServerSettings({ ...asker, samePaper, from }));
    }
    return serverSettingsMessage(await services.showServerSettings(asker));
  },
} satisfies Component;

async function listAfter(
  { listSubscriptions }: Services,
  asker: Asker,
  done: { told: string; undo: string | null },
) {
  return subscriptionsMessage(await listSubscriptions({ ...asker, page: 0 }), done);
}
