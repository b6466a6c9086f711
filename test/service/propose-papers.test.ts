import { beforeAll, describe, expect, it } from 'vitest';
import { createPropose, type Propose } from '#src/service/propose.ts';
import { DAY } from '#test/archive/some-papers.ts';
import { aLibrary, idOf, NOON } from './a-library.ts';

let propose: Propose;
beforeAll(async () => {
  const many = Array.from({ length: 26 }, (_, n) => ({
    ...{ title: `Ledger ${n}`, authors: ['Led Gerson'], organization: 'Ledger House', daysAgo: 40 },
  }));
  propose = createPropose(
    await aLibrary([
      {
        ...{ title: 'Diffusion models for images', organization: 'Sea Lab', votes: 36, daysAgo: 1 },
        authors: ['Ada Lovelace', 'Yann LeCun'],
      },
      { title: 'Adam: images without noise', organization: 'Sea Lab of North Bay', daysAgo: 1 },
      { title: 'Ragged arrays', authors: ['Yann Martel'], organization: 'Ab Io', votes: 20 },
      {
        ...{ title: 'RAG at scale', votes: 3, organization: 'Institute of the Deep Blue Sea' },
        authors: ['Juan de la Cruz Mendez', 'Seamus Heaney'],
      },
      { title: 'Sea ice', daysAgo: 1 },
      ...many,
    ]),
  );
});
const namesFor = async (text: string, now = NOON) =>
  (await propose.proposeTitles(text, now)).map(({ name }) => name);

describe('a paper that is being typed', () => {
  it.each<[what: string, text: string, names: string[]]>([
    [
      'two ids',
      `${idOf(1)} 2408.00714`,
      [`Diffusion models for images · ${idOf(1)}`, '2408.00714 (not read yet: looks it up)'],
    ],
    [
      'a word of a title, of a name and of organisations',
      'sea',
      [
        'Sea ice',
        'by Seamus Heaney · RAG at scale',
        'of Sea Lab · Diffusion models for images',
        'of Sea Lab of North Bay · Adam: images without noise',
      ],
    ],
    [
      'one word that is known of two',
      'images zebra',
      ['Diffusion models for images', 'Adam: images without noise'],
    ],
    [
      'a slip and a word of no paper',
      'difusion images zebra',
      ['Diffusion models for images', 'Adam: images without noise'],
    ],
    ['a slip', 'difusion', ['Diffusion models for images']],
    ['signs', '🦓', []],
    ['a name and a year', 'lecun 2026', ['by Yann LeCun · Diffusion models for images']],
    ['a name in another order', 'lecun, yann', ['by Yann LeCun · Diffusion models for images']],
    ['two names of two people', 'yann lov', []],
    ['how a name goes on', 'yann l', ['by Yann LeCun · Diffusion models for images']],
    ['how a name does not go on', 'yann lo', []],
    ['three letters of a name', 'lov', ['by Ada Lovelace · Diffusion models for images']],
    ['two letters of a name', 'lo', []],
    ['five names of one person', 'juan de la cruz mendez', ['by Juan de la Cruz Mendez · RAG at scale']],
    ['six words', 'juan de la cruz mendez x', []],
    ['who it is by', 'papers by ada lov', ['by Ada Lovelace · Diffusion models for images']],
    [
      'an organisation of five words',
      'sea lab of north bay',
      ['of Sea Lab of North Bay · Adam: images without noise'],
    ],
    ['an organisation of six', 'institute of the deep blue sea', ['Sea ice']],
    ['an organisation, one word short', 'lab of', ['of Sea Lab of North Bay · Adam: images without noise']],
    ['letters too few for an organisation', 'ab', []],
  ])('is offered for %s', async (_, text, names) => {
    expect((await namesFor(text)).toSorted()).toEqual(names.toSorted());
  });

  it('is one of 25 titles at most, and then of no author or organisation', async () => {
    const names = await namesFor('ledger');
    expect([names.length, new Set(names.map((name) => name.replace(/ \d+$/, '')))]).toEqual([
      25,
      new Set(['Ledger']),
    ]);
  });

  it.each<[what: string, now: number, first: string[]]>([
    [
      'of today alone',
      NOON,
      ['Ragged arrays · 1st of 2 papers of 10 March', 'RAG at scale · 2nd of 2 papers of 10 March'],
    ],
    [
      'of the last three days where today has none',
      NOON + DAY,
      [
        'Ragged arrays · 1st of 2 papers of 10 March',
        'Diffusion models for images · 1st of 3 papers of 9 March',
      ],
    ],
  ])('is one that trends before anything is typed: %s', async (_, now, first) => {
    const names = await namesFor('  ', now);
    expect(names).toEqual(expect.arrayContaining(first));
    expect(names.length).toBe(now === NOON ? 2 : 5);
  });
});

it.each([
  ['berlin', { name: 'Europe/Berlin · Hamburg, Munich · 13:00', value: 'Europe/Berlin' }],
  ['utc', { name: 'UTC · 12:00', value: 'UTC' }],
])('the time zone %s is offered with its cities and its hour', (text, zone) => {
  expect(propose.proposeZones(text, NOON)[0]).toEqual(zone);
});

it('a topic is offered by its title and its name', async () => {
  expect((await propose.proposeTopics('llm'))[0]).toEqual({
    name: 'Large language models (llm)',
    value: 'llm',
  });
});
