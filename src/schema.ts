import { ARCHIVE_MIGRATIONS as archive } from '#src/archive/migrations.ts';
import type { Schema } from '#src/foundation/database/database-schema.ts';
import { KEYV_MIGRATIONS as keyv } from '#src/foundation/database/keyv-store.ts';
import { OUTBOX_MIGRATIONS as outbox } from '#src/outbox/migrations.ts';

/** Every room that keeps something in the database. A file that knows more was written by a newer Paperboy. */
export const SCHEMA: Schema = { archive, keyv, outbox };

/**
 * What each table knows of a server, and how that is forgotten when the server was left long ago: all of it goes through
 * pipeline/left-servers.ts. A table without a line here fails a test.
 */
export const SERVER_DATA: Readonly<Record<string, string>> = {
  entry: 'by its column `server`: Outbox.purgeServer',
  post: 'by its column `server`: Outbox.purgeServer',
  hold: 'by its column `server`: Outbox.purgeServer',
  episode: 'by its column `server`: Outbox.purgeServer',
  chore: 'by its column `server`: done and gone within seconds',
  keyv: '`subscriptions:SERVER:...`: SubscriptionStore.forgetServer; `questions:...` name no server and no asker',
  cursor: '`left SERVER`, `told of hold CHANNEL`, `top SUBSCRIPTION`: the purge itself',
  paper: 'nothing',
  series: 'nothing',
  poll: 'nothing',
  sighting: 'nothing',
  trend_event: 'nothing',
  health: 'nothing',
  run: 'nothing',
  migration: 'nothing',
};
