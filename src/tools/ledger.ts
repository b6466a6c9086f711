/**
 * npm run ledger -- [--channel ID] [--paper ID] [--server ID] [--limit N] [--database FILE]
 * Prints what became of the newest promises, one JSON line each: decided, attempted, sent or held, message, reason.
 * May run while Paperboy runs.
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '#src/foundation/database.ts';
import { UserError } from '#src/foundation/failure.ts';
import { type LedgerEntry, readLedger } from '#src/outbox/ledger.ts';
import { SCHEMA } from '#src/schema.ts';
import { runTool } from './command.ts';
import { configuredFile, existing } from './database-file.ts';

const USAGE = 'npm run ledger -- [--channel ID] [--paper ID] [--server ID] [--limit N] [--database FILE]';
const DEFAULT_LIMIT = 100;
const READING = { readOnly: true, schema: SCHEMA };

await runTool({ usage: USAGE, badExit: 1 }, (words) => {
  const { values } = readWords(words);
  const limit = Number(values.limit ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UserError(`--limit ${values.limit} is no number of lines.`);
  const db = openDatabase(existing(values.database ?? configuredFile(process.env)), READING);
  const query = { channelId: values.channel, paper: values.paper, serverId: values.server, limit };
  for (const entry of readLedger(db, query)) console.log(JSON.stringify(readable(entry)));
  db.close();
  return 0;
});

function readWords(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: { channel: text, paper: text, server: text, limit: text, database: text },
    });
  } catch (cause) {
    throw new UserError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Instants as ISO 8601, what is unknown left out. */
function readable(entry: LedgerEntry): object {
  const known = Object.entries(entry.post ? { ...entry, post: readable(entry.post as never) } : entry);
  const told = known.filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(told.map(([name, value]) => [name, name.endsWith('At') ? iso(value) : value]));
}

function iso(instant: unknown): string {
  return new Date(Number(instant)).toISOString();
}
