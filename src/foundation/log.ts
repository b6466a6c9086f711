import { pino } from 'pino';

/** Constant messages with fields; never tokens, never message content. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
};

/** JSON lines on stdout; readable lines when stdout is a terminal. */
export function createLog(level: string, readable: boolean): Log {
  if (!readable) return pino({ level });
  return pino({ level, transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } });
}

const ignore = () => {};
export const silentLog: Log = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLog,
};
