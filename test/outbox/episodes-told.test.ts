import { beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '#src/outbox/destination.ts';
import type { Episode, Episodes } from '#src/outbox/episodes.ts';
import type { LastKnown } from '#src/outbox/last-known.ts';
import { anOutbox, HOUR, NOON } from './some-posts.ts';

const DAY = 24 * HOUR;
const KNOWN: LastKnown = { name: 'papers', audience: [{ id: 'r1', manages: false }], named: { r1: true } };

let episodes: Episodes;
beforeEach(async () => {
  episodes = (await anOutbox()).outbox.episodes;
});

const begin = async (
  id: string,
  { serverId = 's1', reason = 'no', isNotified = false, last = null as LastKnown | null } = {},
): Promise<Episode> => {
  const destination: Destination = `channel:${id}`;
  const trouble = { serverId, destination, code: 'permission-missing', reason, since: NOON, last };
  const begun = await episodes.begin(trouble, isNotified);
  if (!begun) throw new Error('noted before');
  return begun;
};
const again = async ({ id }: Episode): Promise<Episode | null> => episodes.episode(id);
const channels = (of: readonly Episode[]): string[] => of.map(({ destination }) => destination);

describe('a channel’s trouble', () => {
  it('is noted with all that is known of it', async () => {
    const begun = await begin('c1', { last: KNOWN });
    expect(begun).toEqual({
      ...{
        id: begun.id,
        serverId: 's1',
        destination: 'channel:c1',
        code: 'permission-missing',
        reason: 'no',
      },
      ...{ since: NOON, last: KNOWN, endedAt: null, notice: null, tries: 0, isPending: true },
    });
    expect(await again(begun)).toEqual(begun);
    expect(await episodes.openIn('channel:c1')).toEqual([begun]);
    expect(await episodes.episode(begun.id + 1)).toBeNull();
  });

  it('that moderators know of already is left to be told of to nobody', async () => {
    expect(await begin('c1', { isNotified: true })).toMatchObject({ isPending: false });
    expect(await episodes.pendingIn('channel:c1')).toEqual([]);
    expect(await episodes.isUntold('channel:c1')).toBe(false);
  });

  it('is untold until a notice tells of it, and then until that is refused', async () => {
    const begun = await begin('c1');
    expect(await episodes.isUntold('channel:c1')).toBe(true);
    expect(await episodes.isUntold('channel:c2')).toBe(false);
    await episodes.noteTelling(begun.id, 7);
    expect(await episodes.isUntold('channel:c1')).toBe(false);
    expect(await episodes.pendingIn('channel:c1')).toMatchObject([{ notice: 7, isPending: true }]);
    await episodes.noteNotNotified(begun, true, NOON);
    expect(await again(begun)).toMatchObject({ notice: null, tries: 1, isPending: true });
    expect(await episodes.isUntold('channel:c1')).toBe(true);
  });

  it('is told no more once it was heard', async () => {
    const begun = await begin('c1');
    await episodes.noteNotified(begun.id);
    expect(await again(begun)).toMatchObject({ isPending: false, endedAt: null });
    expect(await episodes.pending(NOON, 9)).toEqual([]);
  });

  it('has its end told to those who were told that it began', async () => {
    const [told, untold] = [await begin('c1'), await begin('c2')];
    await episodes.noteTelling(told.id, 7);
    await episodes.noteNotified(told.id);
    for (const { destination } of [told, untold])
      expect(await episodes.end(destination, NOON + HOUR)).toBe(true);
    expect(await episodes.end('channel:c1', NOON + HOUR)).toBe(false);
    expect(await again(told)).toMatchObject({ endedAt: NOON + HOUR, isPending: true });
    expect(await again(untold)).toMatchObject({ endedAt: NOON + HOUR, isPending: false });
    expect(await episodes.pending(NOON + HOUR, 9)).toMatchObject([{ id: told.id }]);
  });

  it('ends with nothing left to say where nothing comes any more, all but the one that says so', async () => {
    const [before, gone] = [await begin('c1'), await begin('c1', { reason: 'deleted' })];
    const elsewhere = await begin('c2');
    await episodes.close('channel:c1', NOON + HOUR, gone.id);
    expect(await again(before)).toMatchObject({ endedAt: NOON + HOUR, isPending: false });
    expect(await again(gone)).toEqual(gone);
    await episodes.close('channel:c1', NOON + 2 * HOUR);
    expect(await again(before)).toMatchObject({ endedAt: NOON + HOUR });
    expect(await again(gone)).toMatchObject({ endedAt: NOON + 2 * HOUR, isPending: false });
    expect(await again(elsewhere)).toEqual(elsewhere);
  });
});

describe('what is left to say', () => {
  it('comes in pages, the oldest first', async () => {
    for (const id of ['c3', 'c1', 'c2']) await begin(id);
    const page = await episodes.pending(NOON, 2);
    expect(channels(page)).toEqual(['channel:c3', 'channel:c1']);
    expect(channels(await episodes.pending(NOON, 2, page[1].id))).toEqual(['channel:c2']);
  });

  it('is tried again after an hour, then after pauses that double up to a day, where Discord refused it', async () => {
    const { id } = await begin('c1');
    const pauses: number[] = [];
    for (let time = 0; time < 7; time++) {
      const told = await episodes.episode(id);
      if (told) await episodes.noteNotNotified(told, true, NOON);
      let hours = 0;
      while ((await episodes.pending(NOON + hours * HOUR, 9)).length === 0) hours++;
      pauses.push(hours);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 24, 24]);
  });

  it('is tried again at once where Discord was not asked', async () => {
    const begun = await begin('c1');
    await episodes.noteNotNotified(begun, false, NOON);
    expect(await episodes.pending(NOON, 9)).toMatchObject([{ id: begun.id, tries: 1 }]);
  });

  it('does not wait for an hour that a clock which ran ahead had planned', async () => {
    const begun = await begin('c1');
    await episodes.noteNotNotified(begun, true, NOON + 30 * DAY);
    expect(await episodes.pending(NOON, 9)).toHaveLength(1);
    expect(await episodes.untoldIn('s1', NOON)).toHaveLength(1);
  });

  it('waits no more once another notice tells of it', async () => {
    const begun = await begin('c1');
    await episodes.noteNotNotified(begun, true, NOON);
    await episodes.noteTelling(begun.id, 7);
    expect(await episodes.pending(NOON, 9)).toHaveLength(1);
  });

  it('in a server is what nobody was told of and can be told now, the oldest first', async () => {
    const [told, ended, putOff] = [await begin('c1'), await begin('c2'), await begin('c3')];
    for (const id of ['c5', 'c4']) await begin(id);
    await begin('c6', { serverId: 's2' });
    await begin('c7', { isNotified: true });
    await episodes.noteTelling(told.id, 7);
    await episodes.end(ended.destination, NOON);
    await episodes.noteNotNotified(putOff, true, NOON);
    expect(channels(await episodes.untoldIn('s1', NOON))).toEqual(['channel:c5', 'channel:c4']);
    expect(channels(await episodes.untoldIn('s1', NOON + HOUR))).toEqual([
      'channel:c3',
      'channel:c5',
      'channel:c4',
    ]);
  });

  it('may be told by one notice of several channels', async () => {
    for (const id of ['c2', 'c1', 'c3']) {
      const begun = await begin(id);
      await episodes.noteTelling(begun.id, id === 'c3' ? 8 : 7);
    }
    expect(channels(await episodes.notifiedBy(7))).toEqual(['channel:c2', 'channel:c1']);
    expect(await episodes.notifiedBy(9)).toEqual([]);
  });
});

describe('a channel that was deleted', () => {
  const keep = (id: string, known = KNOWN) =>
    episodes.keepLast('s1', `channel:${id}`, 'deleted', known, NOON);

  it('leaves what was known of it, and tells nobody where nothing was subscribed there', async () => {
    await keep('c1');
    expect(await episodes.lastKnown('channel:c1')).toEqual(KNOWN);
    expect(await episodes.lastKnown('channel:c2')).toBeNull();
    expect(await episodes.pending(NOON, 9)).toEqual([]);
    expect(await episodes.openIn('channel:c1')).toEqual([]);
    expect(await episodes.ofServer('s1')).toEqual([]);
  });

  it('leaves what was known of it last', async () => {
    await begin('c1', { last: { name: 'before', audience: 'everybody' } });
    await keep('c1');
    await begin('c1', { reason: 'another' });
    expect(await episodes.lastKnown('channel:c1')).toEqual(KNOWN);
  });

  it('counts among the hundred that a server keeps; what is open or left to say stays', async () => {
    const open = await begin('open');
    for (let n = 0; n < 120; n++) await keep(`c${n}`);
    expect(await episodes.lastKnown('channel:c0')).toBeNull();
    expect(await episodes.lastKnown('channel:c119')).toEqual(KNOWN);
    expect(await episodes.ofServer('s1')).toEqual([open]);
  });
});

describe('what Paperboy paused in a server', () => {
  it('is told the newest first, of that server alone', async () => {
    for (const id of ['c1', 'c2']) await begin(id);
    await begin('c3', { serverId: 's2' });
    await episodes.end('channel:c1', NOON);
    expect(channels(await episodes.ofServer('s1'))).toEqual(['channel:c2', 'channel:c1']);
  });

  it('is forgotten 400 days after it ended, and not while it is open', async () => {
    for (const id of ['c1', 'c2']) await begin(id);
    await episodes.end('channel:c1', NOON);
    await episodes.pruneEpisodes(NOON + 400 * DAY);
    expect(await episodes.ofServer('s1')).toHaveLength(2);
    await episodes.pruneEpisodes(NOON + 400 * DAY + 1);
    expect(channels(await episodes.ofServer('s1'))).toEqual(['channel:c2']);
  });
});
