import topicList from '#config/topics.json' with { type: 'json' };
import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import type { Paper } from '#src/paper/paper.ts';
import { createAskSources } from '#src/service/ask-sources.ts';
import { createHeavyWork } from '#src/service/heavy-work.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import type { Source } from '#src/source/source.ts';
import { openZones } from '#src/subscription/zone.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { aPoll, aSighting, DAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

/** 2026-03-10, a Tuesday. */
export const NOON = Date.UTC(2026, 2, 10, 12);

/** A paper of a list: today's, or one of so many days ago. */
export type Listed = Partial<Paper> & { title: string; votes?: number; daysAgo?: number };

/** The id of the nth paper of a library, counted from 1. */
export const idOf = (n: number): string => `2603.${String(n).padStart(5, '0')}`;

/** Rooms that know these papers, at noon of their newest day; nothing of Discord. */
export async function aLibrary(papers: readonly Listed[], sources: readonly Source[] = []) {
  const clock = createFakeClock(NOON);
  const log = createKeptLog();
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const trend = createTrendRule();
  const listed = papers.map(({ votes = 1, daysAgo = 0, ...facts }, n) => {
    const day = new Date(NOON - daysAgo * DAY).toISOString().slice(0, 10);
    return { daysAgo, day, votes, paper: aPaper(idOf(n + 1), facts) };
  });
  const days = Map.groupBy(
    listed.toSorted((a, b) => b.daysAgo - a.daysAgo),
    ({ day }) => day,
  );
  for (const [day, those] of days) {
    const sightings = those
      .toSorted((a, b) => b.votes - a.votes)
      .map(({ paper, votes }, place) => aSighting(paper, place + 1, { votes, batchDay: day }));
    const poll = aPoll(NOON - those[0].daysAgo * DAY, sightings, { key: day });
    await archive.keep(poll);
    await archive.keepTrendEvents(trend.observe(poll));
  }
  return {
    ...{ clock, log, db, archive, trend, zones: openZones(), heavy: createHeavyWork() },
    topics: readTopicCatalogue(topicList),
    search: openPaperSearch(archive),
    questions: createQuestionStore(await openKeyv(db, 'questions', clock)),
    ask: createAskSources({ sources, clock, log }),
  };
}
