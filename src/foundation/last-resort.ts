import { FatalError } from './failure.ts';
import type { LineWriter } from './line-writer.ts';
import type { Log } from './log.ts';
import { attempt, sentenceOf } from './reduced.ts';

/** How long a reader who stands still may hold up the end. */
const LAST_WORDS_MS = 500;

type Voices = {
  log: Log;
  stdout: LineWriter;
  stderr: LineWriter;
  /** The two are one for a person, who needs to read a sentence once. */
  isTerminal: boolean;
};

type Ending = {
  /** Hands over what was said, then ends the process with `code`. */
  exit(code: number): Promise<never>;
  /** Says why on stderr and in the log, then ends the process with 1. The first of several reasons is told. */
  endWith(error: unknown): Promise<never>;
};

/** The ways out of the process. */
export function createEnding({ log, stdout, stderr, isTerminal }: Voices): Ending {
  let ending: Promise<never> | null = null;
  const exit = async (code: number): Promise<never> => {
    await Promise.all([stdout.flush(LAST_WORDS_MS), stderr.flush(LAST_WORDS_MS)]);
    process.exit(code);
  };
  const tell = (error: unknown): void => {
    if (isFatal(error)) {
      const sentence = sentenceOf(error);
      stderr.write(`${sentence}\n`);
      if (!isTerminal) log.error({ sentence }, 'Paperboy ends');
      log.debug({ err: error }, 'What was behind it');
      return;
    }
    log.error({ err: error }, 'Paperboy ends because of an error that it does not know');
    stderr.write(`${UNKNOWN_END}\n`);
  };
  return {
    exit,
    endWith(error) {
      if (ending === null) {
        tell(error);
        ending = exit(1);
      }
      return ending;
    },
  };
}

const isFatal = (error: unknown): boolean => attempt(() => error instanceof FatalError, false);

const UNKNOWN_END =
  'Paperboy stopped because of an error that it does not know. The last line of its log tells more.';

/**
 * The last resort, for mistakes of ours and of libraries. A promise that failed unheard concerns what it was for: the
 * process goes on. After an exception that nobody caught, nobody knows what is half done: it ends with a sentence. What
 * Node itself would print holds whole errors: it goes into the log.
 */
export function guardProcess(log: Log, { endWith }: Ending): void {
  process.on('unhandledRejection', (reason) => {
    if (isFatal(reason)) void endWith(reason);
    else log.error({ err: reason }, 'Something failed that nobody waited for; Paperboy goes on');
  });
  process.on('uncaughtException', (error) => void endWith(error));
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, 'Node warns'));
}
