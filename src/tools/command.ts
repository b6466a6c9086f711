import { readEnvFile } from '#config/env-file.ts';
import { reasonOf, systemCode } from '#src/foundation/database-failure.ts';
import { FatalError, UserError } from '#src/foundation/failure.ts';

export type Tool = {
  /** The command line, as it is typed. */
  usage: string;
  /** What `--help` tells; without it, the usage. */
  help?: string;
  /** For words that are not understood and files that cannot be read. */
  badExit: 1 | 2;
};

/** Gives the exit code. */
type Work = (words: string[]) => Promise<number> | number;

/**
 * Runs an operator's command: a failure of a known kind ends it with its sentence on stderr, never a stack. Variables of a
 * `.env` count, as they do for Paperboy itself. A reader that has enough (`| head`) ends it with 0.
 */
export async function runTool({ usage, help, badExit }: Tool, work: Work): Promise<void> {
  process.stdout.on('error', endOutput);
  const words = process.argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${help ?? usage}\n`);
    return;
  }
  try {
    const env = readEnvFile(process.env);
    if (!env.ok) throw new UserError(env.message);
    process.exitCode = await work(words);
  } catch (error) {
    if (!(error instanceof UserError || error instanceof FatalError)) throw error;
    process.stderr.write(`${error.message}\nUsage: ${usage}\n`);
    process.exitCode = badExit;
  }
}

/** What went wrong with stdout: nothing where its reader has left, else a sentence and exit code 1. */
export function endOutput(error: unknown): never {
  if (systemCode(error) === 'EPIPE') process.exit(0);
  process.stderr.write(`The output cannot be written: ${reasonOf(error)}.\n`);
  process.exit(1);
}

/** A sentence for a file that was named and cannot be read. */
export function unreadable(file: string, cause: unknown): UserError {
  const reason = systemCode(cause) === 'ENOENT' ? 'there is no such file' : reasonOf(cause);
  return new UserError(`${file || 'A file without a name'} cannot be read: ${reason}.`, { cause });
}
