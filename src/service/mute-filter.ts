import { z } from 'zod';
import type { Archive } from '#src/archive/archive.ts';
import { arrivedAt } from '#src/archive/paper-arrivals.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { meaningOf } from '#src/match/evaluate/filter-meaning.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { KeptAway, MutingView } from '#src/render/mute-page.ts';
import { mutedFilter } from '#src/subscription/mutes.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { code } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { DAYS_BACK } from './back-test.ts';
import { type Proposals, proposals } from './choices.ts';
import type { HeavyWork } from './heavy-work.ts';
import { moderatorFor } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { type AdviceDeps, adviceOn, readFilter } from './read-filter.ts';

type Deps = AdviceDeps & {
  archive: Archive;
  search: PaperSearch;
  subscriptionStore: Pick<SubscriptionStore, 'mutes' | 'mute' | 'unmute' | 'inServer'>;
  outbox: Pick<Outbox, 'postedSince'>;
  questions: QuestionStore;
  clock: Clock;
  heavy: HeavyWork;
};

export type MuteFilter = {
  /** From now on what the filter takes comes to no channel of the server. Throws DeniedError for whoever may not manage it. */
  muteFilter(asker: Asker & { text: string }): Promise<MutingView>;
  /** It comes again, however the mute was written. Throws UserError where it is not muted. */
  unmuteFilter(asker: Asker & { text: string }): Promise<MutingView>;
  /** What is behind an Undo of either, by its key. */
  undoMuting(asker: Asker & { key: string }): Promise<MutingView>;
  /** What is muted, as choices; nothing for whoever may not change it. */
  proposeMutes(asker: Asker & { text: string }): Promise<Proposals>;
};

const keptSchema = z.object({
  kind: z.literal('muting'),
  serverId: z.string(),
  text: z.string(),
  to: z.enum(['muted', 'unmuted']),
});

const DAY = 86_400_000;
const MUTES_NAMED = 5;

/** What must not come to any channel of a server, by command. */
export function createMuteFilter(deps: Deps): MuteFilter {
  const { subscriptionStore, questions, topics } = deps;

  /** The mute that means the same. One that can no longer be read is the same as itself. */
  const sameMute = (serverId: string, text: string) => {
    const wanted = meaningOfMute(text, topics);
    return subscriptionStore.mutes(serverId).find((one) => meaningOfMute(one.text, topics) === wanted);
  };
  const keepUndo = (serverId: string, text: string, to: 'muted' | 'unmuted') =>
    questions.keep({ kind: 'muting', serverId, text, to });

  const unmute = async (serverId: string, text: string, userId: string): Promise<MutingView> => {
    const isDone = await subscriptionStore.unmute(serverId, text, userId);
    return { what: 'unmuted', text, isOld: !isDone, undo: await keepUndo(serverId, text, 'muted') };
  };

  const mute = async (serverId: string, text: string, asker: Asker): Promise<MutingView> => {
    const read = readFilter(text, topics);
    const wanted = meaningOfMute(text, topics);
    const isSame = (one: { text: string }) => meaningOfMute(one.text, topics) === wanted;
    const isDone = await subscriptionStore.mute(serverId, text, asker.userId, isSame);
    const muted = sameMute(serverId, text)?.text ?? text;
    const undo = await keepUndo(serverId, muted, 'unmuted');
    return deps.heavy.run(asker.userId, async () => ({
      ...{ what: 'muted', text: muted, isOld: !isDone, undo },
      keptAway: await keptAwayBy(deps, serverId, filterOfMute(text, topics) ?? read.filter, asker.now),
      hints: (await adviceOn(deps, read)).hints,
    }));
  };

  return {
    muteFilter: async ({ text, ...asker }) => mute(await serverOf(asker), text, asker),

    async unmuteFilter({ text, ...asker }) {
      const serverId = await serverOf(asker);
      const present = sameMute(serverId, text);
      if (!present) throw notMuted(text, subscriptionStore.mutes(serverId));
      return unmute(serverId, present.text, asker.userId);
    },

    async undoMuting({ key, ...asker }) {
      const serverId = await serverOf(asker);
      const kept = keptSchema.safeParse(await questions.recall(key, 'undo.forgotten'));
      if (!kept.success || kept.data.serverId !== serverId) throw new UserError('undo.forgotten');
      const { text, to } = kept.data;
      return to === 'muted' ? mute(serverId, text, asker) : unmute(serverId, text, asker.userId);
    },

    async proposeMutes({ text, serverId, rights }) {
      if (serverId === null || !rights.managesServer() || !(await rights.through('filter'))) return [];
      const typed = text.trim().toLowerCase();
      const fitting = subscriptionStore
        .mutes(serverId)
        .filter((one) => one.text.toLowerCase().includes(typed))
        .map((one) => ({ name: code(one.text), value: one.text }));
      return proposals(fitting.toReversed());
    },
  };
}

async function serverOf(asker: Asker): Promise<string> {
  const { serverId } = await moderatorFor(asker, 'filter');
  if (!asker.rights.managesServer()) throw new DeniedError('rights.manageServer');
  return serverId;
}

/** Mutes that mean the same have the same, however they are written. One that can no longer be read is the same as itself. */
export function meaningOfMute(text: string, topics: TopicCatalogue): string {
  const filter = filterOfMute(text, topics);
  return filter ? meaningOf(filter) : text;
}

const filterOfMute = (text: string, topics: TopicCatalogue): Filter | null =>
  mutedFilter(parseSavedFilter(text, { topics }));

/** What of the last days it takes: of all that was new, and of what was posted in the server. A piece of heavy work. */
async function keptAwayBy(deps: Deps, serverId: string, filter: Filter, now: number): Promise<KeptAway> {
  const { archive, search, outbox, subscriptionStore, clock } = deps;
  const breathe = takeBreaths(clock);
  const since = now - DAYS_BACK * DAY;
  const papers = new Set<string>();
  for await (const arrival of archive.arrivals(since)) {
    if (arrivedAt(arrival) >= since) papers.add(arrival.paper);
    await breathe();
  }
  const channels = new Set(subscriptionStore.inServer(serverId).map(({ channelId }) => channelId));
  // A paper of two channels is one paper; one that was read before may have been posted since.
  const posted = new Set<string>();
  for (const channelId of channels) {
    for (const paper of await outbox.postedSince(toChannel(channelId), since)) {
      posted.add(paper);
      papers.add(paper);
    }
    await breathe();
  }
  const taken = (await search.matching(filter, papers, now)).papers;
  const shareOf = (some: ReadonlySet<string>) => ({
    taken: [...some].filter((paper) => taken.has(paper)).length,
    of: some.size,
  });
  return {
    days: DAYS_BACK,
    ...{ posted: shareOf(posted), papers: shareOf(papers) },
  };
}

function notMuted(text: string, mutes: readonly { text: string }[]): UserError {
  const named = mutes.slice(-MUTES_NAMED).map((one) => code(one.text, 60));
  if (named.length === 0) return new UserError('mute.noneThere', { mute: code(text, 100) });
  const more = mutes.length - named.length;
  return new UserError('mute.notThere', { mute: code(text, 100), mutes: { list: named }, more });
}
