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

it('what somebody typed is theirs, whole; what another made is theirs by its kind alone', async () => {
  const questions = createQuestionStore(await openKeyv(await openDatabase(':memory:'), 'questions'));
  const [mia, max] = ['100000000000000001', '100000000000000002'];
  const typed = { kind: 'search', serverId: '1', by: mia, query: 'diffusion' };
  await questions.keep(typed);
  await questions.keep({ kind: 'change', serverId: '2', changes: [{ createdBy: mia, filter: 'secret' }] });
  await questions.keep({ by: mia, serverId: 7 });
  await questions.keep({ kind: 'search', by: max, query: 'ocean' });
  const found = (await questions.members.of(mia)).toSorted((a, b) =>
    String(a.serverId) < String(b.serverId) ? -1 : 1,
  );
  expect(found).toEqual([
    { kind: 'typed', serverId: '1', at: null, stored: typed },
    { kind: 'typed', serverId: '2', at: null, stored: { kind: 'change' } },
    { kind: 'typed', serverId: null, at: null, stored: { by: mia, serverId: 7 } },
  ]);
  expect(await questions.members.ids()).toEqual(new Set([mia, max]));
  await questions.members.forget(mia);
  expect([await questions.members.of(mia), (await questions.members.of(max)).length]).toEqual([[], 1]);
});

it('a server that is forgotten has no questions any more, and others have theirs', async () => {
  const questions = createQuestionStore(await openKeyv(await openDatabase(':memory:'), 'questions'));
  const [one, other] = ['100000000000000003', '100000000000000004'];
  const keys = [await questions.keep({ serverId: one }), await questions.keep({ serverId: other })];
  await questions.forgetServer(one);
  await expect(questions.recall(keys[0])).rejects.toThrow('too old');
  expect(await questions.recall(keys[1])).toEqual({ serverId: other });
});
