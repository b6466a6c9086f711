import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cursors } from '#src/foundation/cursors.ts';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createAnnouncementDays } from '#src/source/arxiv-days.ts';
import { announcingArxiv } from '#test/fakes/announcing-arxiv.ts';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { sourcesAt } from '#test/fakes/sources-at.ts';
import { headsIn, postsIn } from './newsstand.ts';
import { openStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('announcements of arXiv', () => {
  const arxiv = announcingArxiv();
  let server: LoopbackServer;
  let stage: Stage;
  let now = () => 0;
  let cursors: Cursors;
  beforeEach(async () => {
    cursors = volatileCursors();
    server = await openLoopbackServer(({ href, pathname }) =>
      pathname === '/api/daily_papers' ? { body: '[]' } : { body: arxiv.answer(new URL(href), now()) },
    );
    stage = await openStage({
      start: '2026-03-03T15:00:00Z',
      sources,
      settings: {
        POLL_CRON: '*/15 * * * *',
        DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'arxiv-')), 'p.db')}`,
      },
    });
    await stage.subscribe({ keywords: 'sparse', what: 'all', cap: 100 });
  });
  afterEach(async () => {
    await stage.close();
    await server.close();
  });

  function sources(clock: ShiftedClock) {
    now = clock.now;
    const limits = { retries: 0 };
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/0 (story)', limits });
    return sourcesAt(server.url, { http, clock, log: silentLog, cursors, spacing: 0 });
  }

  const posted = () => postsIn(stage, stage.channel).flatMap(({ papers }) => papers);

  it('that came while arXiv was down for days arrive once, as one digest', async () => {
    server.fail('/rss', { status: 500 });
    server.fail('/api/query', { status: 500 });
    for (let hour = 0; hour < 4 * 24; hour++) {
      stage.clock.leap(HOUR);
      await stage.round();
    }
    expect(headsIn(stage, stage.channel)).toEqual([]);
    server.heal();

    for (let quarter = 0; quarter < 8; quarter++) {
      stage.clock.leap(15 * MINUTE);
      await stage.round();
    }

    expect(headsIn(stage, stage.channel)).toEqual([expect.stringMatching(/^What was missed: \d+ papers/)]);
    expect(await createAnnouncementDays(cursors).readTo('cs.LG')).toBe('2026-03-06');
  });

  it('that came while Paperboy was away for 40 h arrive once, as one digest', async () => {
    await stage.restart(() => stage.clock.leap(40 * HOUR));
    stage.clock.leap(15 * MINUTE);
    await stage.round();

    const [head, ...others] = headsIn(stage, stage.channel);
    expect(head).toMatch(/^What was missed: \d+ papers/);
    expect(others).toEqual([]);
    const days = new Set(posted().map((id) => arxiv.papers.find((paper) => paper.id === id)?.feedDay));
    expect([...days]).toContain('2026-03-04');
  });

  it('that were read are not asked for again after a restart: the database knows', async () => {
    const elsewhere = await openStage({
      start: '2026-03-03T15:00:00Z',
      settings: {
        DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'arxiv-')), 'p.db')}`,
        HUGGING_FACE_URL: server.url,
        ARXIV_API_URL: `${server.url}/api/query`,
        ARXIV_RSS_URL: server.url,
        ARXIV_CATEGORIES: 'cs.LG',
      },
    });
    const before = server.requests.filter(({ path }) => path.startsWith('/rss')).length;

    await elsewhere.restart();
    await elsewhere.round();
    await elsewhere.close();

    expect(server.requests.filter(({ path }) => path.startsWith('/rss'))).toHaveLength(before);
  });
});
