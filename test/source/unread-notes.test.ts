import { expect, it } from 'vitest';
import { silentLog } from '#src/foundation/log.ts';
import { createUnreadNotes } from '#src/source/unread-notes.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const HOUR = 3_600_000;

it('items that cannot be read are told of once a day for each list, with their source; otherwise to who debugs', async () => {
  const told: string[] = [];
  const note =
    (level: string) => (fields: { source?: string; list?: string; malformed?: number; of?: number }) =>
      told.push(`${level} ${fields.source} ${fields.list}: ${fields.malformed} of ${fields.of}`);
  const clock = createFakeClock();
  const unread = createUnreadNotes({
    clock,
    log: { ...silentLog, info: note('info'), debug: note('debug') },
  });
  const placed = { sightings: [], malformed: 2, reasons: ['no title', 'no arXiv id in ""'] };

  unread('arxiv-rss', 'cs.LG', placed);
  unread('arxiv-rss', 'cs.LG', placed);
  unread('arxiv-rss', 'stat.ML', placed);
  unread('hugging-face', 'latest', { sightings: [], malformed: 0, reasons: [] });
  await clock.advance(25 * HOUR);
  unread('arxiv-rss', 'cs.LG', placed);

  expect(told).toEqual([
    'info arxiv-rss cs.LG: 2 of 2',
    'debug arxiv-rss cs.LG: 2 of 2',
    'info arxiv-rss stat.ML: 2 of 2',
    'info arxiv-rss cs.LG: 2 of 2',
  ]);
});
