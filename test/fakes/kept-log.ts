import type { Log } from '#src/foundation/log.ts';
import { loggable } from '#src/foundation/loggable.ts';

/** A log that keeps its lines, with fields as they would be printed. */
export type KeptLog = Log & { lines: { level: string; message: string; fields: object }[] };

export function createKeptLog(): KeptLog {
  const lines: KeptLog['lines'] = [];
  const keep = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields: loggable(fields) });
  };
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}
