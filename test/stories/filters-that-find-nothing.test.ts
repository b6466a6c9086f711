import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, colourOf, type Harness, linesOf, openHarness } from './harness.ts';

const AMBER = 0xe0a030;

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print({
    title: 'Ocean waves',
    authors: ['Albert Gu', 'Tri Dao', 'Ada Lovelace'],
    organization: 'Sand Lab',
    keywords: ['tides'],
  });
});
afterAll(() => harness.close());

const hintsIn = (answer: Answer): string[] =>
  linesOf(answer).flatMap((line) => (/^-# (?!Paperboy has read)/.test(line) ? line.slice(3) : []));
const tried = async (filter: string) => hintsIn(await harness.ask('filter test', { filter }));

describe('a filter that can find nothing', () => {
  it.each([
    ['author:"Albrt Gu"', 'No paper that Paperboy knows is by “Albrt Gu”. Near it: `author:"Albert Gu"`'],
    [
      'author:Zuse',
      'No paper that Paperboy knows is by “Zuse”. Names match as papers write them; check the spelling.',
    ],
    [
      'author:(Tri Gu)',
      'No paper that Paperboy knows is by “Tri Gu”. Names match as papers write them; check the spelling.',
    ],
    [
      'ocean org:"Water Lab"',
      'No paper that Paperboy knows names the organisation “Water Lab”. Few papers name one; without `org:` title, abstract and keywords are searched.',
    ],
    [
      'keyword:ocean',
      'No paper that Paperboy knows has the keyword “ocean”. Without `keyword:` title and abstract are searched too.',
    ],
    ['ocean -ocean', 'This filter can match nothing: its conditions exclude each other.'],
    ['(ocean OR waves) -ocean -waves', 'This filter can match nothing: its conditions exclude each other.'],
    ['ocean upvotes:>5 upvotes:<3', 'This filter can match nothing: its conditions exclude each other.'],
    [
      'ocean after:2099-01-01',
      'Nothing can match before 2099-01-01: `after:2099-01-01` lets papers from that day on through.',
    ],
    [
      'ocean before:2026-03-10',
      '`before:2026-03-10` leaves only papers that were published before 2026-03-10, and new ones are published later. Leave it out to get new papers.',
    ],
    ['ocean OR -(ocean waves)', 'This filter matches nearly every paper: add a word that has to occur.'],
    ['-ocean', 'This filter matches nearly every paper: add a word that has to occur.'],
  ])('such as `%s` is told so', async (filter, hint) => {
    expect(await tried(filter)).toEqual([hint]);
  });

  it.each([
    'author:"Gu, Albert"',
    'author:"A. Gu"',
    'author:(Albert Gu) OR author:Dao',
    'org:"sand lab"',
    'keyword:tide',
    'ocean -author:Zuse -org:Nobody -keyword:none',
    'ocean after:2026-01-01 before:2027-01-01',
    'ocean OR before:2020-01-01',
  ])('is none of these: `%s`', async (filter) => {
    expect(await tried(filter)).toEqual([]);
  });

  it('makes the answer of /subscribe and of a changed filter amber', async () => {
    const answer = await harness.subscribe({ keywords: 'author:Zuse', what: 'all' });
    expect([colourOf(answer), hintsIn(answer)]).toEqual([
      AMBER,
      [expect.stringMatching(/^No paper that Paperboy knows is by “Zuse”/)],
    ]);
    const well = await harness.subscribe({ keywords: 'ocean', what: 'all' });
    expect(colourOf(well)).toBe(0x3ba55d);
    const [{ id }] = harness.stored();
    expect(await harness.submit(await harness.form(id), 'keyword:nothing')).toContain(
      'has the keyword “nothing”',
    );
  });
});
