import { beforeEach, describe, expect, it } from 'vitest';
import { stageCategories, storedCursors } from '#test/subscription/category-stage.ts';

const DAY = 86_400_000;

describe('categories that are read because subscriptions name them', () => {
  let { begin, clock, cursors, log, open, set } = stageCategories();
  beforeEach(() => {
    ({ begin, clock, cursors, log, open, set } = stageCategories());
  });

  it('of the oldest subscription come first, in whichever order the store holds them', async () => {
    set('a', 'cat:hep-th', { createdAt: 2 });
    set('b', 'cat:cs.RO', { createdAt: 3 });
    set('c', 'cat:cs.SE', { createdAt: 1 });
    expect(await (await open(2)).read()).toEqual(['cs.SE', 'hep-th']);
  });

  it('keep their turn over a restart, whatever their names', async () => {
    const { set, open } = stageCategories(await storedCursors());
    set('a', 'cat:hep-th cat:cs.RO cat:cs.SE');
    const read = await (await open()).read();
    expect(await (await open()).read()).toEqual(read);
    expect(read).toEqual(['hep-th', 'cs.RO', 'cs.SE']);
    expect(await (await open(1)).read()).toEqual(['hep-th']);
  });

  it('that were read before a restart stay until all subscriptions have been gone through', async () => {
    set('a', 'cat:hep-th');
    set('b', 'cat:cs.RO');
    await (await open()).read();
    set('b', null);
    const extra = await begin(1);
    expect(await extra.read()).toEqual(['hep-th', 'cs.RO']);
    await clock.advance(8 * DAY);
    expect(await extra.read()).toEqual(['hep-th', 'cs.RO']);
    await extra.load();
    expect(await extra.read()).toEqual(['hep-th']);
  });

  it('that nobody names stay for a week to the moment, and leave nothing behind', async () => {
    set('a', 'cat:hep-th');
    const extra = await open();
    await extra.read();
    set('a', null);
    await extra.read();
    await clock.advance(7 * DAY);
    expect(await extra.read()).toEqual(['hep-th']);
    await clock.advance(1);
    expect(await extra.read()).toEqual([]);
    expect(await (await open()).read()).toEqual([]);
    expect([await cursors.startingWith('extra '), await cursors.startingWith('unnamed ')]).toEqual([[], []]);
  });

  it('that were named again in between stay for another week', async () => {
    set('a', 'cat:hep-th');
    await (await open()).read();
    for (const filter of ['words', 'cat:hep-th', 'words']) {
      set('a', filter);
      await (await open()).read();
      await clock.advance(6 * DAY);
    }
    expect(await (await open()).read()).toEqual(['hep-th']);
  });

  it('stay for a week where a clock that ran ahead noted since when nobody names them', async () => {
    set('a', 'cat:hep-th');
    await (await open()).read();
    set('a', null);
    await cursors.set('unnamed category hep-th', clock.now() + 30 * DAY);
    const extra = await open();
    await extra.read();
    await clock.advance(7 * DAY + 1);
    expect(await extra.read()).toEqual([]);
  });

  it('give way first where nobody has named them for longest, and only where nobody does', async () => {
    set('a', 'cat:hep-th');
    set('b', 'cat:cs.RO');
    set('c', 'cat:cs.SE');
    const extra = await open(3);
    await extra.read();
    for (const [id, filter] of [
      ['b', null],
      ['a', 'words'],
    ] as const) {
      set(id, filter);
      await extra.read();
      await clock.advance(1);
    }
    set('d', 'cat:cs.DB');
    expect(await extra.read()).toEqual(['hep-th', 'cs.SE', 'cs.DB']);
    expect(extra.isFull()).toBe(false);
    set('e', 'cat:math.CO cat:q-bio.NC');
    expect(await extra.read()).toEqual(['cs.SE', 'cs.DB', 'math.CO']);
    expect(extra.isFull()).toBe(true);
  });

  it('are told of in the log when they come and when they go', async () => {
    set('a', 'cat:hep-th');
    const extra = await open();
    await extra.read();
    set('a', null);
    await extra.read();
    await clock.advance(8 * DAY);
    await extra.read();
    const fields = { source: 'arxiv-rss', category: 'hep-th' };
    expect(log.lines).toEqual([
      { level: 'info', message: 'a category is read because a subscription names it', fields },
      { level: 'info', message: 'a category that nobody names is not read any more', fields },
    ]);
  });
});
