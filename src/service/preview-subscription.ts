import type { PastPost } from '#src/decision/past.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import { coveringTopic } from '#src/match/evaluate/covering-topic.ts';
import type { PreviewView } from '#src/render/preview-page.ts';
import type { SubscriptionDraft } from '#src/subscription/subscription.ts';
import { code, phrase, quoted, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { alsoElsewhere, type ElsewhereDeps } from './also-elsewhere.ts';
import { AS_FOUND, backTest, pastOf, postsIn } from './back-test.ts';
import { rarelyTrending } from './category-advice.ts';
import { type CommonWord, commonWord } from './common-word.ts';
import type { HeavyWork } from './heavy-work.ts';
import type { Moderator } from './moderate.ts';
import { nearMisses } from './near-misses.ts';
import { type AdviceDeps, adviceOn, type ReadFilter } from './read-filter.ts';
import type { SubscribeOrder } from './subscribe-order.ts';
import { tellDifferences } from './tell-differences.ts';

/** An order of which everything is allowed and understood; `notes`: what of it was left out. */
export type WantedOrder = {
  moderator: Moderator;
  read: ReadFilter;
  draft: SubscriptionDraft;
  notes: readonly Phrase[];
};

export type PreviewDeps = ElsewhereDeps & AdviceDeps & { heavy: HeavyWork };

/** Throws UserError for what could not be saved. `through`: the command that has to be allowed. */
export type Wanted = (order: SubscribeOrder, through?: 'subscribe' | 'subscriptions') => Promise<WantedOrder>;

type Deps = PreviewDeps & {
  wanted: Wanted;
  /** It stands in the channel just so. Throws UserError where its filter is there on other terms. */
  isThere(serverId: string, draft: SubscriptionDraft, channelId: string): boolean;
};

export type PreviewSubscription = {
  /** What it would have posted in the last days; null where it stands there just so. Nothing is saved; what could not be saved throws. */
  previewSubscription(order: SubscribeOrder): Promise<PreviewView | null>;
};

export function createPreviewSubscription(deps: Deps): PreviewSubscription {
  return {
    async previewSubscription(order) {
      const wanted = await deps.wanted(order);
      const { channel, userId, now } = order;
      if (deps.isThere(wanted.moderator.serverId, wanted.draft, channel.id)) return null;
      return deps.heavy.run(userId, async () => (await previewOf(deps, wanted, channel.id, now)).view);
    },
  };
}

/** Fewer papers in 30 days are few. */
const FEW = 3;

function offered(common: CommonWord | null, covering: Awaited<ReturnType<typeof coveringTopic>>): Phrase[] {
  const topic = covering && code(`topic:${covering.topic}`);
  return [
    ...(common === null
      ? []
      : [
          phrase('preview.commonWord', {
            word: quoted(common.word, 60),
            papers: common.papers,
            of: common.of,
          }),
        ]),
    ...(covering === null || topic === null
      ? []
      : [phrase('preview.covering', { topic, n: covering.more, excludes: yesNo(covering.excludes) })]),
  ];
}

/** What it would have posted, told, and as it is. A piece of heavy work. */
export async function previewOf(
  deps: PreviewDeps,
  { moderator, read, draft, notes }: WantedOrder,
  channelId: string,
  now: number,
): Promise<{ view: PreviewView; posts: readonly PastPost[] }> {
  const breathe = takeBreaths(deps.clock);
  const past = await pastOf(deps, moderator.serverId, read.filter, now);
  const advice = await adviceOn(deps, read, 'subscription');
  const hints = [...advice.hints, ...notes];
  await breathe();
  const posts = postsIn(deps, past, draft);
  await breathe();
  const tested = await backTest(deps, past, draft, hints, posts);
  await breathe();
  const { what } = draft;
  const rare = rarelyTrending(read.filter, what, tested);
  const isQuiet = what.kind === 'trending' && tested.posts === 0;
  const matched = isQuiet ? postsIn(deps, past, { ...AS_FOUND, what: { kind: 'all' } }).length : 0;
  await breathe();
  const common = await commonWord(deps.search, read.filter);
  await breathe();
  const covering = advice.corrected === null ? await coveringTopic(read.filter, deps.topics, breathe) : null;
  await breathe();
  const nearest =
    tested.posts < FEW ? await nearMisses(deps, past, { serverId: moderator.serverId, what }) : [];
  await breathe();
  const view = {
    ...{ channelId, filter: read.text, differences: tellDifferences(draft) },
    backTest: { ...tested, hints: [...tested.hints, ...rare, ...offered(common, covering), ...nearest] },
    isAmber: hints.length > 0 || isQuiet || common !== null,
    sensitivity: what.kind === 'trending' && typeof what.sensitivity === 'string' ? what.sensitivity : null,
    matched: matched > 0 ? matched : null,
    corrected: advice.corrected,
    also: await alsoElsewhere(deps, past, posts, { moderator, channelId }),
    covering: covering?.filter ?? null,
    uncommon: common?.without ? { word: common.word, filter: common.without } : null,
  };
  return { view, posts };
}
