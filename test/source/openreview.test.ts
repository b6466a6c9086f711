import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openArchive } from '#src/archive/archive.ts';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { openReview } from '#src/source/openreview.ts';
import type { PollFailure, Source, SourceDeps } from '#src/source/source.ts';
import { keepsSourceContract } from '#test/contracts/source.contract.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';

const HOUR = 3600_000;
const TUESDAY = '2026-03-10T15:00:00Z';

/** A note as the API tells it: each field of its content is an object of its own. */
const note = (fields: Record<string, unknown>, more: object = {}): object => ({
  ...{ id: 'aBcD', forum: 'aBcD', readers: ['everyone'], tmdate: Date.parse(TUESDAY) },
  content: Object.fromEntries(
    Object.entries({ title: 'A study of sparse attention', ...fields }).map(([name, value]) => [
      name,
      { value },
    ]),
  ),
  ...more,
});
const linked = (id: string, more: Record<string, unknown> = {}): object =>
  note({ html: `https://arxiv.org/abs/${id}`, ...more });

const settingsOf = (env: Record<string, string>) => z.object(openReview.settings).parse(env);

function opened(parts: Omit<SourceDeps, 'settings' | 'cursors'>, env: Record<string, string> = {}): Source {
  const settings = settingsOf({ OPENREVIEW_VENUES: 'TMLR', ...env });
  const source = openReview.open({ ...parts, cursors: volatileCursors(), settings });
  if (source === null) throw new Error('OpenReview is off');
  return source;
}

keepsSourceContract('OpenReview', {
  open: ({ http, ...parts }) => opened({ ...parts, host: http.host }),
  body: JSON.stringify({
    notes: [
      linked('2603.01234v2', {
        abstract: 'We &amp; others.',
        authors: ['Ada Quill', { fullname: 'Bo Ito' }],
      }),
      note({}),
      { id: 'broken', content: 7 },
      linked('2603.01235', { title: ' ' }),
      linked('2603.01234'),
      linked('hep-th/9901001', { code: 'https://github.com/acme/sparse' }),
    ],
    count: 6,
  }),
});

/** The part of api2.openreview.net that is asked: notes of an invitation, those changed last first, a page of them. */
async function openFakeOpenReview(
  submissions: ReadonlyMap<string, readonly object[]>,
): Promise<LoopbackServer> {
  return openLoopbackServer(({ pathname, searchParams }) => {
    const known = submissions.get(searchParams.get('invitation') ?? '');
    if (pathname !== '/notes' || searchParams.get('sort') !== 'tmdate:desc' || known === undefined) {
      const body = { name: 'NotFoundError', message: 'The Invitation was not found', status: 404 };
      return { status: 404, body: JSON.stringify(body) };
    }
    const offset = Number(searchParams.get('offset') ?? 0);
    const limit = Math.min(Number(searchParams.get('limit') ?? 1000), 1000);
    const page = known.slice(offset, offset + limit);
    return { body: JSON.stringify({ notes: page, count: known.length }) };
  });
}

/** What goes on in real sockets takes real milliseconds. */
const IDLE = 50;

describe('OpenReview', () => {
  const submissions = new Map<string, readonly object[]>();
  let server: LoopbackServer | null = null;
  afterEach(async () => {
    submissions.clear();
    await server?.close();
    server = null;
  });

  const live = async (venues: string) => {
    server = await openFakeOpenReview(submissions);
    const clock = createFakeClock(TUESDAY);
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/test' });
    const env = { OPENREVIEW_URL: server.url, OPENREVIEW_VENUES: venues };
    const source = opened({ host: http.host, clock, log: silentLog }, env);
    const collect = async () => {
      const results: (Poll | PollFailure)[] = [];
      for await (const result of source.poll(clock.now())) results.push(result);
      return results;
    };
    return { clock, server, pollLists: () => clock.settle(collect(), IDLE) };
  };
  const read = async (...notes: object[]) => {
    submissions.set('TMLR/-/Submission', notes);
    const [poll] = await (await live('TMLR')).pollLists();
    if (!poll || 'failed' in poll) throw new Error('no look');
    return poll;
  };
  const idsIn = (poll: Poll) => poll.sightings.map(({ paper }) => paper.id);

  it('is off where no venue is named, and takes at most twelve', () => {
    const settings = settingsOf({});
    const parts = { host: () => Promise.reject() as never, clock: createFakeClock(), log: silentLog };
    expect(openReview.open({ ...parts, cursors: volatileCursors(), settings })).toBeNull();
    expect(settingsOf({ OPENREVIEW_VENUES: ' TMLR, ICLR.cc/2026/Conference,' }).OPENREVIEW_VENUES).toEqual([
      'TMLR',
      'ICLR.cc/2026/Conference',
    ]);
    expect(() => settingsOf({ OPENREVIEW_VENUES: 'TMLR, https://openreview.net' })).toThrow('ids of venues');
    expect(settingsOf({ OPENREVIEW_VENUES: 'TMLR, TMLR' }).OPENREVIEW_VENUES).toEqual(['TMLR']);
    expect(() =>
      settingsOf({ OPENREVIEW_VENUES: Array.from({ length: 13 }, (_, index) => `Venue${index}`).join() }),
    ).toThrow('12 venues at most');
  });

  it('tells of a paper by the link to arXiv that its authors gave, whichever field has it', async () => {
    const poll = await read(
      linked('2603.00001v3', {
        abstract: 'Ours goes beyond arXiv:2310.06825.',
        authors: ['Ada Quill', { fullname: 'Bo Ito' }, null],
        code: 'https://github.com/acme/sparse',
      }),
      note({ code: 'https://huggingface.co/papers/2603.00002' }),
      note({ pdf: 'https://arxiv.org/pdf/2603.00003' }),
    );

    expect(poll).toMatchObject({ source: 'openreview', list: 'announced', key: 'TMLR', malformed: 0 });
    expect(idsIn(poll)).toEqual(['2603.00001', '2603.00002', '2603.00003']);
    expect(poll.sightings[0]).toMatchObject({ place: 1, votes: null });
    expect(poll.sightings[0].paper).toMatchObject({
      title: 'A study of sparse attention',
      authors: ['Ada Quill', 'Bo Ito'],
      repository: 'acme/sparse',
      publishedAt: null,
    });
  });

  it('takes an id out of a text where the text calls it arXiv’s, and names no other', async () => {
    const poll = await read(
      note({ comment: 'arXiv:2603.00001 is our preprint' }),
      note({ comment: 'Also at arXiv 2603.00002.', abstract: 'It builds on arXiv:2310.06825.' }),
      note({ comment: 'Reported in 2603.00003 cases.' }),
      note({ pdf: '/pdf/2603.00004.pdf' }),
    );

    expect(idsIn(poll)).toEqual(['2603.00001']);
    expect(poll.malformed).toBe(0);
  });

  it('loses one note that cannot be read, and no other', async () => {
    const poll = await read(
      ...[{ content: 'none' }, null as never, linked('2603.00001', { title: 7 })],
      linked('2603.00002', { abstract: { odd: true }, authors: 'nobody', code: ['x'] }),
    );

    expect(idsIn(poll)).toEqual(['2603.00002']);
    expect(poll.malformed).toBe(3);
    expect(poll.sightings[0].paper).toMatchObject({ abstract: '', authors: [], repository: null });
  });

  it('is asked for each venue once an hour, with time between two requests, and one that fails stops no other', async () => {
    submissions.set('TMLR/-/Submission', [linked('2603.00001')]);
    submissions.set('DMLR/-/Submission', [linked('2603.00002')]);
    const { clock, server, pollLists } = await live('TMLR,Nowhere/2026,DMLR');

    const begun = clock.elapsed();
    const first = await pollLists();
    expect(clock.elapsed() - begun).toBeGreaterThanOrEqual(20_000);
    expect(first.map(({ key }) => key)).toEqual(['TMLR', 'Nowhere/2026', 'DMLR']);
    expect(first[1]).toMatchObject({ failed: true, reason: expect.stringMatching(/^OpenReview: .*404/) });

    const asked = server.requests.length;
    await clock.advance(HOUR / 2);
    expect((await pollLists()).map(({ key }) => key)).toEqual(['Nowhere/2026']);
    await clock.advance(HOUR / 2);
    expect((await pollLists()).map(({ key }) => key)).toEqual(['TMLR', 'Nowhere/2026', 'DMLR']);
    expect(server.requests).toHaveLength(asked + 4);
  });

  it('shows history first; then a paper of these months is news, and an older one that was submitted is not', async () => {
    submissions.set('TMLR/-/Submission', [linked('2603.00001')]);
    const { clock, pollLists } = await live('TMLR');
    const archive = await openArchive(await openDatabase(':memory:'), [openReview]);
    const round = async () => {
      await archive.beginReading(openReview.name, clock.now());
      for (const poll of await pollLists()) if (!('failed' in poll)) await archive.keep(poll);
      await archive.endReading(openReview.name, clock.now());
    };

    await round();
    submissions.set('TMLR/-/Submission', [linked('2603.00002'), linked('2509.00003'), linked('2603.00001')]);
    await clock.advance(HOUR);
    await round();

    const news = async (id: string) => (await archive.paper(id))?.newsAt;
    expect([await news('2603.00001'), await news('2509.00003')]).toEqual([null, null]);
    expect(await news('2603.00002')).toBe(clock.now());
  });
});
