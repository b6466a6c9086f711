import { expect, it } from 'vitest';
import { correctionLabel, offerCorrection, recallCorrection } from '#src/service/correction.ts';
import { aLibrary } from './a-library.ts';

it.each([
  ['difusion models', 'diffusion models', 'Use diffusion'],
  ['difusion modls', 'diffusion models', 'Use diffusion, models'],
  ['ocean 1', 'ocean 2', 'Use 2'],
  ['Uber', 'Über', 'Use Über'],
  ['ocean und ice', 'ocean AND ice', 'Use ocean AND ice'],
  ['titel:ocean', 'title:ocean', 'Use title:ocean'],
  ['votes:20', 'votes:>=20', 'Use votes:>=20'],
  ['"ocean ice', '"ocean ice"', 'Use "ocean ice"'],
  ['ocean, ice.', 'ocean ice', 'Use ocean ice'],
  ['-icee', '-ice', 'Use ice'],
  ['icee OR icee', 'ice OR ice', 'Use ice'],
  ['x', 'y'.repeat(100), /^Use y+…$/],
])('the button for what was probably meant by %s says what is new in it', (from, to, label) => {
  expect(correctionLabel(from, to)).toMatch(label);
  expect(correctionLabel(from, to).length).toBeLessThanOrEqual(80);
});

it('a correction is kept behind its button, of a subscription or of what was only tried', async () => {
  const { questions } = await aLibrary([]);
  const about = { serverId: '1', through: 'filter', paper: '', from: 'difusion' } as const;
  expect(await offerCorrection(questions, { ...about, id: '', to: null })).toBeNull();
  const tried = await offerCorrection(questions, { ...about, id: '', to: 'diffusion' });
  const saved = await offerCorrection(questions, { ...about, id: 'a', to: 'diffusion' });
  expect([tried?.label, tried?.customId.split(':')[0], saved?.customId.split(':')[0]]).toEqual([
    ...['Use diffusion', 'try', 'correct'],
  ]);
  const key = saved?.customId.split(':')[1] ?? '';
  expect(await recallCorrection(questions, key)).toEqual({
    ...{ kind: 'correction', ...about, id: 'a', to: 'diffusion' },
  });
  const other = await questions.keep({ kind: 'search' });
  for (const strange of [other, 'never kept'])
    await expect(recallCorrection(questions, strange)).rejects.toThrow('too old');
});
