import { beforeAll, describe, expect, it } from 'vitest';
import { noTopics } from '#src/match/language/topic-catalogue.ts';
import { createCompleteFilter } from '#src/service/complete-filter.ts';
import { createFindTopics } from '#src/service/find-topics.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aLibrary, NOON } from './a-library.ts';

let library: Awaited<ReturnType<typeof aLibrary>>;
let complete: ReturnType<typeof createCompleteFilter>;
beforeAll(async () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  library = await aLibrary([
    {
      ...{ title: 'Diffusion models for images', organization: 'Sea Lab', daysAgo: 1 },
      authors: ['Yann LeCun', 'Ada Lovelace'],
    },
    {
      title: 'Adam: images without noise',
      authors: ['Yann LeCun'],
      organization: 'Sea Lab North',
      daysAgo: 1,
    },
    { title: 'Ragged arrays with LoRA and R2plus', authors: ['Yann Martel', 'Jo "Q" Public'] },
    { title: 'RAG at scale', organization: 'Institute of the Deep Blue Sea' },
    ...letters.map((letter) => ({ title: 'Ledgers', authors: [`${letter}o Okonkwo`] })),
  ]);
  complete = createCompleteFilter({ ...library, findTopics: createFindTopics(library) });
});
const valuesFor = async (text: string) => (await complete(text, NOON)).map(({ value }) => value);
const namesFor = async (text: string) => (await complete(text, NOON)).map(({ name }) => name);

describe('a filter that is being typed', () => {
  it.each<[text: string, values: string[]]>([
    ['-robotics', ['-robotics', '-topic:robotics']],
    ['llm', ['llm', 'topic:llm', 'topic:agents', 'topic:agent-memory']],
    ['ll', ['ll']],
    ['images (O', ['images (O)']],
    ['gpt 4 O', ['gpt 4 O', 'gpt 4 OR']],
    ['images or', ['images or', 'images org:', 'images OR']],
    ['author:zebra gnu dif', ['author:zebra gnu dif', 'author:zebra gnu diffusion']],
    ['🦓', []],
    ['abst', ['abst', 'abstract:']],
    ['RAg', ['RAg', 'topic:retrieval', 'RAG', 'Ragged']],
    ['raG', ['raG', 'topic:retrieval', 'RAG', 'ragged']],
    ['R2', ['R2', 'R2plus']],
    ['adma', ['adma', 'adam']],
    ['topic:zebra', []],
    ['upvotes:5x', []],
    ['upvotes:x5', []],
    ['stars:>', ['stars:>=10', 'stars:>=100', 'stars:>=1000', 'stars:>=5000']],
    ['age:<3', ['age:<3d', 'age:<30d']],
    ['before:2026-03-1', ['before:2026-03-10']],
    ['before:last', ['before:2025-01-01']],
    ['cat:machine zebra', ['cat:machine zebra']],
    ['cat:cs.l', ['cat:cs.LG', 'cat:cs.LO']],
    ['cat:nc', ['cat:nc', 'cat:q-bio.NC']],
    ['cat:r', ['cat:r', 'cat:cs.RO', 'cat:math.RA', 'cat:math.RT', 'cat:q-fin.RM']],
    ['cs.L', ['cs.L', 'cat:cs.LG', 'cat:cs.LO']],
    ['q-fin.r', ['q-fin.r', 'cat:q-fin.RM']],
    ['cond-mat.su', ['cond-mat.su', 'cat:cond-mat.supr-con']],
    ['3cs.L', ['3cs.L']],
    ['cs.L3', ['cs.L3']],
    [
      'venue:neur',
      [
        ...['venue:neur', 'venue:NeurIPS', 'venue:"Neural Networks"', 'venue:"Neural Computation"'],
        'venue:Neurocomputing',
      ],
    ],
    ['author:"yann - lec', ['author:"yann - lec"', 'author:"Yann LeCun"']],
    ['author:"yann l', ['author:"yann l"', 'author:"Yann LeCun"']],
    ['author:yan', ['author:yan', 'author:"Yann LeCun"', 'author:"Yann Martel"']],
    ['author:ya', ['author:ya']],
    ['author:public', ['author:public']],
    ['org:sea', ['org:sea', 'org:"Institute of the Deep Blue Sea"', 'org:"Sea Lab North"', 'org:"Sea Lab"']],
    ['org:"sea la', ['org:"sea la"', 'org:"Sea Lab North"', 'org:"Sea Lab"']],
    ['org:"sea n', ['org:"sea n"', 'org:"Sea Lab North"']],
  ])('%s is completed to what can be searched for', async (text, values) => {
    expect(await valuesFor(text)).toEqual(values);
  });

  it.each<[text: string, names: string[]]>([
    ['images O', ['images OR · and what follows']],
    ['upvotes:20', ['upvotes:20 · exactly 20', 'upvotes:>=20 · at least 20', 'upvotes:<20 · fewer than 20']],
    ['cat:nlp', ['cat:cs.CL · Computation and language']],
    ['cat:hep-t', ['cat:hep-th']],
    ['diffusio', ['diffusion']],
    ['difusion', ['diffusion · corrected']],
    ['keyword:', ['keyword: · keywords of Hugging Face']],
    ['-age:', ['-age:<1d · newer than a day']],
    [
      'after:',
      [
        'after:2026-03-10 · today',
        'after:2026-03-03 · a week ago',
        'after:2026-02-08 · 30 days ago',
        'after:2026-03-01 · the beginning of this month',
        'after:2026-01-01 · the beginning of this year',
        'after:2025-01-01 · the beginning of last year',
      ],
    ],
  ])('%s is told what it is', async (text, names) => {
    expect(await namesFor(text)).toEqual(expect.arrayContaining(names));
  });

  it('has the categories that most people read before all others', async () => {
    const first = 'cs.LG cs.CL cs.CV cs.AI cs.RO cs.IR stat.ML eess.AS astro-ph.CO'.split(' ');
    expect((await valuesFor('cat:')).slice(0, 9)).toEqual(first.map((code) => `cat:${code}`));
  });

  it('is offered twenty names or venues at most', async () => {
    expect(await valuesFor('venue:')).toHaveLength(20);
    const [typed, ...authors] = await valuesFor('author:okon');
    expect([typed, authors[0], authors.length]).toEqual(['author:okon', 'author:"Zo Okonkwo"', 20]);
  });

  it('has examples that can be read where the catalogue has no topics', async () => {
    const none = { ...library, topics: noTopics };
    const complete = createCompleteFilter({ ...none, findTopics: createFindTopics(none) });
    const examples = await complete('', NOON);
    expect(examples.map(({ value }) => value)).toEqual([
      'diffusion OR "score matching" -survey',
      'title:agents upvotes:>=20',
      'cat:cs.CV age:<7d',
      'author:"Yann LeCun"',
      'venue:NeurIPS RAG',
    ]);
  });

  it('leaves others their turn between the steps of an answer', async () => {
    let elapsed = 0;
    const slow = { ...library, clock: plainClock({ now: () => NOON, elapsed: () => (elapsed += 100) }) };
    const complete = createCompleteFilter({ ...slow, findTopics: createFindTopics(library) });
    await complete('imag', NOON);
    let turns = 0;
    const count = () => {
      turns++;
      setImmediate(count).unref();
    };
    count();
    expect(await complete('imag', NOON)).toContainEqual({ name: 'images', value: 'images' });
    expect(turns).toBeGreaterThan(5);
  });
});
