import { ChannelType } from 'discord-api-types/v10';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import { type ConflictView, conflictMessage } from '#src/render/conflict-page.ts';
import type { Lacked } from '#src/render/tell-lacked.ts';
import type { UndoneView } from '#src/render/undone-page.ts';
import { createFindPaper } from '#src/service/find-paper.ts';
import { createManageSubscriptions } from '#src/service/manage-subscriptions.ts';
import type { Lack, Rights } from '#src/service/rights.ts';
import { createShowHistory } from '#src/service/show-history.ts';
import type { SubscribeOrder } from '#src/service/subscribe-order.ts';
import { createTuneSubscription } from '#src/service/tune-subscription.ts';
import { createTypedForms } from '#src/service/typed-forms.ts';
import { createWorkOnFilters } from '#src/service/work-on-filters.ts';
import { openSubscriptionStore } from '#src/subscription/subscription-store.ts';
import { openUnusualStore } from '#src/subscription/unusual-store.ts';
import { NOTHING_MUTED } from '#test/fakes/nothing-muted.ts';
import { aLibrary, type Listed, NOON } from './a-library.ts';

const LACKED: Lacked[] = [
  { permission: 'sendMessages', by: { kind: 'everyone' } },
  { permission: 'embedLinks', by: { kind: 'nobody' } },
];

/** Where moderators work: what they may ask, with a library of these papers behind it. A channel takes three subscriptions. */
export async function aDesk(papers: readonly Listed[] = []) {
  const library = await aLibrary(papers);
  const { db, clock } = library;
  const rooms = {
    ...library,
    subscriptionStore: await openSubscriptionStore(db, await openKeyv(db, 'subscriptions', clock), clock),
    outbox: await openOutbox(db, NOON),
    unusualStore: await openUnusualStore(db),
    mutes: NOTHING_MUTED,
    perChannel: 3,
    perServer: 30,
    lost: () => [],
    channelName: (channelId: string) => `name of ${channelId}`,
    channelType: () => null,
    isSeenFrom: () => true,
    isGone: () => false,
    takesWords: (_: string, channelId: string) => channelId !== '7',
    /** Each bit that is held stands for nothing; without any, two are missing. */
    nextPollAt: () => null,
    lacked: (_: PostPlace, { held }: { held?: bigint | null } = {}): Lacked[] =>
      held === 0n ? LACKED : held === 1n ? LACKED.slice(0, 1) : [],
    tagsIn: () => null,
  };
  const finding = createFindPaper(rooms);
  return {
    ...{ ...rooms, ...finding, ...createManageSubscriptions(rooms) },
    ...createWorkOnFilters({ ...rooms, findPaper: finding.findPaper }),
    ...{ ...createTypedForms(rooms), ...createShowHistory(rooms), ...createTuneSubscription(rooms) },
  };
}

/** What was undone; throws where something else was done since. */
export async function undoneBy(undoing: Promise<UndoneView | ConflictView>): Promise<UndoneView> {
  const told = await undoing;
  if (told.kind === 'undone') return told;
  throw new Error(JSON.stringify(conflictMessage(told)));
}

/** Of a moderator who lacks something in some channels; of a member who is none. */
export const rightsOf = (lacks: Readonly<Record<string, Lack>>): Rights => ({
  // Nobody may do anything by a command that has no name.
  through: async (command) =>
    command === '' ? null : { lacks: async (channelId) => lacks[channelId] ?? null },
  managesServer: () => true,
  administers: () => true,
  mentionsAll: () => true,
  sees: async (channelId) => lacks[channelId] !== 'viewChannel',
});
export const NOBODYS: Rights = {
  through: async () => null,
  managesServer: () => false,
  administers: () => false,
  mentionsAll: () => false,
  sees: async () => true,
};

/** A moderator of server `1` who may do everything. */
export const MODERATOR = { serverId: '1', userId: 'mod', rights: rightsOf({}), now: NOON };

/** An order of theirs for channel `5`, for every new paper on the ocean. */
export const anOrder = (facts: Partial<SubscribeOrder> = {}, channel: object = {}): SubscribeOrder => ({
  ...{
    ...MODERATOR,
    what: 'all',
    mention: '',
    sensitivity: '',
    topic: '',
    keywords: 'ocean',
    when: '',
    at: '',
    zone: '',
    quiet: '',
  },
  ...{ place: '', role: null, cap: null, silent: false, publish: false },
  channel: {
    ...{ id: '5', name: 'papers', type: ChannelType.GuildText, botPermissions: null },
    mentionsAll: { byBot: false, byAsker: false },
    ...channel,
  },
  ...facts,
});
