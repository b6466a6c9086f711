import { type ConflictView, conflictMessage } from '#src/render/conflict-page.ts';
import { editModal } from '#src/render/filter-page.ts';
import { historyMessage } from '#src/render/history-page.ts';
import { problemMessage } from '#src/render/problem.ts';
import { say, sayPhrase } from '#src/render/say.ts';
import {
  type ServerSettingsView,
  samePaperOf,
  serverSettingsMessage,
} from '#src/render/server-settings-page.ts';
import {
  copyMessage,
  entryMessage,
  type ListNote,
  PAUSES,
  pauseForm,
  pauseMessage,
  subscriptionsMessage,
  tellDone,
} from '#src/render/subscription-list.ts';
import { takenBackMessage } from '#src/render/subscription-page.ts';
import { tunedMessage, tuneMessage } from '#src/render/tune-page.ts';
import { tellUndone, type UndoneView, undoneMessage } from '#src/render/undone-page.ts';
import { zoneModal } from '#src/render/zone-question.ts';
import type { Asker } from '#src/service/asker.ts';
import type { Services } from '#src/service/services.ts';
import { POSTABLE } from '#src/service/subscribe-order.ts';
import { channel, code } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Command, Component, Request } from './command.ts';
import { pageIn } from './page-in.ts';
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
    subscriptionsMessage(await listSubscriptions({ ...askerOf(request), page: pageIn(request, 0) })),
} satisfies Component;

/** `pick:<page>`: a select of that page's subscriptions; the one that is picked stands alone, with what can be done about it. */
export const pick = {
  prefix: 'pick',
  updates: true,
  answer: async (request, { showSubscription }) =>
    entryMessage(await showSubscription({ ...askerOf(request), id: request.value }), pageIn(request, 0)),
} satisfies Component;

/** `remove:<subscription id>:<page>` */
export const remove = {
  prefix: 'remove',
  updates: true,
  async answer(request, services) {
    const ids = [request.arg(0)];
    return listAfter(services, request, await services.removeSubscriptions({ ...askerOf(request), ids }));
  },
} satisfies Component;

/**
 * `unsubscribe:<subscription id>` takes back what /subscribe did; in lists of versions up to 0.1.0 it is a select whose values
 * are ids.
 */
export const unsubscribe = {
  prefix: 'unsubscribe',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    if (request.values.length === 0) {
      const undone = await services.undoSubscribe({ ...asker, id: request.arg(0) });
      return undone.kind === 'conflict' ? conflictMessage(undone) : takenBackMessage(undone.isDone);
    }
    const ids = request.values;
    return listAfter(services, request, await services.removeSubscriptions({ ...asker, ids }));
  },
} satisfies Component;

/**
 * `history:<page>` of the server; `history:<page>:<subscription id>` of that one; `history:<page>::<channel id>` of that channel.
 * `history:of` is a select of a channel, or of the server.
 */
export const history = {
  prefix: 'history',
  updates: true,
  async answer(request, { showHistory }) {
    const channelId = request.values.length > 0 ? channelOf(request.value) : request.arg(2) || null;
    const scope = { subscription: request.arg(1) || null, channelId };
    return historyMessage(await showHistory({ ...askerOf(request), page: pageIn(request, 0), ...scope }));
  },
} satisfies Component;

/** `take-back:...` as `history:...`: a select of the changes that are shown there; the one that is picked is undone. */
export const takeBack = {
  prefix: 'take-back',
  updates: true,
  answer: async (request, { undoEntry }) =>
    afterUndo(await undoEntry({ ...askerOf(request), id: Number(request.value) })),
} satisfies Component;

/**
 * `pause:<subscription id>:<page>` asks for how long. In lists of versions up to 0.1.0 it is a select: an id pauses that one,
 * `resume:<id>` resumes it.
 */
export const pause = {
  prefix: 'pause',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    if (request.values.length === 0)
      return pauseMessage(
        await services.showSubscription({ ...asker, id: request.arg(0) }),
        pageIn(request, 1),
      );
    const [id, wanted] = request.value.split(':').reverse();
    const isPaused = wanted !== 'resume';
    return listAfter(services, request, await services.setPaused({ ...asker, ids: [id], isPaused }));
  },
} satisfies Component;

/** `pause-for:<subscription id>:<page>`: a select of how long; a form asks for a day, and what is no choice any more is asked again. */
export const pauseFor = {
  prefix: 'pause-for',
  updates: true,
  async answer(request, services) {
    const forMs = PAUSES.get(request.value);
    if (forMs === undefined) {
      const shown = await services.showSubscription({ ...askerOf(request), id: request.arg(0) });
      const form = request.value === 'date' ? pauseForm : pauseMessage;
      return form(shown, pageIn(request, 1));
    }
    const asked = { ...askerOf(request), ids: [request.arg(0)], isPaused: true, forMs: forMs ?? undefined };
    return listAfter(services, request, await services.setPaused(asked));
  },
} satisfies Component;

/** `pause-until:<subscription id>:<page>`: that form comes back; beside what cannot be read the choice stands again. */
export const pauseUntil = {
  prefix: 'pause-until',
  updates: true,
  async answer(request, services) {
    const asked = { ...askerOf(request), ids: [request.arg(0)], isPaused: true };
    try {
      const lastDay = request.text('until');
      return await listAfter(services, request, await services.setPaused({ ...asked, lastDay }));
    } catch (error) {
      if (!(error instanceof UserError) || error instanceof DeniedError) throw error;
      const shown = await services.showSubscription({ ...askerOf(request), id: request.arg(0) });
      const again = pauseMessage(shown, pageIn(request, 1));
      return { ...again, embeds: [...problemMessage(sayPhrase(error.phrase)).embeds, ...again.embeds] };
    }
  },
} satisfies Component;

/** `resume:<subscription id>:<page>` */
export const runAgain = {
  prefix: 'resume',
  updates: true,
  async answer(request, services) {
    const asked = { ...askerOf(request), ids: [request.arg(0)], isPaused: false };
    return listAfter(services, request, await services.setPaused(asked));
  },
} satisfies Component;

/** `copy:<subscription id>:<page>` asks where to. */
export const copy = {
  prefix: 'copy',
  updates: true,
  async answer(request, { showSubscription }) {
    const shown = await showSubscription({ ...askerOf(request), id: request.arg(0) });
    return copyMessage(shown, pageIn(request, 1), POSTABLE);
  },
} satisfies Component;

/** `copy-to:<subscription id>:<page>`: a select of a channel. */
export const copyTo = {
  prefix: 'copy-to',
  updates: true,
  async answer(request, services) {
    const picked = request.channel('copy-to');
    if (!picked) throw new UserError('subscriptions.gone');
    const channel = {
      ...picked,
      botPermissions: picked.botPermissions ?? request.botIn(picked.id).botPermissions,
    };
    const asked = { ...askerOf(request), id: request.arg(0), channel };
    return listAfter(services, request, await services.copySubscription(asked));
  },
} satisfies Component;

/** `undo:<key>`, and `undo:<key>:list:<page>` where it stands under the list, which is shown again. */
export const undo = {
  prefix: 'undo',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    const undone = await services.undoChange({ ...asker, key: request.arg(0) });
    if (undone.kind === 'conflict' || request.arg(1) !== 'list') return afterUndo(undone);
    return pageAfter(services, asker, pageIn(request, 2), { told: tellUndone(undone), undo: null });
  },
} satisfies Component;

/** A select of those that are not as usual: what can be done about one of them. */
export const unusual = {
  prefix: 'unusual',
  answer: async (request, { showSubscription }) =>
    entryMessage(await showSubscription({ ...askerOf(request), id: request.value }), 0),
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

/** `fine:<subscription id>:<page>`: what is unusual of it is its usual. */
export const fine = {
  prefix: 'fine',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    const { channelId, filter, isNoted } = await services.acceptUnusual({ ...asker, id: request.arg(0) });
    const told = say(isNoted ? 'unusual.fine' : 'unusual.over', {
      ...{ channel: channel(channelId), filter: code(filter, 300) },
    });
    return pageAfter(services, asker, pageIn(request, 1), { told, undo: null });
  },
} satisfies Component;

/**
 * `server-settings` shows the settings of the server. Its select `server-settings:same-paper` changes one, `server-settings:zone`
 * opens the form for another, which comes back as `server-settings:typed-zone`; `server-settings:undo:<now>:<before>` and
 * `server-settings:undo-zone:<now>:<before>` take that back.
 * `server-settings:notices` is a select of a channel, `server-settings:pick-notices` leaves that to Paperboy, and
 * `server-settings:undo-notices:<now>:<before>` takes either back.
 * `server-settings:unmute` is a select that removes a mute, and `server-settings:mute:<key>` brings that back.
 */
export const serverSettings = {
  prefix: 'server-settings',
  updates: true,
  async answer(request, services) {
    const asker = askerOf(request);
    switch (request.arg(0)) {
      case 'same-paper': {
        const to = { samePaper: samePaperOf(request.value) };
        return serverSettingsMessage(await services.changeServerSettings({ ...asker, to }));
      }
      case 'zone': {
        const { settings } = await services.showServerSettings(asker);
        return zoneModal('server-settings:typed-zone', settings.zone ?? '');
      }
      case 'typed-zone':
        return serverSettingsMessage(
          await services.changeServerZone({ ...asker, written: request.text('zone') }),
        );
      case 'undo': {
        const [to, from] = [1, 2].map((at) => ({ samePaper: samePaperOf(request.arg(at)) }));
        return afterSetting(await services.undoServerSettings({ ...asker, to, from }));
      }
      case 'undo-zone': {
        const [to, from] = [1, 2].map((at) => ({ zone: request.arg(at) || null }));
        return afterSetting(await services.undoServerSettings({ ...asker, to, from }));
      }
      case 'notices':
        return serverSettingsMessage(
          await services.chooseServerNotices({ ...asker, to: request.value || null }),
        );
      case 'pick-notices':
        return serverSettingsMessage(await services.chooseServerNotices({ ...asker, to: null }));
      case 'undo-notices': {
        const [to, from] = [1, 2].map((at) => request.arg(at) || null);
        return afterSetting(await services.undoServerNotices({ ...asker, to, from }));
      }
      case 'unmute':
        return serverSettingsMessage(await services.removeMute({ ...asker, at: Number(request.value) }));
      case 'mute':
        return serverSettingsMessage(await services.muteAgain({ ...asker, key: request.arg(1) }));
      default:
        return serverSettingsMessage(await services.showServerSettings(asker));
    }
  },
} satisfies Component;

const afterUndo = (undone: UndoneView | ConflictView) =>
  undone.kind === 'conflict' ? conflictMessage(undone) : undoneMessage(undone);

const afterSetting = (undone: ServerSettingsView | ConflictView) =>
  'key' in undone ? conflictMessage(undone) : serverSettingsMessage(undone);

const channelOf = (picked: string): string | null => (picked === 'server' ? null : picked);

/** That page, with what was done above it. */
const listAfter = (services: Services, request: Request, done: ListNote) =>
  pageAfter(services, askerOf(request), pageIn(request, 1), { told: tellDone(done), undo: done.undo });

async function pageAfter(
  { listSubscriptions }: Services,
  asker: Asker,
  page: number,
  done: { told: string; undo: string | null },
) {
  return subscriptionsMessage(await listSubscriptions({ ...asker, page }), done);
}
