import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { readTypedLines } from '#src/page/typed-lines.ts';

function terminal() {
  const input = new PassThrough();
  const heard: string[] = [];
  const stop = readTypedLines(input, {
    command: async (line) => void heard.push(line),
    again: () => heard.push('again'),
    other: () => heard.push('other'),
  });
  return { input, heard, stop };
}

it('takes commands in the order in which they were typed, `r`, and says what else can be typed', async () => {
  const { input, heard } = terminal();
  input.write('/search diffusion\n\n  /help  \r\nr\nhello\n');
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(['/help', '/search diffusion', 'again', 'other']));
  expect(heard.indexOf('/search diffusion')).toBeLessThan(heard.indexOf('/help'));
});

it('goes on where nobody can type: a closed or broken input is quiet', async () => {
  const { input, heard } = terminal();
  input.destroy(new Error('no terminal'));
  await new Promise((resolve) => input.once('close', resolve));
  expect(heard).toEqual([]);
});

it('hears nothing any more once it was stopped', async () => {
  const { input, heard, stop } = terminal();
  stop();
  input.write('/help\n');
  await new Promise(setImmediate);
  expect(heard).toEqual([]);
});
