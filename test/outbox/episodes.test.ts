import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import { aPlace, aPromise, NOON } from './some-posts.ts';

const DAY = 86_400_000;
const trouble = { serverId: 's1', channelId: 'c1', code: 'permission-missing', since: NOON, last: null };
const refused = { ...trouble, reason: 'Send Messages is missing' };

let db: Database;
let outbox: Outbox;
beforeEach(() => {
  db = openDatabase(':memory:');
  outbox = openOutbox(db, NOON);
});
afterEach(() => db.close());

const post = (paper: string) => {
  outbox.promise(aPromise(paper, { channelId: 'c1' }));
  outbox.goOn(NOON);
  const packed = outbox.pack(aPlace('c1'), 'card', [paper], NOON);
  outbox.attempt(packed?.id ?? 0, NOON);
  return packed?.id ?? 0;
};

describe('a channel’s trouble', () => {
  it('is one for each reason until papers arrive, however often it is tried', () => {
    expect(outbox.episodes.begin(refused)).toMatchObject({ isPending: true });
    expect(outbox.episodes.begin({ ...refused, since: NOON + DAY })).toBeNull();
    const other = outbox.episodes.begin({ ...refused, reason: 'Embed Links is missing', since: NOON + DAY });
    expect(other).toMatchObject({ since: NOON });

    outbox.settle(post('a'), { kind: 'refused', code: 'content-refused', reason: 'AutoMod' }, NOON);
    expect(outbox.episodes.openIn('c1')).toHaveLength(2);
    const delivered = { kind: 'delivered', messageId: '1', channelId: 'c1' } as const;
    expect(outbox.settle(post('b'), delivered, NOON)).toMatchObject({ recovered: true });
    expect(outbox.settle(post('c'), delivered, NOON)).toEqual({ state: 'sent', hold: null });
    expect(outbox.episodes.openIn('c1')).toEqual([]);
    expect(outbox.episodes.begin(refused)).not.toBeNull();
  });

  it('is remembered for 400 days, and no more than a hundred in a server', () => {
    for (let i = 0; i < 130; i++) {
      outbox.episodes.begin({ ...refused, since: NOON + i });
      outbox.episodes.close('c1', NOON + i);
    }
    expect(db.prepare('SELECT count(*) AS n FROM episode').get()).toEqual({ n: 101 });
    expect(outbox.episodes.ofServer('s1')).toHaveLength(100);
    outbox.episodes.begin(refused);
    outbox.episodes.pruneEpisodes(NOON + 401 * DAY);
    expect(outbox.episodes.ofServer('s1')).toHaveLength(1);
    outbox.purgeServer('s1');
    expect(outbox.episodes.ofServer('s1')).toEqual([]);
  });
});
