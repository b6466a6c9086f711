import { ARCHIVE_MIGRATIONS as archive } from '#src/archive/migrations.ts';
import type { Schema } from '#src/foundation/database/database-schema.ts';
import { KEYV_MIGRATIONS as keyv } from '#src/foundation/database/keyv-store.ts';
import { OUTBOX_MIGRATIONS as outbox } from '#src/outbox/migrations.ts';
import { READER_MIGRATIONS as reader } from '#src/reader/migrations.ts';
import { SUBSCRIPTION_MIGRATIONS as subscription } from '#src/subscription/migrations.ts';

/** Every room that keeps something in the database. A file that knows more was written by a newer Paperboy. */
export const SCHEMA: Schema = { archive, keyv, outbox, reader, subscription };
