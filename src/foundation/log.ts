import { pino, stdTimeFunctions } from 'pino';
import { loggable } from './loggable.ts';
import { createMask, masked } from './mask.ts';
import { readableLine } from './readable-line.ts';

/**
 * Constant messages with fields; never tokens, never message content. Whatever was thrown goes under `err`, as it is: the
 * log reduces it. No other text of an error belongs into the fields.
 */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

type LogOptions = {
  level: string;
  /** For a person at a terminal instead of JSON. */
  readable: boolean;
  /** Values that never appear, wherever they stand. */
  secrets: readonly string[];
  write(line: string): void;
};

/** One line an event: JSON with `level` (a word), `time` (ISO), the fields and `msg`; or the same for a person. */
export function createLog({ level, readable, secrets, write }: LogOptions): Log {
  const mask = createMask(secrets);
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: loggable },
    // Errors are reduced by then: pino's own serializer would call them `Object`.
    serializers: { err: (reduced: unknown) => reduced, msg: masked },
  };
  return pino(options, { write: (line) => write(mask(readable ? readableLine(line, mask) : line)) });
}

const ignore = () => {};
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
