import { expect, it } from 'vitest';
import { help } from '#commands/help.ts';

const TOPIC = help.data.options[0];
const titleAbout = (topic: string): string | undefined =>
  help.answer({ text: (name: string) => (name === TOPIC.name ? topic : '') } as never).embeds?.[0].title;

it('/help has a page for each topic that it offers, and begins with the first', () => {
  const topics = TOPIC.choices.map(({ value }) => value);
  expect(topics.map(titleAbout)).toEqual([
    'Paperboy: papers, where you talk',
    'The filter language',
    'What gets posted, and when',
    'Newly trending',
    'What Paperboy needs',
  ]);
  expect(titleAbout('')).toBe(titleAbout(topics[0]));
});
