import { afterEach, describe, expect, it, vi } from 'vitest';
import { createNewsstand } from './newsstand.ts';
import { openStage, type Stage } from './stage.ts';

const MINUTE = 60_000;

describe('a supervisor asks /healthz', () => {
  let stage: Stage;
  afterEach(() => stage.close());
  const open = async () => {
    const stand = createNewsstand();
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
    return stand;
  };
  const health = async (asked = '') => {
    const page = await stage.page('/healthz', asked);
    return { status: page?.status, ...JSON.parse(page?.text ?? '{}'), code: page?.status };
  };

  it('and hears that all is well', async () => {
    await open();
    await stage.round();
    expect(await health()).toEqual({
      code: 200,
      status: 'ok',
      lastRoundAt: expect.stringContaining('2026-03-10'),
    });
    expect(await health('strict')).toMatchObject({ code: 200 });
  });

  it('and hears of an outage of Discord once it has lasted for a minute, and when it is over', async () => {
    await open();
    await stage.driver.outage('unavailable');
    await vi.waitFor(() => expect(stage.driver.gateway.connected).toBe(0));
    expect(await health()).toMatchObject({ code: 200 });
    await vi.waitFor(async () => {
      stage.clock.leap(2 * MINUTE);
      expect(await health()).toMatchObject({ code: 503, status: 'failing' });
    });
    expect((await health()).problems[0]).toMatch(/^Discord has not been connected for \d+ s\.$/);
    await stage.driver.outage('none');
    await stage.driver.untilConnected(30_000);
    await vi.waitFor(async () => expect(await health()).toMatchObject({ code: 200, status: 'ok' }), 10_000);
  });

  it('and is asked to start a bot again for a late source only when it is strict', async () => {
    const stand = await open();
    await stage.round();
    stand.setClosed(true);
    stage.clock.leap(MINUTE);
    await stage.round();
    const late = [expect.stringMatching(/^Hugging Face is late: /)];
    expect(await health()).toMatchObject({ code: 200, status: 'degraded', degraded: late });
    expect(await health('strict')).toMatchObject({ code: 503, status: 'degraded', degraded: late });
  });
});
