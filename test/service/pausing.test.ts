import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { aDesk, MODERATOR } from './a-desk.ts';
import { NOON } from './a-library.ts';

const PLACE = { serverId: '1', channelId: '5' };
let desk: Awaited<ReturnType<typeof aDesk>>;
beforeEach(async () => {
  desk = await aDesk();
});
const subscribe = (terms: Partial<SubscriptionDraft> = {}) =>
  desk.subscriptionStore.add(PLACE, { ...DEFAULTS, filter: 'ocean', ...terms }, 'mod');

describe('a moderator', () => {
  it('pauses to the end of a day, of the subscription’s own zone before the server’s, else UTC', async () => {
    const quiet = { from: '22:00', to: '07:00', zone: 'Asia/Tokyo' };
    const when = { kind: 'daily', at: '09:00', zone: 'America/Lima' } as const;
    const pausedUntil = async (terms: Partial<SubscriptionDraft>) => {
      const { id } = await subscribe(terms);
      const { until = 0 } = await desk.setPaused({
        ...{ ...MODERATOR, ids: [id], isPaused: true, lastDay: '2026-03-12' },
      });
      await desk.subscriptionStore.remove(id, 'mod');
      return new Date(until).toISOString().slice(0, 16);
    };
    expect(await pausedUntil({})).toBe('2026-03-13T00:00');
    expect(await pausedUntil({ quiet })).toBe('2026-03-12T15:00');
    expect(await pausedUntil({ quiet, when })).toBe('2026-03-13T05:00');
    await desk.subscriptionStore.changeSettings(
      '1',
      (present) => ({ ...present, zone: 'Europe/Berlin' }),
      'mod',
    );
    expect(await pausedUntil({})).toBe('2026-03-12T23:00');
    expect(await pausedUntil({ quiet })).toBe('2026-03-12T15:00');
    await expect(desk.setPaused({ ...MODERATOR, ids: [], isPaused: true, lastDay: 'soon' })).rejects.toThrow(
      'soon',
    );
  });

  it('pauses for so long, to the minute, and resumes by nobody’s hand then', async () => {
    const ids = [(await subscribe()).id];
    const paused = await desk.setPaused({
      ...{ ...MODERATOR, now: NOON + 1, ids, isPaused: true, forMs: 3_600_000 },
    });
    expect(paused).toMatchObject({ what: 'paused', until: NOON + 3_660_000 });
    expect(desk.subscriptionStore.byId(ids[0])?.paused).toMatchObject({ until: NOON + 3_660_000 });
  });
});
