import { expect, it } from 'vitest';
import { createNarrator } from '#src/page/narrator.ts';
import { inContainers } from '#src/render/container.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';

const message = (parts: object) =>
  ({ content: '', embeds: [], components: [], ...parts }) as unknown as SeenMessage;
const NOON = Date.parse('2026-11-28T12:30:05Z');

function terminal() {
  const lines: string[] = [];
  return {
    lines,
    narrator: createNarrator(
      (text) => lines.push(text),
      { now: () => NOON },
      (kind, id) => (kind === '#' && id === '7' ? 'papers' : null),
    ),
  };
}

const REASON = '1st of 24 papers of 10 March (36 upvotes at 9 h; the top tenth had **27**).';

it('tells an alert with its title, its reason and its channel, by the time of the scene', () => {
  const { lines, narrator } = terminal();
  narrator.posted(
    'vision',
    message({ embeds: [{ title: 'TerraScope', fields: [{ name: 'Why now', value: REASON }] }] }),
  );
  expect(lines).toEqual([
    '12:30:05  newly trending  TerraScope  1st of 24 papers of 10 March (36 upvotes at 9 h; the top tenth had 27)  → #vision\n',
  ]);
});

it('tells everything else that is posted by its first line, and cuts long titles', () => {
  const { lines, narrator } = terminal();
  narrator.posted('moderators', message({ content: 'I cannot post in **#vision**\nany more.' }));
  narrator.posted('news', message({ embeds: [{ title: 'x'.repeat(70) }] }));
  expect(lines).toEqual([
    '12:30:05  posted          I cannot post in #vision  → #moderators\n',
    `12:30:05  posted          ${'x'.repeat(56)} ...  → #news\n`,
  ]);
});

it('tells what was typed and what it brought', () => {
  const { lines, narrator } = terminal();
  narrator.typed('vision', '/subscribe topic:llm');
  narrator.answered('vision', message(inContainers({ embeds: [{ title: 'Subscribed', description: 'x' }] })));
  narrator.answered('vision', message(inContainers({ embeds: [{ title: '<#7>: one thing to mend' }] })));
  narrator.say('The ten sample days are over.');
  expect(lines).toEqual([
    '12:30:05  typed           in #vision: /subscribe topic:llm\n',
    '12:30:05  answered        in #vision: Subscribed\n',
    '12:30:05  answered        in #vision: #papers: one thing to mend\n',
    'The ten sample days are over.\n',
  ]);
});

it('prints an answer in full, and says where the rest of a long one is', () => {
  const { lines, narrator } = terminal();
  narrator.answeredInFull(message({ content: 'one\ntwo' }));
  narrator.answeredInFull(
    message({ content: Array.from({ length: 31 }, (_, line) => `line ${line}`).join('\n') }),
  );
  expect(lines[0]).toBe('          one\n          two\n');
  expect(lines[1].trimEnd().split('\n').at(-1)).toBe('          1 more line: see the page.');
});
