import { EXIT, WordsError } from '#src/tools/command.ts';
import { readWords } from '#src/tools/command-words.ts';
import { GOAL, type Room, roomNames, roomOf } from './rooms.ts';
import { NOT_DRAWN, SAMPLE } from './sample.ts';

/** What became of a mutant, as far as it is told here. */
export type Tried = {
  status: string;
  statusReason?: string;
  fileName: string;
  mutatorName: string;
  replacement?: string;
  location: { start: Place; end: Place };
};

type Place = { line: number; column: number };

/**
 * `score`: whole per cent of the mutants that were noticed. `survived`: those that were not, by a test or for want of one.
 * `mutants`: those that were tried; of more than SAMPLE.size, a sample of `of` drawn by `seed`. `constants`: those of what a
 * module reckons when it is loaded, which are not tried and in no other number here.
 */
export type Line = {
  mutate: string;
  score: number;
  survived: number;
  mutants: number;
  constants: number;
  sampled?: true;
  of?: number;
  seed?: number;
};

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/** Whether no test fails of it, or none comes there. */
export const isUnnoticed = ({ status }: Tried): boolean => UNNOTICED.includes(status);

/** What was asked for. Throws WordsError. */
export function readRoom(words: string[]): { room: Room; list: boolean } {
  const options = { list: { type: 'boolean' } } as const;
  const { values, positionals } = readWords(words, options, { withFiles: true });
  const rooms = `The rooms are ${roomNames().join(', ')}.`;
  if (positionals.length !== 1) throw new WordsError(`Name one room. ${rooms}`);
  const room = roomOf(positionals[0]);
  if (room === null) throw new WordsError(`There is no room ${positionals[0]}. ${rooms}`);
  return { room, list: values.list ?? false };
}

/** The last line that is printed. */
export function lineOf(room: string, results: readonly Tried[]): Line {
  const count = (statuses: readonly string[]) =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count(NOTICED);
  const survived = count(UNNOTICED);
  const mutants = noticed + survived;
  // Of no mutants, none went unnoticed.
  const score = mutants === 0 ? 100 : Math.floor((100 * noticed) / mutants);
  const left = results.filter(({ statusReason }) => statusReason === NOT_DRAWN).length;
  const constants = results.filter(({ statusReason }) => statusReason?.startsWith('Static mutant')).length;
  const line = { mutate: room, score, survived, mutants, constants };
  return left === 0 ? line : { ...line, sampled: true, of: mutants + left, seed: SAMPLE.seed };
}

/** 1 where the room has a goal that it does not reach. */
export function exitCode({ mutate, score }: Line): number {
  return GOAL.rooms.includes(mutate) && score < GOAL.score ? EXIT.outside : EXIT.done;
}
