import { readEnvFile } from '#config/env-file.ts';
import { plainNumber } from '#config/plain-number.ts';
import { reasonOf, systemCode } from '#src/foundation/database/database-failure.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { ToolError } from './tool-error.ts';

/** What every tool ends with. `outside`: a file is missing, a line cannot be read, nothing was found. */
export const EXIT = { done: 0, outside: 1, words: 2 } as const;

/** The words of the command line are not understood. */
export class WordsError extends ToolError {
  override name = 'WordsError';
}

type Tool = {
  /** The command line, as it is typed. */
  usage: string;
  /** What `--help` tells; without it, the usage. */
  help?: string;
  /** It needs no variables, and takes none of a `.env`. */
  withoutEnv?: boolean;
};

type Bounds = { from: number; to: number; whole?: boolean };

/** Gives the exit code. */
type Work = (words: string[]) => Promise<number> | number;

/**
 * Runs an operator's command: a failure of a known kind ends it with its sentence on stderr, never a stack, and with the
 * exit code of its kind. Variables of a `.env` count, as they do for Paperboy itself. A reader that has enough (`| head`)
 * ends it with 0.
 */
export async function runTool({ usage, help, withoutEnv }: Tool, work: Work): Promise<void> {
  process.stdout.on('error', endOutput);
  const words = process.argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${help ?? usage}\n`);
    return;
  }
  try {
    const env = withoutEnv ? null : readEnvFile(process.env);
    if (env?.ok === false) throw new ToolError(env.message);
    process.exitCode = await work(words);
  } catch (error) {
    if (!(error instanceof ToolError || error instanceof FatalError)) throw error;
    const isOfWords = error instanceof WordsError;
    process.stderr.write(isOfWords ? `${error.message}\nUsage: ${usage}\n` : `${error.message}\n`);
    process.exitCode = isOfWords ? EXIT.words : EXIT.outside;
  }
}

/** What went wrong with stdout: nothing where its reader has left, else a sentence and exit code 1. */
export function endOutput(error: unknown): never {
  if (systemCode(error) === 'EPIPE') process.exit(0);
  process.stderr.write(`The output cannot be written: ${reasonOf(error)}.\n`);
  process.exit(EXIT.outside);
}

/** The number that `option` was given, in plain decimals: `3`, `2.5`. Throws WordsError when it is none, or out of bounds. */
export function numberOf(option: string, text: string, { from, to, whole }: Bounds): number {
  const number = plainNumber(text);
  if (number !== null && number >= from && number <= to && (!whole || Number.isInteger(number)))
    return number;
  throw new WordsError(`${option} ${text} is no ${whole ? 'whole number' : 'number'} from ${from} to ${to}.`);
}

/** A sentence for a file that was named after `option` and cannot be read. */
export function unreadable(option: string, file: string, cause: unknown): ToolError {
  const reason = systemCode(cause) === 'ENOENT' ? 'there is no such file' : reasonOf(cause);
  return new ToolError(`${option} ${file || 'without a name'} cannot be read: ${reason}.`, { cause });
}
