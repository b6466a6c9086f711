import { beforeEach, expect, it } from 'vitest';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { createFirstWords } from '#src/service/first-words.ts';
import { createWelcomes, type Welcomes } from '#src/subscription/welcomes.ts';
import { MODERATOR, NOBODYS } from './a-desk.ts';
import { NOON } from './a-library.ts';

let welcomes: Welcomes;
let words: ReturnType<typeof createFirstWords>;
beforeEach(async () => {
  welcomes = createWelcomes({ cursors: volatileCursors() });
  words = createFirstWords({ welcomes });
  await welcomes.noteWaiting('1', NOON);
});

it('first words are for the first moderator alone, once', async () => {
  expect(await words.firstWordsFor({ ...MODERATOR, rights: NOBODYS })).toBe(false);
  expect(await words.firstWordsFor({ ...MODERATOR, serverId: null })).toBe(false);
  expect(await words.firstWordsFor({ ...MODERATOR, serverId: '2' })).toBe(false);
  expect([await words.firstWordsFor(MODERATOR), await words.firstWordsFor(MODERATOR)]).toEqual([true, false]);
});

it('first words are not asked of anybody’s rights where none wait', async () => {
  const asked: string[] = [];
  const through = async (command: string) => {
    asked.push(command);
    return null;
  };
  const asker = { ...MODERATOR, rights: { ...NOBODYS, through } };
  await words.firstWordsFor({ ...asker, serverId: '2' });
  expect(asked).toEqual([]);
  await words.firstWordsFor(asker);
  expect(asked).toEqual(['subscribe']);
});

it('first words that did not arrive wait for whoever is next', async () => {
  await words.firstWordsFor(MODERATOR);
  await words.keepFirstWords({ serverId: null });
  expect(await words.firstWordsFor(MODERATOR)).toBe(false);
  await words.keepFirstWords(MODERATOR);
  expect(await words.firstWordsFor(MODERATOR)).toBe(true);
});

it('the first steps are for those who may subscribe', async () => {
  await expect(words.mayBegin({ ...MODERATOR, rights: NOBODYS })).rejects.toThrow('`/subscribe`');
  await expect(words.mayBegin({ ...MODERATOR, serverId: null })).rejects.toThrow('in a server only');
  expect(await words.mayBegin(MODERATOR)).toBeUndefined();
});
