import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { termsSchema } from '#src/decision/terms.ts';
import { readWhy } from '#src/decision/why.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { VoteStore } from '#src/reader/vote-store.ts';
import type { ChangesView, MendedView, WrongView } from '#src/render/wrong-page.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { oldestFirst, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { createDeletePost, type DeletePostDeps } from './delete-post.ts';
import type { HeavyWork } from './heavy-work.ts';
import { type Moderator, moderatorFor, ownSubscription, refuseChange, stillThere } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { alreadyThere, nowTold, withFilter } from './same-filter.ts';
import { tellSensitivity, tellTerms, tunedTo } from './tell-terms.ts';
import { type TriedChanges, tryChanges } from './try-changes.ts';
import { keepChange } from './undo-change.ts';
import { visiblePost } from './visible-post.ts';

type Deps = DeletePostDeps & {
  archive: Archive;
  search: PaperSearch;
  trend: TrendRule;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  voteStore: Pick<VoteStore, 'add' | 'count'>;
  mutes: Pick<Mutes, 'unmuted' | 'mutedBy'>;
  topics: TopicCatalogue;
  questions: QuestionStore;
  zones: Zones;
  clock: Clock;
  heavy: HeavyWork;
};

/** `delete-all`: of a post of several papers, once more; `wider`: what /why offers. */
export const MENDS = [
  'exclude',
  'stricter',
  'digest',
  'wider',
  'mute',
  'unmute',
  'delete',
  'delete-all',
] as const;
type Mend = (typeof MENDS)[number];

export type WrongAlert = {
  /**
   * Somebody says of a paper of a post that it is not for the channel. Whoever may change what comes there is offered what can
   * be changed; of everybody else it is counted.
   */
  notForUs(asker: Asker & { nonce: string; paper: string }): Promise<WrongView>;
  /** Does what was offered under that key. What somebody changed since is not overwritten: that is told. */
  mend(asker: Asker & { key: string; mend: Mend }): Promise<MendedView>;
};

const patchSchema = z.object({
  filter: z.string().optional(),
  what: termsSchema.shape.what.optional(),
  when: termsSchema.shape.when.optional(),
});
type Patch = z.infer<typeof patchSchema>;

/** What is behind the buttons: which changes of what, and how that was when they were offered. */
const keptSchema = z.object({
  kind: z.literal('wrong'),
  serverId: z.string(),
  channelId: z.string(),
  nonce: z.string(),
  subscription: z.string().nullable(),
  base: patchSchema,
  exclude: patchSchema.nullable(),
  stricter: patchSchema.nullable(),
  digest: patchSchema.nullable(),
  wider: patchSchema.nullable().default(null),
  /** What can be muted. */
  word: z.string().nullable(),
});
type Kept = z.infer<typeof keptSchema>;

/** What "Not for us" answers, and what its one-tap changes do. */
export function createWrongAlert(deps: Deps): WrongAlert {
  const { outbox, voteStore, questions, heavy } = deps;
  const deletePost = createDeletePost(deps);

  return {
    async notForUs({ nonce, paper, ...asker }) {
      const post = await visiblePost(outbox, { ...asker, nonce });
      if (!post.papers.includes(paper)) throw new UserError('why.forgottenPost');
      const { serverId } = post.place;
      const channelId = channelOfDestination(post.place);
      const voted = { serverId, channelId, paper };
      if (!(await mayChange(asker, channelId)))
        return {
          kind: 'noted',
          isOld: !(await voteStore.add({ ...voted, member: asker.userId }, asker.now)),
        };
      const votes = await voteStore.count(voted);
      return heavy.run(asker.userId, async () => ({
        ...(await changesFor(deps, post, paper, asker)),
        votes,
      }));
    },

    async mend({ key, mend, ...asker }) {
      const kept = keptSchema.safeParse(await questions.recall(key, 'wrong.forgotten'));
      if (!kept.success) throw new UserError('wrong.forgotten');
      const moderator = await moderatorFor(asker, 'subscriptions');
      if (kept.data.serverId !== moderator.serverId) throw new UserError('wrong.forgotten');
      await refuseChange(moderator, kept.data.channelId);
      if (mend === 'mute' || mend === 'unmute') return muteWord(deps, kept.data, { key, mend, ...asker });
      if (mend === 'delete' || mend === 'delete-all')
        return deletePost({ key, nonce: kept.data.nonce, isSure: mend === 'delete-all', ...asker });
      return changeSubscription(deps, kept.data, moderator, { mend, ...asker });
    },
  };
}

async function mayChange({ rights }: Asker, channelId: string): Promise<boolean> {
  const authority = await rights.through('subscriptions');
  return authority !== null && (await authority.lacks(channelId)) === null;
}

async function changesFor(
  deps: Deps,
  post: Post,
  paper: string,
  { rights, now }: Asker,
): Promise<Omit<ChangesView, 'votes'>> {
  const { archive, outbox, subscriptionStore, questions } = deps;
  const { serverId, destination } = post.place;
  const channelId = channelOfDestination(post.place);
  const [entry] = await outbox.ledger({ destination, paper, limit: 1 });
  const stored = await archive.paper(paper);
  const [subscription = null, ...others] =
    post.kind === 'example' ? shownBy(deps, post) : entry ? matchedOf(deps, entry, channelId) : [];
  const [inServer, { zone }] = [subscriptionStore.inServer(serverId), subscriptionStore.settings(serverId)];
  const tried =
    subscription && stored
      ? await tryChanges(deps, { subscription, document: documentOf(stored), inServer, zone, now })
      : null;
  const muted = stored && deps.mutes.mutedBy(serverId, documentOf(stored), now);
  const word = rights.managesServer() ? (tried?.exclude?.word ?? null) : null;
  return {
    kind: 'changes',
    key: await questions.keep(keptOf({ serverId, channelId, nonce: post.nonce }, subscription, tried, word)),
    channelId,
    title: stored?.paper.title || paper,
    matched: subscription && { filter: subscription.filter, terms: tellTerms(subscription) },
    others: others.map(({ filter }) => filter),
    tried: tried && {
      ...tried,
      stricter: tried.stricter && {
        name: tellSensitivity(tried.stricter.sensitivity),
        stay: tried.stricter.stay,
      },
    },
    mute: word,
    muted: muted?.text ?? null,
    papers: post.papers.length,
    isDeleted: post.deletedAt !== null,
  };
}

/** Those for which it came that are still there, the oldest first. Of what is long sent only the filters are known. */
function matchedOf({ subscriptionStore }: Deps, entry: OutboxEntry, channelId: string): Subscription[] {
  const filters = readWhy(entry.why)?.filters ?? [];
  return oldestFirst(subscriptionStore.inChannel(channelId)).filter(({ id, filter }) =>
    entry.subscriptions.length > 0 ? entry.subscriptions.includes(id) : filters.includes(filter),
  );
}

/** The subscription whose example it is, if it is still there. */
function shownBy({ subscriptionStore }: Deps, { about }: Post): Subscription[] {
  const subscription = about === null ? null : subscriptionStore.byId(about);
  return subscription ? [subscription] : [];
}

function keptOf(
  place: Pick<Kept, 'serverId' | 'channelId' | 'nonce'>,
  subscription: Subscription | null,
  tried: TriedChanges | null,
  word: string | null,
): Kept {
  const { filter, what, when } = subscription ?? {};
  return {
    kind: 'wrong',
    ...place,
    subscription: subscription?.id ?? null,
    base: { filter, what, when },
    exclude: tried?.exclude ? { filter: tried.exclude.filter } : null,
    stricter: tried?.stricter ? { what: tried.stricter.what } : null,
    digest: tried?.digest ? { when: tried.digest.when } : null,
    wider: null,
    word,
  };
}

/** Keeps a change by which more comes, for a button that does it; returns its key. */
export function keepWider(
  { questions }: Pick<Deps, 'questions'>,
  subscription: Subscription,
  wider: Pick<Patch, 'filter' | 'what'>,
): Promise<string> {
  const { serverId, channelId } = subscription;
  return questions.keep({ ...keptOf({ serverId, channelId, nonce: '' }, subscription, null, null), wider });
}

type Change = Asker & { mend: 'exclude' | 'stricter' | 'digest' | 'wider' };

async function changeSubscription(
  deps: Deps,
  kept: Kept,
  moderator: Moderator,
  { mend, userId }: Change,
): Promise<MendedView> {
  const { subscriptionStore, topics } = deps;
  const patch = kept[mend];
  const id = kept.subscription;
  // Nobody's button says so.
  if (patch === null || id === null) throw new UserError('subscriptions.gone');
  const before = await ownSubscription(subscriptionStore, moderator, id);
  const wanted = { ...kept.base, ...patch };
  const check = (present: Subscription): void => {
    if (isSo(present, wanted)) return;
    if (!isSo(present, kept.base)) throw new UserError('tune.changedSince', nowTold(present));
    if (patch.filter === undefined) return;
    const others = subscriptionStore.inChannel(present.channelId).filter((one) => one.id !== id);
    const twin = withFilter(others, patch.filter, topics);
    if (twin) throw alreadyThere(twin);
  };
  const after = stillThere(await subscriptionStore.change(id, patch, userId, check));
  return {
    kind: 'changed',
    view: {
      ...{ ...tunedTo(after), isOld: isSo(before, wanted) },
      undo: await keepChange(deps, moderator.serverId, {
        ...({ what: 'changed', ids: [id], through: 'subscriptions' } as const),
      }),
    },
  };
}

const isSo = ({ filter, what, when }: Patch, wanted: Patch): boolean =>
  isDeepStrictEqual([filter, what, when], [wanted.filter, wanted.what, wanted.when]);

async function muteWord(
  { subscriptionStore }: Deps,
  { serverId, word }: Kept,
  { key, mend, userId, rights }: Asker & { key: string; mend: 'mute' | 'unmute' },
): Promise<MendedView> {
  if (!rights.managesServer()) throw new DeniedError('rights.manageServer');
  // It was offered to one who manages the server; to others the key says nothing of a mute.
  if (word === null) throw new UserError('wrong.forgotten');
  const isDone = await subscriptionStore[mend](serverId, word, userId);
  return { kind: mend === 'mute' ? 'muted' : 'unmuted', word, isOld: !isDone, key };
}
