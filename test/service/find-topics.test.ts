import { expect, it } from 'vitest';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { createFindTopics } from '#src/service/find-topics.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';

const CATALOGUE = [
  { name: 'llm-agents', title: 'Agents', line: 'They act.', filter: 'tool' },
  {
    name: 'llm',
    title: 'Large language models',
    line: 'Models of any size.',
    filter: 'LLM OR "language model" OR (chatbot AND talk)',
  },
  {
    name: 'robotics',
    title: 'Robots',
    line: 'Machines that move, language apart.',
    filter: 'robot* OR actuat* OR (grasping -title:toys)',
  },
  {
    name: 'time-series',
    title: 'Forecasting',
    line: 'What comes next.',
    filter: 'forecast OR topic:llm',
  },
  { name: 'language-games', title: 'Seeing', line: 'With eyes.', filter: 'camera OR lens' },
];
const deps = { topics: readTopicCatalogue(CATALOGUE), clock: createFakeClock() };
const namesFor = async (text: string, spelling?: 'as written'): Promise<string[]> =>
  (await createFindTopics(deps)(text, spelling)).map(({ name }) => name);

it.each<[what: string, text: string, names: string[]]>([
  ['nothing', '', ['llm-agents', 'llm', 'robotics', 'time-series', 'language-games']],
  ['blanks', '  ', ['llm-agents', 'llm', 'robotics', 'time-series', 'language-games']],
  ['signs alone', '!!', []],
  ['a name, what begins so, and whose filter looks for it', 'LLM', ['llm', 'llm-agents', 'time-series']],
  ['the beginning of a title', 'large', ['llm']],
  ['words within a title, in another number', 'model', ['llm']],
  ['the end of a name', 'series', ['time-series']],
  ['what a filter looks for', 'chatbots', ['llm', 'time-series']],
  ['how a term begins', 'graspin', ['robotics']],
  ['three letters of a term', 'gra', ['robotics']],
  [
    'how a name begins, and what is within one',
    'language',
    ['language-games', 'llm', 'time-series', 'robotics'],
  ],
  ['how the first term begins', 'camer', ['language-games']],
  ['a word of a title and one of none', 'large zebra', []],
  ['how a prefix that is no name begins', 'actuat', ['robotics']],
  ['two letters of a term', 'gr', []],
  ['how a prefix begins', 'robo', ['robotics']],
  ['what a filter excludes', 'toys', []],
  ['a word of the line', 'mach', ['robotics']],
  ['fewer letters of the line', 'mac', []],
  ['the end of a word of the line', 'ines', []],
  ['a slip, as the nearest word of a name', 'langauge', ['language-games', 'llm', 'time-series', 'robotics']],
  ['a slip beside a word that is none', 'larg langauge', ['llm']],
  ['two letters, which are no slip', 'mx', []],
  ['what is near nothing', 'zebra', []],
])('for %s those topics are found that it calls, the likeliest first', async (_, text, names) => {
  expect(await namesFor(text)).toEqual(names);
});

it.each<[text: string, names: string[]]>([
  ['llm', ['llm', 'llm-agents', 'time-series']],
  ['camera', ['language-games']],
  ['chatbot', ['llm', 'time-series']],
  ['talk', ['llm']],
  ['graspin', []],
  ['langauge', []],
])(
  'as written, %s calls those alone that are called so, or look for it among their first',
  async (text, names) => {
    expect(await namesFor(text, 'as written')).toEqual(names);
  },
);

it('others have their turn while the catalogue is read for the first question, and every asker waits for all of it', async () => {
  let elapsed = 0;
  const clock = plainClock({ now: () => 0, elapsed: () => (elapsed += 100) });
  const find = createFindTopics({ ...deps, clock });
  let turns = 0;
  const count = () => {
    turns++;
    setImmediate(count).unref();
  };
  count();
  const [first, second] = await Promise.all([find('language'), find('llm')]);
  expect([first.length, second.length]).toEqual([4, 3]);
  expect(turns).toBeGreaterThanOrEqual(CATALOGUE.length);
  const before = turns;
  await find('llm');
  expect(turns).toBe(before);
});
