import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { tellMissing } from '#src/render/missing-permissions.ts';
import { phrase } from '#src/wording/phrase.ts';
import { anEntry, aPlace, NOON } from './some-posts.ts';

const DAY = 86_400_000;
const trouble = {
  serverId: 's1',
  destination: 'channel:c1',
  code: 'permission-missing',
  since: NOON,
  last: null,
} as const;
const refused = { ...trouble, reason: 'Send Messages is missing' };

let db: Database;
let outbox: Outbox;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  outbox = await openOutbox(db, NOON);
});
afterEach(() => db.close());

const post = async (paper: string) => {
  await outbox.add(anEntry(paper, { destination: 'channel:c1' }));
  await outbox.goOn(NOON);
  const packed = await outbox.pack(aPlace('channel:c1'), 'card', [paper], NOON);
  await outbox.attempt(packed?.id ?? 0, NOON);
  return packed?.id ?? 0;
};

describe('a channel’s trouble', () => {
  it('is one for each reason until papers arrive, however often it is tried', async () => {
    expect(await outbox.episodes.begin(refused)).toMatchObject({ isPending: true });
    expect(await outbox.episodes.begin({ ...refused, since: NOON + DAY })).toBeNull();
    const other = await outbox.episodes.begin({
      ...refused,
      reason: 'Embed Links is missing',
      since: NOON + DAY,
    });
    expect(other).toMatchObject({ since: NOON });

    await outbox.settle(
      await post('a'),
      { kind: 'refused', code: 'content-refused', reason: 'AutoMod' },
      NOON,
    );
    expect(await outbox.episodes.openIn('channel:c1')).toHaveLength(2);
    const delivered = { kind: 'delivered', messageId: '1', channelId: 'c1' } as const;
    expect(await outbox.settle(await post('b'), delivered, NOON)).toMatchObject({ recovered: true });
    expect(await outbox.settle(await post('c'), delivered, NOON)).toEqual({ state: 'sent', hold: null });
    expect(await outbox.episodes.openIn('channel:c1')).toEqual([]);
    expect(await outbox.episodes.begin(refused)).not.toBeNull();
  });

  it('that an earlier version noted as a sentence is the same trouble today', async () => {
    const missing = tellMissing([phrase('permission.sendMessages')]);
    await outbox.episodes.begin(refused);
    expect(await outbox.episodes.begin({ ...trouble, reason: missing })).toBeNull();
    expect(await outbox.episodes.openIn('channel:c1')).toMatchObject([{ reason: refused.reason }]);
  });

  it('is remembered for 400 days, and no more than a hundred in a server', async () => {
    for (let i = 0; i < 130; i++) {
      await outbox.episodes.begin({ ...refused, since: NOON + i });
      await outbox.episodes.close('channel:c1', NOON + i);
    }
    expect(await db.get('SELECT count(*) AS n FROM episode')).toEqual({ n: 101 });
    expect(await outbox.episodes.ofServer('s1')).toHaveLength(100);
    await outbox.episodes.begin(refused);
    await outbox.episodes.pruneEpisodes(NOON + 401 * DAY);
    expect(await outbox.episodes.ofServer('s1')).toHaveLength(1);
    await outbox.purgeServer('s1');
    expect(await outbox.episodes.ofServer('s1')).toEqual([]);
  });
});
