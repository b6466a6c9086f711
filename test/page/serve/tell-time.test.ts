import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SceneTime } from '#src/page/protocol.ts';
import { tellTime } from '#src/page/serve/tell-time.ts';

describe('the scene’s clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const telling = () => {
    const state: SceneTime = {
      ...{ now: 0, speed: 60, nextPollAt: 5, nextDigestAt: null },
      ...{ endsAt: 9, isOver: false, goingTo: null },
    };
    const told: SceneTime[] = [];
    const changes = new Set<() => void>();
    const stream = { tell: (event: object) => void told.push((event as { time: SceneTime }).time) };
    const time = {
      state: () => ({ ...state }),
      setSpeed: () => {},
      toNextPoll: () => {},
      toNextDigest: () => {},
      onChange: (listener: () => void) => {
        changes.add(listener);
        return () => changes.delete(listener);
      },
    };
    const stop = tellTime({ time }, stream);
    return { state, told, stop, changes };
  };

  it('is told once while only time goes by', () => {
    const { state, told } = telling();
    for (let second = 0; second < 60; second++) {
      state.now += 60_000;
      vi.advanceTimersByTime(1000);
    }
    expect(told).toHaveLength(1);
  });

  it('is told anew within a second when something else changed that nobody tells of', () => {
    const { state, told } = telling();
    state.nextPollAt = 8;
    state.now = 6;
    vi.advanceTimersByTime(999);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(told.at(-1)).toMatchObject({ now: 6, nextPollAt: 8 });
    vi.advanceTimersByTime(10_000);
    expect(told).toHaveLength(2);
  });

  it('is told at once when it is set, and nobody is told once that is over', () => {
    const { state, told, stop, changes } = telling();
    state.speed = 0;
    for (const change of changes) change();
    expect(told.at(-1)?.speed).toBe(0);
    stop();
    expect([changes.size, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
