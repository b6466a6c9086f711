import { beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { silentLog } from '#src/foundation/log.ts';
import { sayPhrase } from '#src/render/say.ts';
import { unreadCategories } from '#src/service/category-advice.ts';
import { createExtraCategories } from '#src/subscription/extra-categories.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { parseNoTopics, stageCategories } from '#test/subscription/category-stage.ts';

const DAY = 86_400_000;

describe('categories that subscriptions name', () => {
  let { clock, begun, open, set } = stageCategories();
  beforeEach(() => {
    ({ clock, begun, open, set } = stageCategories());
  });

  it.each([
    ['cat:astro-ph.GA', ['astro-ph.GA']],
    ['cat:ASTRO-PH.ga diffusion', ['astro-ph.GA']],
    ['galaxy OR (cat:hep-th string)', ['hep-th']],
    ['cat:(cs.RO OR cs.DB) robot', ['cs.RO', 'cs.DB']],
    ['galaxy -cat:astro-ph.GA', []],
    ['galaxy NOT (cat:hep-th OR cat:cs.RO)', []],
    ['cat:cs.LG OR cat:cs.CL', []],
    ['cat:astro-ph.* galaxy', ['astro-ph']],
    ['cat:astro-ph.* OR cat:astro-ph.GA', ['astro-ph']],
    ['cat:math.MP', ['math-ph']],
    ['cat:math.MP OR cat:math-ph', ['math-ph']],
    ['cat:cs.IT OR cat:math.IT', ['cs.IT']],
    ['cat:cs.*', []],
    ['cat:astro-ph', []],
    ['cat:chao-dyn', []],
    ['cat:cs.XX', []],
    ['a cat and its topic', []],
    ['cat:( hep-th', []],
    ['ｃａｔ:hep-th', ['hep-th']],
  ])('are read by the names under which arXiv announces them: %s', async (filter, categories) => {
    set('a', filter);
    const extra = await open();
    expect(await extra.read()).toEqual(categories);
    expect(begun).toEqual(categories);
  });

  it('of the oldest subscription come first, up to the limit', async () => {
    set('a', 'cat:hep-th');
    set('b', 'cat:cs.RO cat:cs.DB');
    set('c', 'cat:cs.SE');
    expect(await (await open()).read()).toEqual(['hep-th', 'cs.RO', 'cs.DB']);
    expect(await (await open(0)).read()).toEqual([]);
  });

  it('stay where they are over a restart, a pause, and a change of an older subscription', async () => {
    set('a', 'words');
    set('b', 'cat:hep-th');
    set('c', 'cat:cs.RO cat:cs.DB');
    let extra = await open();
    expect(await extra.read()).toEqual(['hep-th', 'cs.RO', 'cs.DB']);
    set('b', 'cat:hep-th', { paused: { reason: phrase('subscriptions.pausedByModerator'), at: 1 } });
    set('a', 'cat:cs.SE');
    expect(await extra.read()).toEqual(['hep-th', 'cs.RO', 'cs.DB']);
    await clock.advance(30 * DAY);
    extra = await open();
    expect(await extra.read()).toEqual(['hep-th', 'cs.RO', 'cs.DB']);
    expect(begun).toEqual(['hep-th', 'cs.RO', 'cs.DB']);
  });

  it('follow subscribing, editing and removing; one that nobody names goes after a week', async () => {
    const extra = await open();
    expect(await extra.read()).toEqual([]);
    set('a', 'cat:hep-th');
    expect(await extra.read()).toEqual(['hep-th']);
    set('a', 'cat:cs.RO');
    expect(await extra.read()).toEqual(['hep-th', 'cs.RO']);
    await clock.advance(6 * DAY);
    set('b', 'cat:hep-th');
    set('b', null);
    expect(await extra.read()).toEqual(['hep-th', 'cs.RO']);
    await clock.advance(2 * DAY);
    expect(await extra.read()).toEqual(['cs.RO']);
    set('a', null);
    await clock.advance(DAY);
    await extra.read();
    const after = await open();
    await clock.advance(8 * DAY);
    await after.read();
    expect(await after.read()).toEqual([]);
    set('c', 'cat:hep-th');
    expect(await after.read()).toEqual(['hep-th']);
    expect(begun).toEqual(['hep-th', 'cs.RO', 'hep-th']);
  });

  it('that nobody names any more give way at once where the place is wanted', async () => {
    set('a', 'cat:hep-th');
    set('b', 'cat:cs.RO');
    const extra = await open(2);
    await extra.read();
    set('a', null);
    await extra.read();
    set('c', 'cat:cs.SE');
    expect(await extra.read()).toEqual(['cs.RO', 'cs.SE']);
  });

  it('of a whole archive stay while somebody names one that it brings', async () => {
    set('a', 'cat:astro-ph.*');
    set('b', 'cat:astro-ph.GA');
    const extra = await open(1);
    await extra.read();
    set('a', null);
    await extra.read();
    await clock.advance(8 * DAY);
    set('c', 'cat:cs.SE');
    expect(await extra.read()).toEqual(['astro-ph']);
    expect(extra.isFull()).toBe(true);
    set('b', null);
    expect(await extra.read()).toEqual(['cs.SE']);
  });

  it('beyond a smaller limit the newest go, and those that the operator reads himself', async () => {
    set('a', 'cat:hep-th cat:cs.RO cat:cs.SE');
    await (await open()).read();
    expect(await (await open(2)).read()).toEqual(['hep-th', 'cs.RO']);
    const extra = await open(3, ['cs.LG', 'hep-th']);
    await extra.read();
    await clock.advance(8 * DAY);
    expect(await extra.read()).toEqual(['cs.RO', 'cs.SE']);
  });

  describe('are told of', () => {
    const told = async (filter: string, limit = 3, isBegun = false) => {
      const extra = await open(limit);
      await extra.read();
      const parsed = parseNoTopics(filter);
      return parsed.ok ? sentences(parsed.filter, { ...extra, isBegun: async () => isBegun }) : [];
    };
    const sentences = async (...asked: Parameters<typeof unreadCategories>) =>
      (await unreadCategories(...asked)).map(sayPhrase);

    it('when they are read from now on, and no more when they have been', async () => {
      set('a', 'cat:astro-ph.GA');
      expect(await told('cat:astro-ph.GA')).toEqual(['`astro-ph.GA` is read from today on.']);
      expect(await told('cat:astro-ph.GA', 3, true)).toEqual([]);
      expect(await told('cat:cs.LG -cat:hep-th')).toEqual([]);
    });

    it('when nobody names them yet', async () => {
      expect(await told('cat:astro-ph.* OR cat:cs.RO')).toEqual([
        '`astro-ph.*` and `cs.RO` are not read yet: that begins on the day on which a subscription names them.',
      ]);
    });

    it('when there is no place for them', async () => {
      set('a', 'cat:hep-th cat:cs.RO cat:cs.SE');
      expect(await told('cat:astro-ph.GA')).toEqual([
        '`astro-ph.GA` is not read: Paperboy already reads 3 more categories, the most its operator allows. Papers of it come only when Hugging Face lists them.',
      ]);
      expect(await told('cat:astro-ph.GA', 0)).toEqual([
        '`astro-ph.GA` is not read: Paperboy’s operator lets it read `cs.LG` and `cs.CL` alone. Papers of it come only when Hugging Face lists them.',
      ]);
    });

    it('when new papers are filed elsewhere', async () => {
      expect(await told('cat:astro-ph OR cat:cmp-lg')).toEqual([
        'New papers are not filed under `astro-ph` any more. For those: `cat:astro-ph.*`.',
        'New papers are not filed under `cmp-lg` any more.',
      ]);
      expect(await told('cat:cs.LG -cat:astro-ph')).toEqual([]);
    });

    it('when they are too many at once', async () => {
      const extra = await open(3, ['stat.ML']);
      const parsed = parseNoTopics('cat:cs.*');
      expect(parsed.ok && (await sentences(parsed.filter, { ...extra, isBegun: async () => false }))).toEqual(
        [
          '`cs.*` is not read as a whole, because arXiv cuts a list of that size. Name those of it that you want, such as `cat:cs.RO`.',
        ],
      );
      expect(await told('cat:cs.* robot')).toEqual([
        '`cs.*` is not read as a whole, because arXiv cuts a list of that size. Of it `cs.LG` and `cs.CL` are read; name the others that you want, such as `cat:cs.RO`.',
      ]);
    });
  });
});

it('a category whose beginning cannot be written has not begun, and begins the next time', async () => {
  const db = interruptedDatabase(await openDatabase(':memory:'));
  const archive = await openArchive(db, []);
  const cursors = openCursors(db);
  const clock = createFakeClock('2026-03-10T12:00:00Z');
  const list = { source: 'arxiv-rss', list: 'announced', key: 'hep-th' } as const;
  const one = { id: 'a', filter: 'cat:hep-th', createdAt: 1, paused: null } as Subscription;
  const extra = await createExtraCategories({
    subscriptionStore: { all: () => [one].values(), onChange: () => () => {} },
    parse: parseNoTopics,
    ...{ cursors, own: [], limit: 3, clock, log: silentLog, source: 'arxiv-rss' },
    onBegin: () => archive.beginAnew(list, clock.now()),
  });
  await extra.load();
  db.fail(/UPDATE series/);
  await expect(extra.read()).rejects.toThrow();
  expect(await cursors.startingWith('extra category ')).toEqual([]);
  expect(await extra.read()).toEqual(['hep-th']);
  expect(await cursors.startingWith('extra category ')).toHaveLength(1);
});
