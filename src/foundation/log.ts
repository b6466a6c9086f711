import { pino } from 'pino';
import { reduced } from './reduced.ts';

/** Constant messages with fields; never tokens, never message content. An error goes under `err`. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
};

/** JSON lines on stdout; readable lines when stdout is a terminal. */
export function createLog(level: string, readable: boolean): Log {
  const options = { level, serializers: { err: reducedOnce } };
  if (!readable) return pino(options);
  return pino({ ...options, transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } });
}

/** Whoever logs an error as it was thrown gives away no more than who reduced it first. */
function reducedOnce(error: unknown): unknown {
  return error instanceof Error ? reduced(error) : error;
}

const ignore = () => {};
export const silentLog: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLog,
};
