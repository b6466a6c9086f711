import { expect, it } from 'vitest';
import { notAmong } from '#src/service/difference.ts';
import { aLibrary, idOf } from './a-library.ts';

it('of posts that others do not have all are counted, and five are told by title', async () => {
  const { archive } = await aLibrary(Array.from({ length: 8 }, (_, n) => ({ title: `Paper ${n + 1}` })));
  const posts = (...ns: number[]) => ns.map((n) => ({ paper: idOf(n), at: 0 })) as never;
  expect(await notAmong(archive, posts(8, 7, 6, 5, 4, 3, 2), posts(7, 1))).toEqual({
    ...{ total: 6, titles: ['Paper 8', 'Paper 6', 'Paper 5', 'Paper 4', 'Paper 3'] },
  });
  expect(await notAmong(archive, posts(1), posts(1, 2))).toEqual({ total: 0, titles: [] });
});
