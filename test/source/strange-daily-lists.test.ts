import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { createHuggingFace } from '#src/source/hugging-face.ts';
import { HUGGING_FACE_MANNERS } from '#src/source/hugging-face-api.ts';
import type { PollFailure } from '#src/source/source.ts';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';
import { createShiftedClock, type ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { huggingFaceList } from './bodies.ts';

const HOUR = 3600_000;
const TODAY = '2026-03-11';
const YESTERDAY = '2026-03-10';

describe('a daily list of Hugging Face that is not the day’s', () => {
  let server: LoopbackServer;
  let clock: ShiftedClock;
  let lists: Record<string, object[]>;
  let source: ReturnType<typeof createHuggingFace>;
  beforeEach(async () => {
    clock = createShiftedClock('2026-03-11T15:00:00Z');
    lists = { [TODAY]: huggingFaceList(9, 100), [YESTERDAY]: huggingFaceList(12, 1) };
    server = await openLoopbackServer(({ searchParams }) => ({
      body: JSON.stringify(lists[searchParams.get('date') ?? ''] ?? []),
    }));
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
    const host = http.host({ ...HUGGING_FACE_MANNERS, budget: null });
    source = createHuggingFace({ host, clock, log: silentLog, url: server.url, token: null });
    await pollLists();
  });
  afterEach(() => server.close());

  /** What the list of a day came to, an hour later. */
  const pollLists = async (day = TODAY): Promise<Poll | PollFailure | undefined> => {
    clock.leap(HOUR);
    const results: (Poll | PollFailure)[] = [];
    for await (const result of source.poll(clock.now())) results.push(result);
    return results.find(({ key }) => key === day);
  };
  const notes = async () => (await source.standing?.(clock.now()))?.notes;

  it('but yesterday’s under today’s date is a failure that says so, until the right one comes', async () => {
    lists[TODAY] = lists[YESTERDAY];
    expect(await pollLists()).toMatchObject({
      failed: true,
      reason: `Hugging Face: sent the list of ${YESTERDAY} for ${TODAY}`,
    });
    expect(await pollLists(YESTERDAY)).toMatchObject({ list: 'daily' });
    lists[TODAY] = huggingFaceList(15, 100);
    expect((await pollLists()) as Poll).toMatchObject({ complete: true, sightings: { length: 15 } });
  });

  it('but yesterday’s in part and in another order is a failure too', async () => {
    lists[TODAY] = lists[YESTERDAY].slice(0, 8).reverse();
    expect(await pollLists()).toMatchObject({ failed: true });
  });

  it('but empty though it had papers is a failure; told for hours it is believed', async () => {
    lists[TODAY] = [];
    expect(await pollLists()).toMatchObject({
      failed: true,
      reason: `Hugging Face: sent an empty list of ${TODAY}, which had 9 papers`,
    });
    for (let time = 0; time < 3; time++) expect(await pollLists()).toMatchObject({ failed: true });
    expect(await pollLists()).toMatchObject({ sightings: [] });
  });

  it('but a part of it says nothing of the papers that it lacks', async () => {
    lists[TODAY] = lists[TODAY].slice(0, 4);
    expect(await pollLists()).toMatchObject({ complete: false, sightings: { length: 4 } });
    expect(await notes()).toEqual([{ kind: 'shrunk', day: TODAY, papers: 4, before: 9 }]);
    lists[TODAY] = huggingFaceList(9, 100);
    expect(await pollLists()).toMatchObject({ complete: true });
    expect(await notes()).toEqual([]);
  });

  it('which loses a single paper is the day’s all the same', async () => {
    lists[TODAY] = lists[TODAY].slice(1);
    expect(await pollLists()).toMatchObject({ complete: true, sightings: { length: 8 } });
    expect(await notes()).toEqual([]);
  });

  it('but shares a paper or two that are featured again is the day’s', async () => {
    lists[TODAY] = [...huggingFaceList(2, 1), ...huggingFaceList(7, 100)];
    expect(await pollLists()).toMatchObject({ complete: true, sightings: { length: 9 } });
  });

  it('on a working day that stays empty is late twelve hours after it opened, not before, and not at weekends', async () => {
    const opened = Date.parse('2026-03-12T01:30:00Z');
    clock.leapTo(opened);
    await pollLists('2026-03-12');
    expect(await notes()).toEqual([]);
    clock.leapTo(opened + 12 * HOUR);
    await pollLists('2026-03-12');
    expect(await notes()).toEqual([{ kind: 'empty', day: '2026-03-12' }]);
    clock.leapTo('2026-03-14T20:00:00Z');
    await pollLists('2026-03-14');
    expect(await notes()).toEqual([]);
  });
});
