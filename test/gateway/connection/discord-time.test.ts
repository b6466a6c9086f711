import { describe, expect, it } from 'vitest';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { createDiscordTime, idAt, instantOf } from '#src/gateway/connection/discord-time.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const NOON = Date.UTC(2026, 2, 10, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const heardAt = (ours: number) => {
  const clock = createFakeClock(ours);
  const time = createDiscordTime(clock);
  time.heard('date', NOON);
  return { clock, time };
};

describe('what time it is by Discord’s clock', () => {
  it('is what Discord told and what passed since, however wrong this machine’s clock is', async () => {
    const { clock, time } = heardAt(NOON + 5 * HOUR);
    await clock.advance(MINUTE);
    expect(time.now()).toEqual({ from: NOON + MINUTE, until: NOON + MINUTE + 1000 });
  });

  it('lies between the two when this machine’s clock was set, or the machine slept', () => {
    const { clock, time } = heardAt(NOON);
    clock.jump(NOON + HOUR);
    expect(time.now()).toEqual({ from: NOON, until: NOON + HOUR + 1000 });
    time.heard('date', NOON);
    expect(time.now()).toEqual({ from: NOON, until: NOON + 1000 });
    clock.jump(NOON);
    expect(time.now()).toEqual({ from: NOON - HOUR, until: NOON + 1000 });
  });

  it('is told to the second in a scene too, however fast that runs', async () => {
    const base = createFakeClock();
    const scene = createSceneClock({ startsAt: NOON, speed: 60, base });
    const time = createDiscordTime(scene);
    time.heard('date', NOON);
    await base.advance(MINUTE);
    expect(time.now()).toEqual({ from: NOON + HOUR, until: NOON + HOUR + 1000 });
  });

  it('lies between what answers and ids tell, where they differ', () => {
    const { time } = heardAt(NOON);
    time.heard('id', NOON - HOUR);
    expect(time.now()).toEqual({ from: NOON - HOUR, until: NOON + 1000 });
  });

  it('does not come from what tells no time', () => {
    const { time } = heardAt(NOON);
    time.heard('date', Number.NaN);
    time.heard('id', instantOf('12345'));
    expect(time.now()).toEqual({ from: NOON, until: NOON + 1000 });
  });

  it('is known to a day before Discord said anything', () => {
    const time = createDiscordTime(createFakeClock(NOON));
    expect(time.now()).toEqual({ from: NOON - 24 * HOUR, until: NOON + 24 * HOUR });
  });

  it('is in ids, to the millisecond', () => {
    expect(instantOf(idAt(NOON + 1))).toBe(NOON + 1);
    expect(instantOf('175928847299117063')).toBe(Date.parse('2016-04-30T11:18:25.796Z'));
  });
});
