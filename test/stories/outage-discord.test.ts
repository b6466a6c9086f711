import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Discord bans at 10,000 invalid requests in 10 minutes; Paperboy stays below 5 % of that. */
const INVALID_BUDGET = 500;

describe('Discord is away for 24 hours', () => {
  let stage: Stage;
  let stand: Newsstand;
  const channels: string[] = [];
  beforeEach(async () => {
    stand = createNewsstand();
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
    channels.length = 0;
    for (const name of ['ocean', 'desert', 'forest']) {
      const channel = stage.channelNamed(name);
      await stage.subscribe({ keywords: name, what: 'all' }, channel);
      channels.push(channel);
    }
    stand.print('Ocean, before', 'Desert, before', 'Forest, before');
    await stage.round();
  });
  afterEach(() => stage.close());

  /** A day of rounds, four an hour, with a paper for the ocean every six hours, for the desert once. */
  const aDay = async (eachRound: () => void = () => {}) => {
    for (let quarter = 0; quarter < 96; quarter++) {
      if (quarter % 24 === 3) stand.print(`Ocean, hour ${quarter / 4}`);
      if (quarter === 30) stand.print('Desert, hour 7');
      stage.clock.leap(15 * MINUTE);
      await stage.round();
      eachRound();
    }
  };
  const back = async () => {
    await stage.driver.outage('none');
    stage.driver.setFaults(null);
    await stage.driver.untilConnected(30_000);
    for (let run = 0; run < 8; run++) {
      stage.clock.leap(2 * MINUTE);
      await stage.pipeline().deliver();
    }
  };
  const expectOneDigestEach = () => {
    const [ocean, desert, forest] = channels.map((channel) => headsIn(stage, channel));
    expect(forest).toEqual(['card: Forest, before']);
    const since = postsIn(stage, channels[0]).slice(1);
    expect(since.flatMap(({ papers }) => papers)).toHaveLength(4);
    // The first that was tried may have been in doubt, and comes by itself; all others come together.
    expect(ocean.filter((head) => head.startsWith('What was missed'))).toHaveLength(1);
    expect(ocean.length).toBeLessThanOrEqual(3);
    expect(desert).toEqual(['card: Desert, before', 'card: Desert, hour 7']);
  };

  it.each(['unavailable', 'refused'] as const)(
    'it is %s: afterwards each channel gets what it missed, once, as one digest',
    { timeout: 90_000 },
    async (kind) => {
      await stage.driver.outage(kind);
      await aDay();
      await back();
      expectOneDigestEach();
    },
  );

  it('it answers 403 to everything: the budget of invalid requests is never near, and nothing is lost', {
    timeout: 90_000,
  }, async () => {
    stage.driver.setFaults(({ path }) =>
      path.startsWith('/channels/')
        ? { kind: 'status', status: 403, body: { message: 'Missing Access', code: 50001 } }
        : null,
    );
    stage.driver.resetTraffic();
    let before = 0;
    const perQuarter: number[] = [];
    await aDay(() => {
      const { invalid } = stage.driver.traffic();
      perQuarter.push(invalid - before);
      before = invalid;
    });
    expect(Math.max(...perQuarter)).toBeLessThanOrEqual(INVALID_BUDGET);
    expect(before).toBeGreaterThan(0);

    stage.driver.setFaults(null);
    stage.clock.leap(HOUR);
    await stage.pipeline().refresh();
    await vi.waitFor(() => expect(headsIn(stage, channels[0])).toHaveLength(2), 12_000);
    expect(headsIn(stage, channels[0])).toEqual(['card: Ocean, before', 'What was missed: 4 papers']);
  });
});
