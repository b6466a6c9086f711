import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { type Harness, openHarness } from './harness.ts';
import { postsIn } from './newsstand.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An earlier rule did not see that these stood out: nothing was told of them. */
function forgetThatTheyRose(file: string, papers: readonly string[]): void {
  const db = openBeside(file);
  for (const paper of papers)
    for (const table of ['trend_event', 'entry'])
      db.prepare(`DELETE FROM ${table} WHERE paper = ?`).run(paper);
  db.close();
}

/** Which of these papers are told or about to be; a post sent twice would be one post, by its nonce. */
function entry(file: string, papers: readonly string[]): string[] {
  const db = openBeside(file, { readOnly: true });
  const rows = db.prepare('SELECT paper FROM entry').all();
  db.close();
  return rows.map(({ paper }) => String(paper)).filter((paper) => papers.includes(paper));
}

describe('After an update that changed who stands out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-rule-'));
  const file = join(folder, 'paperboy.db');
  const titles = Array.from({ length: 20 }, (_, n) => `${n < 4 ? 'Ocean' : 'Desert'} ${n}`);
  let harness: Harness;
  let ids: string[];
  let before: number;
  const posts = () => postsIn(harness, harness.channel);
  const vote = (votes: number) => {
    for (const [index, id] of ids.entries()) harness.stand.vote(id, votes - 10 * index);
  };
  beforeAll(async () => {
    harness = await openHarness('2026-03-10T12:00:00Z', { DATABASE_URL: `sqlite:${file}` });
    await harness.subscribe({ keywords: 'ocean', what: 'wide' });
    ids = await harness.print(...titles.map((title, n) => ({ title, votes: 300 - 10 * n })));
    before = posts().length;
    await harness.restart(() => forgetThatTheyRose(file, [ids[0], ids[2]]));
  });
  afterAll(async () => {
    await harness.close();
    rmSync(folder, { recursive: true });
  });

  it('papers that only the new rule finds hot are not told late, and no told one a second time', async () => {
    expect(before).toBe(4);
    await harness.round();
    for (const votes of [301, 302, 310]) {
      harness.clock.leap(15 * MINUTE);
      vote(votes);
      await harness.round();
    }
    expect(posts()).toHaveLength(before);
    expect(entry(file, [ids[0], ids[2]])).toEqual([]);
  });

  it('the papers of the next day are told as ever', async () => {
    harness.clock.leap(24 * HOUR);
    const [first] = await harness.print(
      ...titles.map((title, n) => ({ title: `${title} again`, votes: 300 - n })),
    );
    expect(posts().flatMap(({ papers }) => papers)).toContain(first);
  });
});
