import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '#test/read-message.ts';
import { type Answer, buttonsOf, choicesOf, type Harness, openHarness, titleOf } from './harness.ts';

let harness: Harness;
const ids: Record<string, string> = {};
const PAPERS = [
  { title: 'OpenSeeker: searching the open web', authors: ['MiroMind Team', 'Ada Lovelace'] },
  { title: 'A thousand personas', authors: ['MiroMind Team'], organization: 'Persona Institute' },
  { title: 'Quantum foam', authors: ['Yann LeCun', 'José García'], organization: 'Meta FAIR' },
  { title: 'Gravity waves in foam', authors: ['Yann LeCun'], organization: 'Meta FAIR' },
  { title: 'World models', authors: ['Y. LeCun'] },
  { title: 'World models for robots that learn', authors: ['Bo Li'] },
  { title: 'Schrödinger bridges', authors: ['Zoë Müller'] },
  { title: 'Twins', authors: ['One Twin'] },
  { title: 'Twins', authors: ['One Twin'] },
  { title: 'Reasoning with o7', authors: ['Di Wu'] },
  { title: 'Small world', authors: ['Bo Li'] },
  { title: 'Small worlds', authors: ['Cy Hu'] },
  { title: 'In 1 step', authors: ['Single Stepper'] },
];

beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  for (const paper of PAPERS) [ids[paper.title]] = await harness.print(paper);
});
afterAll(() => harness.close());

const ask = async (query: string, more: Record<string, boolean> = {}): Promise<Answer> => {
  // Nobody may ask the sources more than ten times in ten minutes.
  harness.clock.leap(120_000);
  return harness.ask('paper', { query, ...more });
};
const labelsOf = (answer: Answer, select: string): string[] =>
  choicesOf(answer, select).map(({ label }) => label);
const OWN =
  'Give its arXiv id (such as `2310.06825`), a link to arXiv or Hugging Face, or other words of its title.';

describe('a paper that is certain is shown to all', () => {
  it.each([
    ['its title', 'World models', 'World models'],
    ['its title in other letters', 'WORLD MODEL', 'World models'],
    ['its title letter by letter', 'small worlds', 'Small worlds'],
    ['its title in quotes', '“World models”', 'World models'],
    ['a page’s title', 'Paper page - World models', 'World models'],
    ['a title without accents', 'schrodinger bridges', 'Schrödinger bridges'],
    ['words of one title alone', 'robots learn', 'World models for robots that learn'],
    ['words in another order', 'foam gravity', 'Gravity waves in foam'],
    ['one word of one title alone', 'openseeker', 'OpenSeeker: searching the open web'],
    ['a title that is short', 'in 1 step', 'In 1 step'],
    ['a short name with a figure', 'o7', 'Reasoning with o7'],
  ])('by %s', async (_, query, title) => {
    const card = await ask(query);
    expect([titleOf(card), card.ephemeral]).toEqual([title, false]);
  });

  it('and to the asker alone where that is wanted', async () => {
    const card = await ask('World models', { private: true });
    expect([titleOf(card), card.ephemeral]).toEqual(['World models', true]);
  });
});

describe('words that are not one paper’s title are answered to the asker alone', () => {
  it.each(['zebra -survey', 'topic:llm', 'zebra OR gnu'])(
    'of the filter “%s” are led to /search',
    async (query) => {
      expect(await harness.said('paper', { query })).toContain(
        'To look papers up by a filter, use `/search`.',
      );
    },
  );

  it.each<[string, string, Record<string, string[]>]>([
    [
      'MiroMind Team',
      'I know no paper called “MiroMind Team”. One author has that name (2 papers).',
      { 'open:authors': ['A thousand personas', 'OpenSeeker: searching the open web'] },
    ],
    [
      'LeCun',
      'I know no paper called “LeCun”. 2 authors have that name: Y. LeCun and Yann LeCun (3 papers).',
      { 'open:authors': ['World models', 'Gravity waves in foam', 'Quantum foam'] },
    ],
    [
      'lecun, yann',
      'I know no paper called “lecun, yann”. One author has that name: Yann LeCun (2 papers).',
      { 'open:authors': ['Gravity waves in foam', 'Quantum foam'] },
    ],
    [
      'LeCun Yann',
      'I know no paper called “LeCun Yann”. One author has that name: Yann LeCun (2 papers).',
      { 'open:authors': ['Gravity waves in foam', 'Quantum foam'] },
    ],
    [
      'papers by Jose Garcia',
      'I know no paper called “papers by Jose Garcia”. One author has that name: José García (1 paper).',
      { 'open:authors': ['Quantum foam'] },
    ],
    [
      'García et al. (2026)',
      'I know no paper called “García et al. (2026)”. One author has that name: José García (1 paper).',
      { 'open:authors': ['Quantum foam'] },
    ],
    [
      'García, 2026',
      'I know no paper called “García, 2026”. One author has that name: José García (1 paper).',
      { 'open:authors': ['Quantum foam'] },
    ],
    [
      'J. García',
      'I know no paper called “J. García”. One author has that name: José García (1 paper).',
      { 'open:authors': ['Quantum foam'] },
    ],
    [
      'Hu',
      'I know no paper called “Hu”. One author has that name: Cy Hu (1 paper).',
      { 'open:authors': ['Small worlds'] },
    ],
    [
      'Yann LeCnu',
      'I know no paper called “Yann LeCnu”. One author has a name near that: Yann LeCun (2 papers).\n-# Hugging Face: none.',
      { 'open:authors': ['Gravity waves in foam', 'Quantum foam'] },
    ],
    [
      'Zoe Mueller',
      'I know no paper called “Zoe Mueller”. One author has that name: Zoë Müller (1 paper).',
      { 'open:authors': ['Schrödinger bridges'] },
    ],
    [
      'meta fair',
      'I know no paper called “meta fair”. One organisation has that name (2 papers).',
      { 'open:organizations': ['Gravity waves in foam', 'Quantum foam'] },
    ],
    [
      'openseekr',
      'I know no paper called “openseekr”. Did you mean “openseeker”? A title with that is below; or give its arXiv id.\n-# Hugging Face: none.',
      { open: ['OpenSeeker: searching the open web'] },
    ],
    [
      'wrold models robots',
      'I know no paper called “wrold models robots”. Did you mean “world models robots”? A title with that is below; or give its arXiv id.\n-# Hugging Face: none.',
      { open: ['World models for robots that learn'] },
    ],
    [
      'quantum gravity personas',
      'I know no paper called “quantum gravity personas”. Titles near it are below; or give its arXiv id.\n-# Hugging Face: none.',
      { open: ['A thousand personas', 'Quantum foam', 'Gravity waves in foam'] },
    ],
    [
      'my cat likes personas',
      'I know no paper called “my cat likes personas”. A title near it is below; or give its arXiv id.\n-# Hugging Face: none.',
      { open: ['A thousand personas'] },
    ],
    [
      '1',
      'I know no paper called “1”. A title near it is below; or give its arXiv id.',
      { open: ['In 1 step'] },
    ],
    ['foam', '2 titles have “foam”. Pick one below.', { open: ['Gravity waves in foam', 'Quantum foam'] }],
    ['twins', '2 papers are called “twins”. Pick one below.', { open: ['Twins', 'Twins'] }],
    ['the', `I know no paper called “the”. ${OWN}`, {}],
    ['zebras', `I know no paper called “zebras”. ${OWN}\n-# Hugging Face: none.`, {}],
    ['3.14159', `I know no paper called “3.14159”. ${OWN}`, {}],
    ['192.168.0.1', `I know no paper called “192.168.0.1”. ${OWN}`, {}],
  ])('%s', async (query, sentence, selects) => {
    const answer = await ask(query);
    expect([contentOf(answer), answer.ephemeral]).toEqual([sentence, true]);
    for (const select of ['open', 'open:authors', 'open:organizations'])
      expect(labelsOf(answer, select).toSorted()).toEqual((selects[select] ?? []).toSorted());
  });

  it('and each select opens its paper', async () => {
    const answer = await ask('meta fair');
    const opened = await harness.choose(answer.id, 'open:organizations', ids['Quantum foam']);
    expect(titleOf(opened)).toBe('Quantum foam');
  });

  it('and all who have a name are counted, not those of the papers below alone', async () => {
    const numbers = Array.from({ length: 30 }, (_, number) => String.fromCharCode(97 + (number % 26)));
    await harness.print(
      ...numbers.map((letter, number) => ({
        title: `Ledger ${letter}${number}`,
        authors: [`${letter.toUpperCase()}${letter}o${number < 26 ? '' : letter} Okonkwo`],
      })),
    );
    const answer = await ask('Okonkwo');
    expect(contentOf(answer)).toMatch(/30 authors have that name: .* and 27 more \(30 papers\)\./);
    expect(choicesOf(answer, 'open:authors')).toHaveLength(25);
  });

  it('also where a source brings papers that are not certain', async () => {
    harness.stand.keepInStore('Narwhals at sea');
    harness.stand.keepInStore('Narwhals on ice');
    const several = await ask('narwhals');
    expect([contentOf(several), several.ephemeral]).toEqual([
      '2 titles have “narwhals”. Pick one below.\n-# Hugging Face: 2 papers.',
      true,
    ]);
    expect(titleOf(await ask('narwhals ice'))).toBe('Narwhals on ice');
  });
});

describe('what is no paper is told without asking anybody', () => {
  it.each([
    ['2613.00001', '2613.00001 cannot be an arXiv id: there is no month 13.'],
    ['https://arxiv.org/abs/2600.00001v2', '2600.00001 cannot be an arXiv id: there is no month 00.'],
    ['see 2613.00001 for more', '2613.00001 cannot be an arXiv id: there is no month 13.'],
    ['2606.00001', '2606.00001 cannot be an arXiv id yet: June 2026 has not come.'],
    ['2408.0071', '2408.0071 cannot be an arXiv id: since 2015 five digits follow the point.'],
    ['1412.69801', '1412.69801 cannot be an arXiv id: until 2014 four digits follow the point.'],
    ['arXiv:2408.007141', '2408.007141 cannot be an arXiv id: since 2015 five digits follow the point.'],
    ['2408.007141', '2408.007141 cannot be an arXiv id: since 2015 five digits follow the point.'],
    ['2408.0071411v2', '2408.0071411 cannot be an arXiv id: since 2015 five digits follow the point.'],
    ['2408.7', '2408.7 cannot be an arXiv id: since 2015 five digits follow the point.'],
    ['1412.698', '1412.698 cannot be an arXiv id: until 2014 four digits follow the point.'],
    ['2408.00000', '2408.00000 cannot be an arXiv id: the papers of a month are counted from 1.'],
    [
      '0703.0001',
      '0703.0001 cannot be an arXiv id: until March 2007 ids began with an archive, such as hep-th/0703001.',
    ],
    [
      'hep-th/0801001',
      'hep-th/0801001 cannot be an arXiv id: since April 2007 ids have no archive, such as 0704.0001.',
    ],
    ['math/0313136', 'math/0313136 cannot be an arXiv id: there is no month 13.'],
    ['arXiv:foo-ph/0301001', 'arXiv has no archive “foo-ph”.'],
  ])('%s: %s', async (query, sentence) => {
    const answer = await ask(query);
    expect([contentOf(answer), answer.ephemeral]).toEqual([
      `${sentence} Check it, or give words of the title.`,
      true,
    ]);
  });

  it.each([
    ['https://openreview.net/forum?id=a1b2', 'a paper of openreview.net'],
    ['www.nature.com/articles/s41586-021-03819-2', 'a paper of www.nature.com'],
    ['https://doi.org/10.1145/3292500.3330701', 'the paper of this DOI'],
    ['doi:10.1000/182', 'the paper of this DOI'],
    ['youtu.be/dQw4w9WgXcQ', 'a paper of youtu.be'],
    ['see hal.science/hal-04123456', 'a paper of hal.science'],
    ['look https://youtu.be/dQw4w9WgXcQ', 'a paper of youtu.be'],
  ])('%s', async (query, what) => {
    expect(contentOf(await ask(query))).toBe(
      `I read arXiv and Hugging Face only. For ${what}, give its arXiv id or words of its title.`,
    );
  });

  it.each([
    ['cs.AI', 'cs.AI'],
    ['CS.cl', 'cs.CL'],
    ['cat:stat.ml', 'stat.ML'],
    ['cond-mat.mes-hall', 'cond-mat.mes-hall'],
  ])('the category %s', async (query, category) => {
    expect(contentOf(await ask(query))).toBe(
      `${category} is a category of arXiv, no paper. \`/search\` with \`cat:${category}\` lists its papers.`,
    );
  });

  it.each(['https://huggingface.co/papers', 'https://arxiv.org/list/cs.CL/recent'])('%s', async (query) => {
    expect(contentOf(await ask(query))).toMatch(
      /^That page of (?:huggingface\.co|arxiv\.org) is about no single paper\. Give a paper’s own link, its arXiv id, or words of its title\.$/,
    );
  });

  it.each([' ', '…', '???', '\u200b'])('“%s”', async (query) => {
    expect(contentOf(await ask(query))).toBe(
      'Say which paper: give an arXiv id such as `2310.06825`, a link to arXiv or Hugging Face, words of its title, or an author’s name.',
    );
  });

  it('two papers at once are a choice', async () => {
    const answer = await ask(`compare ${ids['World models']} with arXiv:1706.99999`);
    expect([contentOf(answer), answer.ephemeral]).toEqual([
      `That names 2 papers: ${ids['World models']} and 1706.99999. Pick one below.`,
      true,
    ]);
    expect(labelsOf(answer, 'open')).toEqual(['World models', 'arXiv:1706.99999']);
    const opened = await harness.choose(answer.id, 'open', ids['World models']);
    expect(titleOf(opened)).toBe('World models');
    expect(contentOf(await harness.choose(answer.id, 'open', '1706.99999'))).toBe(
      'Hugging Face does not have 1706.99999 (asked now).',
    );
  });

  it('more papers at once than a list holds are told as such', async () => {
    const many = Array.from({ length: 26 }, (_, number) => `1706.000${10 + number}`);
    const answer = await ask(many.join(' '));
    expect(contentOf(answer)).toMatch(/^That names 26 papers: .* and 23 more\. The first 25 are below\.$/);
    expect(choicesOf(answer, 'open')).toHaveLength(25);
  });
});

describe('an id that no source has', () => {
  it('is told with who was asked, and asked for again at a press, also after a restart', async () => {
    const unknown = await ask('https://arxiv.org/abs/1706.00009');
    expect([contentOf(unknown), unknown.ephemeral]).toEqual([
      'Hugging Face does not have 1706.00009 (asked now).',
      true,
    ]);
    expect(buttonsOf(unknown)).toEqual(['Ask again']);
    expect(contentOf(await ask('1706.00009'))).toMatch(
      /^Hugging Face does not have 1706\.00009 \(asked <t:\d+:R>\)\.$/,
    );
    const still = await harness.click(unknown.id, 'Ask again');
    expect([still.id, contentOf(still), buttonsOf(still)]).toEqual([
      unknown.id,
      'Hugging Face does not have 1706.00009 (asked now).',
      ['Ask again'],
    ]);
    while (harness.stand.keepInStore('Found at last') !== '1706.00009');
    await harness.restart();
    const found = await harness.click(unknown.id, 'Ask again');
    expect([found.id, contentOf(found), titleOf(found)]).toEqual([unknown.id, '', 'Found at last']);
  });
});

describe('/filter test reads its paper in the same way', () => {
  const said = (paper: string) => harness.said('filter test', { filter: 'foam', paper });

  it('and explains the one that is certain', async () => {
    expect(await said('Quantum foam')).toContain('Quantum foam');
    expect(await said(`see arXiv:${ids['Quantum foam']}v2`)).toContain('Quantum foam');
  });

  it('and says why there is none, with the nearest', async () => {
    expect(await said('2613.00001')).toBe(
      '2613.00001 cannot be an arXiv id: there is no month 13. Check it, or give words of the title.\n',
    );
    expect(await said('my cat likes personas')).toBe(
      `I know no paper called “my cat likes personas”. The nearest title is “A thousand personas” (\`${ids['A thousand personas']}\`). Give the id.\n`,
    );
    expect(await said('https://openreview.net/forum?id=a1b2')).toMatch(
      /^I read arXiv and Hugging Face only\./,
    );
  });
});
