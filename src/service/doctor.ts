import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import type { ConflictView } from '#src/render/conflict-page.ts';
import { CHANNELS_PER_PAGE, type ChannelReport, type DoctorView } from '#src/render/doctor-page.ts';
import { pageWithin } from '#src/render/paper-list.ts';
import { inListOrder, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel as channelMark } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { type ExamineDeps, type ExaminedChannel, examineChannel } from './examine-channel.ts';
import { moderatorFor } from './moderate.ts';
import { createNoticesRoom, type NoticesDeps, noticesView } from './notices-room.ts';
import { POSTABLE } from './subscribe-order.ts';

type Deps = Omit<NoticesDeps, 'subscriptionStore'> &
  ExamineDeps & {
    subscriptionStore: Pick<
      SubscriptionStore,
      'inServer' | 'inChannel' | 'unreadIn' | 'settings' | 'changeSettings'
    >;
    outbox: Pick<Outbox, 'heldIn' | 'reached'>;
    clock: Clock;
    /** Where and how a channel's subscriptions want their posts. */
    placeOf(serverId: string, channelId: string): PostPlace;
    /** Why a channel takes no papers as its subscriptions want them, as far as can be known without asking. */
    obstacle(serverId: string, channelId: string): ExaminedChannel['obstacle'];
    /** As Discord has it; null: unknown, or gone. */
    knownChannel(channelId: string): (NonNullable<ExaminedChannel['known']> & { serverId: string }) | null;
  };

type Asked = { channelId: string; page: number };

export type Doctor = {
  /**
   * What keeps papers from the server's channels, or from one of them. `channelId`: '' for all with subscriptions that the asker
   * sees; the others are counted.
   */
  examine(asker: Asker & Asked): Promise<DoctorView>;
  /** The same, once words to moderators go there; null: where Paperboy picks. Throws UserError where they cannot. */
  chooseNotices(asker: Asker & Asked & { to: string | null }): Promise<DoctorView>;
  /** Back to `from`; where somebody else changed it since that is shown. */
  undoNotices(asker: Asker & { to: string | null; from: string | null }): Promise<DoctorView | ConflictView>;
};

export function createDoctor(deps: Deps): Doctor {
  const notices = createNoticesRoom(deps);
  const through = 'doctor';
  const doctor: Doctor = {
    async examine({ channelId, page, ...asker }) {
      const { lacks, serverId } = await moderatorFor(asker, 'doctor');
      const all = channelId === '' ? channelsOf(deps, serverId) : [channelId];
      const isSeen = async (id: string) => (await lacks(id)) !== 'viewChannel';
      if (channelId !== '') await refuseOne(deps, serverId, channelId, isSeen);
      const held = new Map((await deps.outbox.heldIn(serverId)).map((one) => [one.destination, one]));
      const breathe = takeBreaths(deps.clock);
      const reports: ChannelReport[] = [];
      let hidden = 0;
      for (const id of all) {
        if (channelId !== '' || (await isSeen(id))) reports.push(reportOf(deps, serverId, id, held));
        else hidden++;
        await breathe();
      }
      const ill = reports.filter(({ findings }) => findings.length > 0).sort(worstFirst);
      const shown = pageWithin(page, ill.length, CHANNELS_PER_PAGE);
      const first = shown * CHANNELS_PER_PAGE;
      return {
        ...{ asked: channelId, page: shown, ill: ill.length, hidden },
        channels: await withWaiting(deps, serverId, ill.slice(first, first + CHANNELS_PER_PAGE), asker.now),
        well: reports.filter(({ findings }) => findings.length === 0),
        unreadable: deps.subscriptionStore.unreadIn(serverId).filter(({ key }) => !channelIn(key)).length,
        lookIn: hidden === 0 && reports.every(({ isSubscribed }) => !isSubscribed) ? POSTABLE : [],
        ...{ notices: await noticesView(deps, asker, serverId), done: null },
      };
    },

    async chooseNotices({ to, channelId, page, ...asker }) {
      const { before } = await notices.choose({ ...asker, to, through });
      const done = { what: 'saved', from: before.notices, to } as const;
      return { ...(await doctor.examine({ ...asker, channelId, page })), done };
    },

    async undoNotices({ to, from, ...asker }) {
      const undone = await notices.undo({ ...asker, to, from, through });
      if (undone.kind === 'conflict') return undone;
      return { ...(await doctor.examine({ ...asker, channelId: '', page: 0 })), done: { what: 'undone' } };
    },
  };
  return doctor;
}

/** Those of which anything is stored, in the order of the list. */
function channelsOf({ subscriptionStore }: Deps, serverId: string): string[] {
  const subscribed = inListOrder(subscriptionStore.inServer(serverId)).map(({ channelId }) => channelId);
  const unread = subscriptionStore.unreadIn(serverId).flatMap(({ key }) => channelIn(key) ?? []);
  return [...new Set([...subscribed, ...unread])];
}

/** A key is `server:channel`, or `server:` and the name of what is the whole server's. */
function channelIn(key: string): string | null {
  const name = key.slice(key.indexOf(':') + 1);
  return Number.isInteger(Number(name)) ? name : null;
}

async function refuseOne(
  { knownChannel }: Deps,
  serverId: string,
  channelId: string,
  isSeen: (id: string) => Promise<boolean>,
): Promise<void> {
  if (!(await isSeen(channelId))) throw new DeniedError('rights.hiddenChannel');
  const known = knownChannel(channelId);
  if (known && (known.serverId !== serverId || !POSTABLE.some((type) => type === known.type)))
    throw new UserError('subscribe.wrongChannelType', { channel: channelMark(channelId) });
}

function reportOf(
  deps: Deps,
  serverId: string,
  channelId: string,
  holds: ReadonlyMap<string, HeldDestination>,
): ChannelReport {
  const { subscriptionStore, knownChannel } = deps;
  const subscriptions = subscriptionStore.inChannel(channelId);
  const known = knownChannel(channelId);
  const obstacle = deps.obstacle(serverId, channelId);
  const isLacking = obstacle?.code === 'permission-missing';
  const held = subscriptions.length > 0 ? (holds.get(toChannel(channelId)) ?? null) : null;
  const isGone = deps.isGone({ serverId, channelId });
  const examined: ExaminedChannel = {
    ...{ isGone, held, obstacle, subscriptions, known },
    isUnreadable: subscriptionStore.unreadIn(serverId).some(({ key }) => channelIn(key) === channelId),
    lacked: isLacking ? deps.lacked(deps.placeOf(serverId, channelId)) : [],
  };
  return {
    ...{ channelId, isGone, findings: examineChannel(deps, examined) },
    ...{ isSubscribed: subscriptions.length > 0, waiting: 0, since: held?.since ?? null },
    isPublishing: subscriptions.some(({ publish }) => publish),
  };
}

const ORDER = ['stops', 'costs', 'paused'];
const rankOf = ({ findings: [first] }: ChannelReport): number => ORDER.indexOf(first?.kind ?? '');
const worstFirst = (a: ChannelReport, b: ChannelReport): number => rankOf(a) - rankOf(b);

async function withWaiting(
  { outbox }: Deps,
  serverId: string,
  reports: readonly ChannelReport[],
  now: number,
): Promise<ChannelReport[]> {
  const asked = reports.map(({ channelId }) => toChannel(channelId));
  const reached = await outbox.reached(serverId, asked, { since: now, usualSince: now });
  return reports.map((report) => ({
    ...report,
    waiting: reached.get(toChannel(report.channelId))?.waiting ?? 0,
  }));
}
