import { DatabaseSync } from 'node:sqlite';

/** The bot's file, opened beside it: whoever writes while the bot does waits for it, as the bot waits for others. */
export const openBeside = (file: string, { readOnly = false } = {}): DatabaseSync =>
  new DatabaseSync(file, { readOnly, timeout: 10_000 });
