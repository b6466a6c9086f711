import { describe, expect, it } from 'vitest';
import { FatalError } from '#src/foundation/failure.ts';
import { createHappenings, type Happening } from '#src/foundation/happenings.ts';
import { phrase } from '#src/wording/phrase.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const NOON = Date.UTC(2026, 2, 10, 12);
const POSTED = { kind: 'posted', what: phrase('happening.notified', { channel: 'c' }) } as const;
const HELD = { kind: 'held', what: phrase('happening.not.paused', { channels: 'c', n: 1 }) } as const;
const LINK = { channelId: 'c', messageId: 'm' };

function open() {
  const log = createKeptLog();
  const happenings = createHappenings({ clock: createFakeClock(NOON), log });
  const heard: Happening[] = [];
  return { ...happenings, log, heard, keep: (happening: Happening) => void heard.push(happening) };
}

describe('what happens', () => {
  it('is heard by all who listen, in its order, with when it was and where it is to be seen', async () => {
    const { tell, listen, keep, heard } = open();
    const others: string[] = [];
    listen(keep);
    listen(({ kind }) => others.push(kind));
    await tell(async () => [{ ...POSTED, link: LINK }, HELD]);
    expect(heard).toEqual([
      { ...POSTED, at: NOON, link: LINK },
      { ...HELD, at: NOON, link: null },
    ]);
    expect(others).toEqual(['posted', 'held']);
  });

  it('is not even put together while nobody listens', async () => {
    const { tell, listen, keep, heard } = open();
    let asked = 0;
    const happened = () => {
      asked++;
      return [HELD];
    };
    await tell(happened);
    const stop = listen(keep);
    await tell(happened);
    stop();
    await tell(happened);
    expect([asked, heard.length]).toEqual([1, 1]);
  });

  it('is heard on by one who listens twice and stops once', async () => {
    const { tell, listen, keep, heard } = open();
    const stop = listen(keep);
    listen(keep);
    stop();
    await tell(() => [HELD]);
    expect(heard).toHaveLength(1);
  });

  it('reaches the others, and harms nobody, where a listener throws', async () => {
    const { tell, listen, keep, heard, log } = open();
    const error = new Error('the page is gone');
    listen(() => {
      throw error;
    });
    listen(keep);
    await tell(() => [HELD]);
    expect(heard).toHaveLength(1);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { kind: 'held' } }]);
  });

  it('is logged where it cannot be put together, and the work goes on', async () => {
    const { tell, listen, keep, heard, log } = open();
    listen(keep);
    await tell(async () => {
      throw new Error('nothing is known of it');
    });
    expect(heard).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'error', message: 'what happened could not be told' }]);
  });

  it('ends the process as ever where the database cannot be read', async () => {
    const { tell, listen, keep } = open();
    listen(keep);
    const told = tell(() => {
      throw new FatalError('the disk is full');
    });
    await expect(told).rejects.toThrow('the disk is full');
  });
});
