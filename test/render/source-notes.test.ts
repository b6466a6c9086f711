import { expect, it } from 'vitest';
import type { StandingNote } from '#src/paper/standing.ts';
import { tellNote } from '#src/render/source-notes.ts';

const TUESDAY = '2026-03-10';

it.each<[string, StandingNote]>([
  ['the list of Tuesday has not come yet', { kind: 'awaited', day: TUESDAY, lists: [] }],
  [
    'the list of Tuesday has not come yet for cs.AI, cs.CL, cs.CV, cs.IR, cs.LG and 2 more',
    {
      ...{ kind: 'awaited', day: TUESDAY },
      lists: ['cs.AI', 'cs.CL', 'cs.CV', 'cs.IR', 'cs.LG', 'cs.MA', 'cs.RO'],
    },
  ],
  [
    'the list of Tuesday still has papers of the day before, so it is read again',
    { kind: 'unfinished', day: TUESDAY, lists: [] },
  ],
  [
    'the list of Tuesday still has papers of the day before for cs.AI and cs.CL, so it is read again',
    { kind: 'unfinished', day: TUESDAY, lists: ['cs.AI', 'cs.CL'] },
  ],
  ['no list came on Tuesday, as on a holiday', { kind: 'quiet', day: TUESDAY }],
  ['the list of Tuesday is still empty', { kind: 'empty', day: TUESDAY }],
  [
    'in place of the list of Tuesday it sends that of Monday',
    { kind: 'foreign', day: TUESDAY, sent: '2026-03-09' },
  ],
  [
    'the list of Tuesday came with 1 paper instead of 30; those seen before are kept',
    { kind: 'shrunk', day: TUESDAY, papers: 1, before: 30 },
  ],
  [
    'what it announced on 10 March was never read, because that is too long ago',
    { kind: 'lost', from: TUESDAY, to: TUESDAY },
  ],
  [
    'what it announced from 9 March to 10 March was never read, because that is too long ago',
    { kind: 'lost', from: '2026-03-09', to: TUESDAY },
  ],
])('of a source is told: %s', (told, note) => {
  expect(tellNote(note)).toBe(told);
});
