import { beforeEach, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { createWelcomes, type Welcomes } from '#src/subscription/welcomes.ts';

const JOINED = Date.UTC(2026, 2, 10);

let welcomes: Welcomes;
beforeEach(async () => {
  const db = await openDatabase(':memory:');
  // The table of cursors comes with the archive.
  await openArchive(db, []);
  welcomes = createWelcomes({ cursors: openCursors(db) });
});

it('a server has its first words once, and again when it takes the bot in anew', async () => {
  expect(await welcomes.isWelcomed('1', JOINED)).toBe(false);
  await welcomes.noteWelcomed('1', JOINED);
  expect(await welcomes.isWelcomed('1', JOINED)).toBe(true);
  expect(await welcomes.isWelcomed('1', JOINED + 1)).toBe(false);
  expect(await welcomes.isWelcomed('2', JOINED)).toBe(false);
});

it('where they wait for a moderator, the first one takes them', async () => {
  expect(await welcomes.takeWaiting('1')).toBe(false);
  await welcomes.noteWaiting('1', JOINED);
  expect([await welcomes.isWaiting('1'), await welcomes.isWaiting('2')]).toEqual([true, false]);
  const taken = await Promise.all([welcomes.takeWaiting('1'), welcomes.takeWaiting('1')]);
  expect(taken).toEqual([true, false]);
  expect([await welcomes.isWaiting('1'), await welcomes.isWelcomed('1', JOINED)]).toEqual([false, true]);
});

it('what did not arrive is the next moderator’s', async () => {
  await welcomes.noteWaiting('1', JOINED);
  await welcomes.takeWaiting('1');
  await welcomes.giveBack('1');
  expect(await welcomes.takeWaiting('1')).toBe(true);
  await welcomes.giveBack('2');
  expect(await welcomes.isWaiting('2')).toBe(false);
});

it('words in a channel leave nothing to wait for', async () => {
  await welcomes.noteWaiting('1', JOINED);
  await welcomes.noteWelcomed('1', JOINED);
  expect(await welcomes.takeWaiting('1')).toBe(false);
});

it('a server that is forgotten has had none', async () => {
  await welcomes.noteWelcomed('1', JOINED);
  await welcomes.noteWelcomed('2', JOINED);
  await welcomes.noteWaiting('1', JOINED);
  await welcomes.forgetServer('1');
  expect([await welcomes.isWelcomed('1', JOINED), await welcomes.isWaiting('1')]).toEqual([false, false]);
  expect(await welcomes.isWelcomed('2', JOINED)).toBe(true);
});
