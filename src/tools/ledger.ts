/**
 * npm run ledger -- [--channel ID] [--paper ID] [--server ID] [--limit N] [--database FILE]
 * Prints what became of the newest entries, one JSON line each: decided, attempted, sent or held, message, reason.
 * May run while Paperboy runs.
 */

import { channelIn, toChannel } from '#src/outbox/destination.ts';
import { type LedgerEntry, readLedger } from '#src/outbox/ledger.ts';
import { inEnglish, type KeptPhrase } from '#src/wording/kept-phrase.ts';
import { EXIT, numberOf, runTool } from './command.ts';
import { readWords, TEXT_OPTION } from './command-words.ts';
import { CONFIGURED, configuredFile, openToRead } from './database-file.ts';

const USAGE = 'npm run ledger -- [--channel ID] [--paper ID] [--server ID] [--limit N] [--database FILE]';
const OPTIONS = {
  channel: TEXT_OPTION,
  paper: TEXT_OPTION,
  server: TEXT_OPTION,
  limit: TEXT_OPTION,
  database: TEXT_OPTION,
};
const DEFAULT_LIMIT = '100';
const LINES = { from: 1, to: 1_000_000, whole: true };

await runTool({ usage: USAGE }, async (words) => {
  const { channel, paper, server, limit: lines = DEFAULT_LIMIT, database } = readWords(words, OPTIONS).values;
  const limit = numberOf('--limit', lines, LINES);
  const db =
    database === undefined
      ? await openToRead(configuredFile(process.env), CONFIGURED)
      : await openToRead(database, 'after --database');
  const entries = [
    ...(await readLedger(db, {
      destination: channel === undefined ? undefined : toChannel(channel),
      paper,
      serverId: server,
      limit,
    })),
  ];
  await db.close();
  for (const entry of entries) console.log(JSON.stringify(lineOf(entry)));
  if (entries.length > 0) return EXIT.done;
  console.error('No such entry was found.');
  return EXIT.outside;
});

/** A channel is named as `--channel` takes it. */
function lineOf({ serverId, destination, post, ...rest }: LedgerEntry): object {
  const channelId = channelIn(destination);
  const where = channelId === null ? { destination } : { channelId };
  return readable({ serverId, ...where, ...rest, post: post && readable(post) });
}

/** Instants as ISO 8601, why as a sentence, what is unknown left out. */
function readable<E extends { reason: KeptPhrase | null }>(entry: E): object {
  const reason = entry.reason === null ? null : inEnglish(entry.reason);
  const told = Object.entries({ ...entry, reason }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(told.map(([name, value]) => [name, name.endsWith('At') ? iso(value) : value]));
}

function iso(instant: unknown): string {
  return new Date(Number(instant)).toISOString();
}
