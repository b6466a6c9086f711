import { expect, it } from 'vitest';
import { createAskedBefore } from '#src/service/asked-before.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const ANSWER = { said: { kind: 'none' }, poll: null, at: 0 } as const;
const keepMany = (before: ReturnType<typeof createAskedBefore>, many: number) => {
  for (let number = 0; number < many; number++) before.keep(`question ${number}`, 'arxiv', ANSWER);
};

it('of many questions a thousand answers are remembered, those that were asked for last', () => {
  const before = createAskedBefore(createFakeClock());

  keepMany(before, 1000);
  before.recall('question 0', 'arxiv');
  before.keep('one more', 'arxiv', ANSWER);

  const isKnown = (question: string) => before.recall(question, 'arxiv') !== null;
  expect(['question 0', 'question 1', 'question 2', 'one more'].map(isKnown)).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

it('an answer is forgotten after ten minutes, also in the first moment of a life', async () => {
  const clock = createFakeClock();
  const before = createAskedBefore(clock);

  before.keep('question', 'arxiv', ANSWER);
  await clock.advance(10 * 60_000 - 1);
  const kept = before.recall('question', 'arxiv');
  await clock.advance(1);

  expect([kept, before.recall('question', 'arxiv')]).toEqual([ANSWER, null]);
});
