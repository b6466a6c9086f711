import { z } from 'zod';
import { SAME_PAPER } from '#src/decision/same-paper.ts';

/** What holds in all channels of a server. */
export const serverSettingsSchema = z.object({
  /** The same paper in several channels. */
  samePaper: z.enum(SAME_PAPER),
  /** The zone of hours that name none, an IANA name; null: nobody has said one yet. */
  zone: z.string().nullable().default(null),
  /** The channel for words to moderators, as they chose it; null: Paperboy picks one. */
  notices: z.string().nullable().default(null),
});

export type ServerSettings = z.infer<typeof serverSettingsSchema>;

export const settingsDocumentSchema = z.object({ version: z.literal(1), settings: serverSettingsSchema });

/** A server that subscribes for the first time. */
export const SETTINGS_OF_NEW: ServerSettings = { samePaper: 'line', zone: null, notices: null };

/** A server that was there before there were settings, or whose settings cannot be read. */
export const SETTINGS_OF_OLD: ServerSettings = { samePaper: 'full', zone: null, notices: null };
