import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { type Answer, type Harness, openHarness } from './harness.ts';
import { postsIn } from './newsstand.ts';
import { textOf } from './stage.ts';

const WRITTEN = 'mountain OR lake';
/** What a filter could be when brackets were punctuation. */
const KEPT = '[mountain] OR lake';

/** What everybody wrote then is found in the database of an earlier version. */
function rewrite(file: string): void {
  const db = openBeside(file);
  db.prepare('UPDATE keyv SET value = replace(value, ?, ?)').run(WRITTEN, KEPT);
  db.close();
}

describe('After an update that gave signs a meaning', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-update-'));
  const file = join(folder, 'paperboy.db');
  let harness: Harness;
  let lists: Answer[];
  beforeAll(async () => {
    harness = await openHarness('2026-03-10T12:00:00Z', { DATABASE_URL: `sqlite:${file}` });
    await harness.print(...Array.from({ length: 12 }, (_, n) => ({ title: `Mountain ${n}`, votes: 30 + n })));
    await harness.subscribe({ keywords: WRITTEN, what: 'all' });
    lists = [
      await harness.ask('search', { query: WRITTEN }),
      await harness.ask('trending', { period: 'today', topic: WRITTEN }),
    ];
    await harness.restart(() => rewrite(file));
  });
  afterAll(async () => {
    await harness.close();
    rmSync(folder, { recursive: true });
  });

  it('alerts go on, and nobody is told of trouble', async () => {
    const [lake] = await harness.print({ title: 'A lake' });
    expect(postsIn(harness, harness.channel).map(({ papers }) => papers)).toEqual([[lake]]);
    const listed = await harness.said('subscriptions');
    expect(listed).toContain(KEPT);
    expect(listed).not.toContain('cannot be read');
    expect(await harness.said('status')).not.toContain('cannot be read');
  });

  it('pages of lists that were asked for before turn', async () => {
    for (const { id } of lists) expect(textOf(await harness.click(id, 'Next'))).toMatch(/Mountain \d/);
  });
});
