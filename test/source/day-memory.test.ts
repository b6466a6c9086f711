import { expect, it } from 'vitest';
import { createDayMemory } from '#src/source/day-memory.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

it('an answer is remembered for the day, beside no more others than were allowed', () => {
  const memory = createDayMemory<string>(createFakeClock(), 3);

  for (const key of ['1', '2', '3']) memory.keep(key, `answer ${key}`);
  memory.recall('1');
  memory.keep('4', 'answer 4');

  expect(['1', '2', '3', '4'].map(memory.recall)).toEqual(['answer 1', undefined, 'answer 3', 'answer 4']);
});
