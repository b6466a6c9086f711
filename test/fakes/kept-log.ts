import type { Log } from '#src/foundation/log.ts';

/** A log that keeps its lines. */
export type KeptLog = Log & { lines: { level: string; message: string; fields: object }[] };

export function createKeptLog(): KeptLog {
  const lines: KeptLog['lines'] = [];
  const keep = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
  };
  const log: KeptLog = {
    lines,
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    child: () => log,
  };
  return log;
}
