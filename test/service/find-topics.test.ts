import { expect, it } from 'vitest';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { createFindTopics } from '#src/service/find-topics.ts';

const CATALOGUE = [
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
    filter: 'robot* OR (grasping -title:toys)',
  },
  {
    name: 'time-series',
    title: 'Forecasting',
    line: 'What comes next.',
    filter: 'forecast OR topic:llm',
  },
];
const namesFor = (text: string, spelling?: 'as written'): string[] =>
  createFindTopics(readTopicCatalogue(CATALOGUE))(text, spelling).map(({ name }) => name);

it.each<[what: string, text: string, names: string[]]>([
  ['nothing', '', ['llm', 'robotics', 'time-series']],
  ['blanks', '  ', ['llm', 'robotics', 'time-series']],
  ['signs alone', '!!', []],
  ['a name, and whose filter looks for it', 'LLM', ['llm', 'time-series']],
  ['the beginning of a title', 'large', ['llm']],
  ['words within a title, in another number', 'model', ['llm']],
  ['the end of a name', 'series', ['time-series']],
  ['what a filter looks for', 'chatbots', ['llm', 'time-series']],
  ['how a term begins', 'graspin', ['robotics']],
  ['three letters of a term', 'gra', ['robotics']],
  ['two letters of a term', 'gr', []],
  ['how a prefix begins', 'robo', ['robotics']],
  ['what a filter excludes', 'toys', []],
  ['a word of the line', 'mach', ['robotics']],
  ['fewer letters of the line', 'mac', []],
  ['the end of a word of the line', 'ines', []],
  ['a slip, as the nearest word of a name', 'langauge', ['llm', 'time-series', 'robotics']],
  ['a slip beside a word that is none', 'larg langauge', ['llm']],
  ['two letters, which are no slip', 'mx', []],
  ['what is near nothing', 'zebra', []],
])('for %s those topics are found that it calls, the likeliest first', (_, text, names) => {
  expect(namesFor(text)).toEqual(names);
});

it.each<[text: string, names: string[]]>([
  ['llm', ['llm', 'time-series']],
  ['chatbot', ['llm', 'time-series']],
  ['talk', ['llm']],
  ['graspin', []],
  ['langauge', []],
])('as written, %s calls those alone that are called so, or look for it among their first', (text, names) => {
  expect(namesFor(text, 'as written')).toEqual(names);
});
