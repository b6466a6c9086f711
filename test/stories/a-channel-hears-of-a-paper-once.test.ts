import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import { NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import type { LoopbackServer } from '#test/fakes/loopback-server.ts';
import {
  hasRecordings,
  openRecordedHuggingFace,
  recordedBatch,
  recordedDays,
} from '#test/fakes/recorded-hugging-face.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { sourcesAt } from '#test/fakes/sources-at.ts';
import { openStage, type Stage } from './stage.ts';

const HOUR = 3_600_000;
const FILTERS = {
  vision: '"video diffusion" -survey',
  agents: '"tool use" OR GUI',
  reasoning: 'title:reasoning',
} as const;

describe.skipIf(!hasRecordings)('two recorded weeks of March 2026 (needs the recordings)', () => {
  let stage: Stage | null = null;
  let server: LoopbackServer | null = null;
  afterEach(async () => {
    await stage?.close();
    await server?.close();
  });

  const sourcesOf = (clock: ShiftedClock, url: string) =>
    sourcesAt(url, {
      http: createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/0 (story)' }),
      ...{ clock, log: silentLog, spacing: 0 },
    });

  it('bring every matching paper to every channel exactly once', { timeout: 120_000 }, async () => {
    let clockNow = () => Date.parse('2026-03-01T22:00:00Z');
    const recorded = await openRecordedHuggingFace({ now: () => clockNow() });
    server = recorded;
    stage = await openStage({
      start: '2026-03-01T22:00:00Z',
      sources: (clock) => {
        clockNow = clock.now;
        return sourcesOf(clock, recorded.url);
      },
    });
    const places = new Map<string, string>();
    for (const [name, filter] of Object.entries(FILTERS)) {
      const channel = stage.channelNamed(name);
      await stage.subscribe({ keywords: filter, what: 'all', cap: 100 }, channel);
      places.set(name, channel);
    }
    for (let hour = 0; hour < 12 * 24; hour += 6) {
      stage.clock.leap(6 * HOUR);
      await stage.round();
    }
    await stage.pipeline().deliver();

    for (const [name, filter] of Object.entries(FILTERS)) {
      const posted = papersPosted(stage, places.get(name) ?? '');
      expect(posted.toSorted()).toEqual(expected(filter).toSorted());
    }
  });
});

/** Papers of the two weeks that the filter takes, by the plain evaluation. */
function expected(filter: string): string[] {
  const parsed = parseFilter(filter, { topics: null });
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
  const condition = prepareFilter(parsed.filter);
  const days = recordedDays().filter((day) => day >= '2026-03-02' && day <= '2026-03-13');
  const papers = days.flatMap((day) => recordedBatch(day)).map(({ paper }) => paper);
  const matching = papers.filter((paper) =>
    holds(
      condition,
      prepareDocument({
        ...NOTHING_KNOWN,
        id: paper.id,
        title: String(paper.title).replace(/\s+/g, ' '),
        abstract: String(paper.summary ?? ''),
        keywords: (paper.ai_keywords as string[] | undefined) ?? [],
      }),
      0,
    ),
  );
  return [...new Set(matching.map(({ id }) => id))];
}

/** The papers of all cards and digests in a channel, in order, doubles included. */
function papersPosted(stage: Stage, channel: string): string[] {
  return stage.driver.allMessages(channel).flatMap((message) => {
    if (message.ephemeral) return [];
    const text = message.embeds.map((embed) => `${embed.url ?? ''} ${embed.description ?? ''}`).join(' ');
    return [...text.matchAll(/papers\/(\d{4}\.\d{5})/g)].map((match) => match[1]);
  });
}
