import { expect, it } from 'vitest';
import { help, helpTopic } from '#commands/help.ts';
import { controlsOf } from '#test/read-message.ts';

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
    'Nothing came, or the wrong paper',
    'What Paperboy needs',
  ]);
  expect(titleAbout('')).toBe(titleAbout(topics[0]));
});

it('every other page is one choice away, in the place of the one that is shown', () => {
  const page = help.answer({ text: () => '' } as never);
  const options = controlsOf(page).flatMap(({ options }) => options ?? []);
  const titles = options.map(({ value }) => helpTopic.answer({ values: [value] } as never).embeds[0].title);
  expect(titles).toEqual(options.map(({ label }) => label));
  expect(titles).not.toContain(page.embeds[0].title);
});
