import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  buttonsOf,
  type Harness,
  inUtc,
  linesOf as linesAsShown,
  openHarness,
  titleOf,
} from './harness.ts';
import { textOf } from './stage.ts';

const HOUR = 3_600_000;
const link = (n: number) => `https://huggingface.co/papers/2603.${String(n).padStart(5, '0')}`;
const linesOf = (answer: Answer): string[] => linesAsShown(answer).map(inUtc);

let harness: Harness;
beforeAll(async () => {
  // Wide enough that a paper alone in its list of half a day stands out, and no other.
  harness = await openHarness('2026-03-08T12:00:00Z', { TREND_WIDE: '1', TREND_EARLY: '1.15' });
  await harness.print({ title: 'Ocean ice', abstract: 'Ice on water.' });
  harness.clock.leapTo('2026-03-09T12:00:00Z');
  await harness.print({ title: 'Ocean tides', abstract: 'Tides of the moon. A survey.' });
  harness.clock.leapTo('2026-03-10T12:00:00Z');
  await harness.print(
    { title: 'Ocean waves', votes: 30, authors: ['Ada Lovelace', 'Bo Li'], abstract: 'Waves break.' },
    { title: 'Desert winds', votes: 20, abstract: 'Winds over waves of sand.', categories: ['cs.CV'] },
    { title: 'Desert dunes', votes: 10, organization: 'Sand Lab' },
  );
});
afterAll(() => harness.close());
const clearAway = async () => {
  for (const { id } of harness.stored()) {
    await harness.remove(id);
  }
};

describe('/filter test on the last days', () => {
  it('counts every paper that matches, shows the newest five, and what each sensitivity would post', async () => {
    const answer = await harness.ask('filter test', { filter: 'ocean OR dunes' });
    expect(answer.ephemeral).toBe(true);
    expect(titleOf(answer)).toBe('Would have found: 4');
    expect(linesOf(answer)).toEqual([
      '`ocean OR dunes`',
      '',
      '**The last 3 days: 4 papers, 1.3 a day.**',
      `- [Desert **dunes**](${link(5)}) 2026-03-10 12:00`,
      `- [**Ocean** waves](${link(3)}) 2026-03-10 12:00`,
      `- [**Ocean** tides](${link(2)}) 2026-03-09 12:00`,
      `- [**Ocean** ice](${link(1)}) 2026-03-08 12:00`,
      'Newly trending of these: strict 0, balanced 0, early 1, everything rising 1.',
      '-# Paperboy has read papers for 3 of the last 30 days.',
    ]);
  });

  it('says where it finds nothing, and passes the hints of the filter on', async () => {
    const none = await harness.ask('filter test', { filter: 'zebra' });
    expect(titleOf(none)).toBe('Would have found: 0');
    expect(linesOf(none)[2]).toBe('**The last 3 days: 0 papers.**');
    expect(linesOf(await harness.ask('filter test', { filter: 'ocean -ocean' }))).toContain(
      '-# This filter can match nothing: its conditions exclude each other.',
    );
  });

  it('tries what was probably meant at a press, in the place of the answer', async () => {
    const misled = await harness.ask('filter test', { filter: 'ice, dunes' });
    expect(titleOf(misled)).toBe('Would have found: 0');
    const tried = await harness.click(misled.id, 'Use ice OR dunes');
    expect([tried.id, titleOf(tried), linesOf(tried)[0]]).toEqual([
      misled.id,
      'Would have found: 2',
      '`ice OR dunes`',
    ]);
    expect(harness.stored()).toEqual([]);
  });

  it.each([
    ['a NEAR b', 'Use "a b"~5'],
    ['cat:hep', 'Use hep-ph'],
    ['cat:csLG', 'Use cs.LG'],
  ])('names on the button what is used instead of %s', async (typed, label) => {
    expect(buttonsOf(await harness.ask('filter test', { filter: typed }))).toContain(label);
  });

  it('shows where a bad one is bad', async () => {
    expect(await harness.said('filter test', { filter: 'ocean OR (' })).toMatch(
      /^I cannot read that filter: line 1, column 10: /,
    );
  });
});

describe('/filter test on a paper', () => {
  const test = (filter: string, paper: string) => harness.ask('filter test', { filter, paper });

  it('says that it takes it, and marks the words that match', async () => {
    const answer = await test('wave', '2603.00003');
    expect(titleOf(answer)).toBe('It matches');
    expect(linesOf(answer)).toEqual([
      '**Ocean waves**',
      '`wave`',
      '',
      'The filter takes this paper.',
      '> **Waves** break.',
      '> Ocean **waves**',
    ]);
  });

  it('says that it does not, and the one thing that does not hold', async () => {
    const answer = await test('tides -survey', 'ocean tides');
    expect(titleOf(answer)).toBe('It does not match');
    expect(linesOf(answer).slice(0, 4)).toEqual([
      '**Ocean tides**',
      '`tides -survey`',
      '',
      'The filter does not take this paper. Only this does not hold: `-survey`.',
    ]);
    expect(linesOf(answer).slice(4)).toContain('> Ocean **tides**');
  });

  it('names all that does not hold', async () => {
    expect(linesOf(await test('zebra author:"Ada Lovelace" cat:cs.CV', link(3)))[3]).toBe(
      'The filter does not take this paper. These do not hold: `zebra`, `cat:cs.CV`.',
    );
  });

  it('says when there is no such paper', async () => {
    expect(textOf(await test('waves', 'unheard of things'))).toMatch(
      /^I know no paper called “unheard of things”\. /,
    );
  });
});

describe('what is offered for /filter', () => {
  beforeAll(async () => {
    await harness.subscribe({ keywords: 'ocean', what: 'all' });
    await harness.subscribe({ keywords: 'Desert -dunes', when: 'daily' });
  });
  afterAll(clearAway);

  it('to test begins with the filters that are in use, and offers none of them twice', async () => {
    const [{ filter }] = harness.stored();
    const offered = await harness.offered('filter test', 'filter', 'oce');
    expect([offered[0].name, ...offered.map(({ value }) => value)]).toEqual([
      '#papers · ocean · all new, as it happens',
      filter,
      'oce',
    ]);
  });

  it('is papers by words of their titles', async () => {
    expect(await harness.offered('filter test', 'paper', 'desert du')).toEqual([
      { name: 'Desert dunes', value: '2603.00005' },
      { name: 'Desert winds', value: '2603.00004' },
    ]);
  });
});

describe('/filter edit', () => {
  it('leads to where filters are edited now', async () => {
    const answer = await harness.ask('filter edit');
    expect(linesOf(answer)).toEqual([
      'Filters are edited in `/subscriptions` now: pick a subscription there, then press Edit.',
    ]);
    expect(buttonsOf(answer)).toEqual(['All subscriptions']);
  });
});

describe('the form of a filter', () => {
  let id: string;
  beforeEach(async () => {
    await clearAway();
    harness.clock.leap(HOUR / 60);
    await harness.subscribe({ keywords: 'ocean', what: 'all', cap: 3, silent: true });
    id = harness.stored()[0].id;
  });
  const open = async () => {
    const life = await harness.form(id);
    return { life, form: await life.modal() };
  };
  const edit = async (filter: string) => harness.submit((await open()).life, filter);
  const filters = () => harness.stored().map(({ filter }) => filter);

  it('opens a form in which today’s filter stands', async () => {
    const { form } = await open();
    expect(form).toMatchObject({
      title: 'Change the filter',
      components: [{ component: { custom_id: 'filter', value: 'ocean', required: true, max_length: 1000 } }],
    });
    await edit('ocean -survey');
    expect((await open()).form).toMatchObject({ components: [{ component: { value: 'ocean -survey' } }] });
  });

  it('answers with the old and the new one, and which papers only one of them takes', async () => {
    expect(
      inUtc(await edit('(ocean OR desert) -survey -ice'))
        .split('\n')
        .slice(1, -1),
    ).toEqual([
      'Filter changed',
      `<#${harness.channel}> \`ocean\``,
      '→ `(ocean OR desert) -survey -ice`',
      '',
      'Against the old one, in the last 3 days: **+2 / −2**',
      '+ Desert dunes',
      '+ Desert winds',
      '− Ocean tides',
      '− Ocean ice',
      '',
      '**The last 3 days: 3 papers, 1.0 a day.**',
      `- [**Desert** dunes](${link(5)}) 2026-03-10 12:00`,
      `- [**Desert** winds](${link(4)}) 2026-03-10 12:00`,
      `- [**Ocean** waves](${link(3)}) 2026-03-10 12:00`,
    ]);
  });

  it('changes the filter alone, from now on', async () => {
    const [before] = harness.stored();
    harness.clock.leap(HOUR);
    await edit('desert');
    const [after] = harness.stored();
    const was = { filter: before.filter, what: before.what, since: before.since };
    expect(after).toEqual({ ...before, filter: 'desert', since: after.since, was });
    expect(after.since - before.since).toBeGreaterThanOrEqual(HOUR);
    expect(harness.history().at(-1)).toBe('changed');
  });

  it('compares by the subscription’s own what: for newly trending papers, what rose', async () => {
    await clearAway();
    await harness.subscribe({ keywords: 'desert', what: 'early' });
    id = harness.stored()[0].id;
    const said = await edit('ocean');
    expect(said).toContain('**+1 / −0**\n+ Ocean waves\n');
    expect(said).toContain('With another sensitivity: strict 0, balanced 0, early 1, everything rising 1.');
  });

  it('becomes what was probably meant at a press', async () => {
    await clearAway();
    const answer = await harness.subscribe({ keywords: 'ice, dunes' });
    const changed = await harness.click(answer.id, 'Use ice OR dunes');
    expect([changed.id, titleOf(changed)]).toEqual([answer.id, 'Filter changed']);
    expect(filters()).toEqual(['ice OR dunes']);
  });

  it.each([
    ['ocean OR (', /^I cannot read that filter: line 1, column 10: /],
    ['-survey', /^This filter only says what you do not want/],
    ['-survey OR -ice', /^This filter only says what you do not want/],
    ['ocean OR -survey', /^One side of an OR here only says what you do not want/],
  ])('keeps the old filter when the new one is %s', async (filter, answer) => {
    const before = harness.stored();
    expect(await edit(filter)).toMatch(answer);
    expect(harness.stored()).toEqual(before);
  });

  it('refuses what was typed into a form that somebody’s change has made old, and shows that change', async () => {
    const { life } = await open();
    expect(await edit('ocean OR ice')).toContain('Filter changed');
    expect(await harness.submit(life, 'ocean OR desert')).toBe(
      'This filter was changed in the meantime; it is now `ocean OR ice`, and stays so. Press Edit in `/subscriptions` again to go on from there.\n',
    );
    expect(filters()).toEqual(['ocean OR ice']);
  });

  it('takes the same change twice for one, and no change for none', async () => {
    const [one, two] = [await open(), await open()];
    await harness.submit(one.life, 'ocean OR ice');
    const [{ since }] = harness.stored();
    harness.clock.leap(HOUR);
    expect(await harness.submit(two.life, 'ocean OR ice')).toContain(
      'has the filter `ocean OR ice` already. Nothing was changed.',
    );
    await edit('ocean OR ice');
    expect(harness.stored()[0].since).toBe(since);
    expect(harness.history().slice(-2)).toEqual(['added', 'changed']);
  });

  it('makes no second subscription of a filter that the channel has', async () => {
    await harness.subscribe({ keywords: 'desert', when: 'daily' });
    expect(await edit('  desert ')).toBe(
      `<#${harness.channel}> is subscribed to \`desert\` already: newly trending papers, daily at 09:00 (UTC). Nothing was changed. \`/subscriptions\` edits, resumes or removes it.\n`,
    );
    expect(filters()).toEqual(['ocean', 'desert']);
  });

  it('says when the subscription is gone', async () => {
    const { life } = await open();
    await clearAway();
    expect(await harness.submit(life, 'ice')).toBe(
      'That subscription is no longer there. Use `/subscriptions` to see the current list.\n',
    );
  });
});
