import { expect, it } from 'vitest';
import { createTellReading } from '#src/pipeline/tell-readings.ts';
import { aPoll, aSighting, DAY, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptHappenings } from '#test/fakes/kept-happenings.ts';

function open() {
  const happenings = createKeptHappenings();
  const reading = createTellReading({ happenings, clock: createFakeClock(MONDAY) }, 'hugging-face');
  /** A list with these papers, a letter each, is kept; some of them are new. */
  const keep = (papers: string, fresh: string, seenAt = MONDAY) => {
    const ids = [...papers];
    const poll = aPoll(
      seenAt,
      ids.map((id, index) => aSighting(aPaper(id), index + 1)),
    );
    return reading.kept({ poll, fresh: [...fresh] });
  };
  return { ...reading, keep, told: happenings.told };
}

it('a list that shows something new is told, with how much of it is', async () => {
  const { keep, told } = open();
  await keep('abcd', 'cd');
  await keep('e', 'e');
  expect(told()).toEqual([
    'read: Hugging Face was read: 4 papers, 2 of them new.',
    'read: Hugging Face was read: 1 paper, all new.',
  ]);
});

it('a list that shows nothing new is not told, nor counted with the next', async () => {
  const { keep, told } = open();
  await keep('abc', '');
  expect(told()).toEqual([]);
  await keep('de', 'e');
  expect(told()).toEqual(['read: Hugging Face was read: 2 papers, 1 of them new.']);
});

it('what a source showed before is told as one with what it shows now, each paper once', async () => {
  const { keep, told } = open();
  await keep('abc', 'abc', MONDAY - DAY);
  await keep('abcd', 'd', MONDAY - MINUTE - 1);
  expect(told()).toEqual([]);
  await keep('abc', '', MONDAY - MINUTE);
  expect(told()).toEqual(['read: Hugging Face was read: 4 papers, all new.']);
});

it('a list that could not be read is told, with the reason', async () => {
  const { failed, told } = open();
  await failed('huggingface.co answered 503');
  expect(told()).toEqual(['read: Hugging Face could not be read: huggingface.co answered 503.']);
});
