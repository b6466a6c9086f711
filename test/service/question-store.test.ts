import { expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import { UserError } from '#src/wording/user-error.ts';

it('a question that was kept is there again; of one that is forgotten is told what to do instead', async () => {
  const questions = createQuestionStore(await openKeyv(await openDatabase(':memory:'), 'questions'));
  const key = await questions.keep({ query: 'diffusion' });
  expect(await questions.recall(key)).toEqual({ query: 'diffusion' });
  await expect(questions.recall('old')).rejects.toThrow(
    'That list is too old to turn its pages. Ask again with the command.',
  );
  await expect(questions.recall('old', 'filter.proposalForgotten')).rejects.toThrow(
    new UserError('filter.proposalForgotten'),
  );
});
