import { beforeEach, describe, expect, it } from 'vitest';
import { changeValues, INSERT_CHANGE } from '#src/subscription/change-rows.ts';
import { otherEntry, settingsEntry, subscriptionEntry } from '#src/subscription/history.ts';
import type { Mute } from '#src/subscription/mute.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import { createStandingReader } from '#src/subscription/standing-reader.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { draft, NOON, place, stageStore } from './store-stage.ts';

const LINE: ServerSettings = { samePaper: 'line', zone: null, notices: null };
const SECOND = 1000;

let stage: Awaited<ReturnType<typeof stageStore>>;
let present: { subscriptions: Subscription[]; mutes: Mute[]; settings: ServerSettings };
/** How many rows were read. */
let rowsRead: number;
beforeEach(async () => {
  stage = await stageStore();
  present = { subscriptions: [], mutes: [], settings: LINE };
  rowsRead = 0;
});

const reader = () => {
  const { db } = stage;
  const all: typeof db.all = async (...asked) => {
    const rows = await db.all(...asked);
    rowsRead += rows.length;
    return rows as never;
  };
  return createStandingReader(
    { ...db, all },
    {
      inChannel: () => present.subscriptions,
      mutes: () => present.mutes,
      settings: () => present.settings,
    },
  );
};
const write = (entries: Parameters<typeof changeValues>[1][]) =>
  stage.db.insert(
    INSERT_CHANGE,
    entries.map((entry) => changeValues('1', entry)),
  );
const one = (id: string, filter: string, channelId = place.channelId): Subscription => ({
  ...draft(filter),
  ...{ id, serverId: '1', channelId, createdAt: NOON, createdBy: 'ada', since: NOON, paused: null },
});
const deleted = (at: number) =>
  otherEntry('deleted', { channelId: place.channelId, about: 'Ocean', who: 'ada', at });

describe('what stood in a channel', () => {
  it('is read in a few rows, however much was changed there, before and since', async () => {
    const seconds = Array.from({ length: 1000 }, (_, n) => NOON + n * SECOND);
    present.subscriptions = [one('a', 'ocean 999')];
    await write(
      seconds.flatMap((at, n) => {
        const other = one(`other${n}`, 'desert');
        return [
          subscriptionEntry('changed', one('a', `ocean ${n - 1}`), one('a', `ocean ${n}`), 'ada', at),
          subscriptionEntry('added', null, other, 'ada', at),
          subscriptionEntry('removed', other, null, 'ada', at + 1),
          otherEntry('muted', { channelId: null, about: `mute ${n}`, who: 'ada', at }),
          otherEntry('unmuted', { channelId: null, about: `mute ${n}`, who: 'ada', at: at + 1 }),
          settingsEntry({ before: LINE, after: LINE }, 'ada', at),
          deleted(at),
        ];
      }),
    );
    const { standings, changedSince, lastEnd } = reader();
    const middle = NOON + 500 * SECOND;
    const standingAt = await standings(place, [middle, middle + 1, NOON - 1]);
    expect(standingAt(middle).subscriptions.map(({ filter }) => filter)).toEqual(['ocean 500', 'desert']);
    expect(standingAt(middle).mutes).toEqual([{ text: 'mute 500', who: 'ada', at: middle }]);
    expect(standingAt(middle + 1).subscriptions.map(({ filter }) => filter)).toEqual(['ocean 500']);
    expect(standingAt(middle + 1).mutes).toEqual([]);
    expect((await changedSince(place, middle, 5)).map(({ at }) => (at - NOON) / SECOND)).toEqual([
      ...[999, 999, 999, 999.001, 999.001],
    ]);
    expect(await lastEnd(place, middle)).toMatchObject({ at: middle - SECOND + 1, what: 'removed' });
    expect(rowsRead).toBeLessThan(25);
  });

  it('is told by a settings change before and after it, and else as it is now', async () => {
    const { standings } = reader();
    const at = async (instant: number) => (await standings(place, [instant]))(instant).settings.samePaper;
    expect(await at(NOON)).toBe('line');
    const set = (from: ServerSettings['samePaper'], to: ServerSettings['samePaper'], when: number) =>
      settingsEntry({ before: { ...LINE, samePaper: from }, after: { ...LINE, samePaper: to } }, 'ada', when);
    await write([set('none', 'full', NOON), set('full', 'line', NOON + 2 * SECOND)]);
    expect([await at(NOON - 1), await at(NOON), await at(NOON + 3 * SECOND)]).toEqual([
      ...['none', 'full', 'line'],
    ]);
  });

  it('and was done there since leaves out other channels and posts that were deleted', async () => {
    await write([
      subscriptionEntry('added', null, one('a', 'ocean'), 'ada', NOON + 1),
      subscriptionEntry('added', null, one('b', 'desert', '12'), 'ada', NOON + 2),
      deleted(NOON + 3),
      otherEntry('muted', { channelId: null, about: 'survey', who: 'ada', at: NOON + 4 }),
    ]);
    const whats = async (since: number) =>
      (await reader().changedSince(place, since, 5)).map(({ what }) => what);
    expect([await whats(NOON), await whats(NOON + 1), await whats(NOON + 4)]).toEqual([
      ...[['added', 'muted'], ['muted'], []],
    ]);
    expect(await reader().lastEnd(place, NOON + 9)).toBeNull();
  });
});
