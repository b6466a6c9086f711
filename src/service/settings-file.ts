import { z } from 'zod';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { typedLines, WEEKDAYS } from './order-lines.ts';

/** Half of a character, as `"\ud800"` writes it, and none at all: no message has them, and nobody can read them. */
const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
/** Of a file that somebody wrote: longer values are nobody's. */
const text = (most: number) => z.string().max(most).refine(isWhole);
const line = text(100);
const id = text(30);
const filter = text(1100);

const fileChannelSchema = z.strictObject({ id, name: line.optional() });

/** A subscription as a moderator would type it, option by option; what is absent is as everywhere. */
export const fileEntrySchema = z.strictObject({
  channel: fileChannelSchema,
  filter,
  what: line.optional(),
  sensitivity: line.optional(),
  when: line.optional(),
  at: line.optional(),
  /** Of daily digests that do not come on all days. */
  weekdays: z.array(line).max(7).optional(),
  zone: line.optional(),
  quiet: line.optional(),
  cap: z.number().optional(),
  role: id.optional(),
  mention: line.optional(),
  place: line.optional(),
  silent: z.boolean().optional(),
  publish: z.boolean().optional(),
  until: line.optional(),
  paused: z.boolean().optional(),
  /** When the pause ends by itself. */
  pausedUntil: z.iso.datetime().optional(),
});

/** Also of some that are written twice. */
const MUTES_IN_FILE = 1000;

export const fileServerSchema = z.strictObject({
  settings: z
    .strictObject({
      samePaper: line.optional(),
      zone: line.nullable().optional(),
      /** The channel for words to moderators; null: Paperboy picks. */
      notices: fileChannelSchema.nullable().optional(),
    })
    .optional(),
  mutes: z.array(filter).max(MUTES_IN_FILE).optional(),
});

/** The file of a server's settings; each subscription is read by itself. */
export const fileSchema = z.strictObject({
  paperboy: z.literal(1),
  exportedAt: line.optional(),
  server: z.unknown().optional(),
  subscriptions: z.array(z.unknown()),
});

export type FileEntry = z.infer<typeof fileEntrySchema>;
export type FileServer = z.infer<typeof fileServerSchema>;

/** A subscription as it stands in the file. */
export function entryOf(subscription: Subscription, channelName: string | null): FileEntry {
  const { channelId, filter: wanted, when, roleId, paused } = subscription;
  const { cap, silent, publish, ...typed } = optionsOf(subscription);
  return {
    channel: fileChannel(channelId, channelName),
    filter: wanted,
    ...typed,
    ...(when.kind === 'daily' && when.weekdays && { weekdays: when.weekdays.map(nameOfDay) }),
    ...(cap !== undefined && { cap: Number(cap) }),
    ...(roleId !== null && { role: roleId }),
    ...(silent !== undefined && { silent: true }),
    ...(publish !== undefined && { publish: true }),
    ...(paused && { paused: true }),
    ...(paused?.until !== undefined && { pausedUntil: new Date(paused.until).toISOString() }),
  };
}

/** What holds in the whole server, as it stands in the file; without a channel for notices that the asker does not see. */
export function serverPartOf(
  { samePaper, zone, notices }: ServerSettings,
  mutes: readonly { text: string }[],
  { isSeen, name }: { isSeen: boolean; name: string | null },
): FileServer {
  return {
    settings: {
      ...{ samePaper, zone },
      ...(isSeen && { notices: notices === null ? null : fileChannel(notices, name) }),
    },
    mutes: mutes.map((mute) => mute.text),
  };
}

const fileChannel = (id: string, name: string | null) => ({ id, ...(name !== null && { name }) });

const nameOfDay = (day: number): string => WEEKDAYS[day - 1];

/** The options that differ from the usual, as they are typed. A zone of its own stands behind its hours, or its day. */
function optionsOf(subscription: Subscription): Record<string, string> {
  const options = new Map<string, string>();
  let last = '';
  for (const typed of typedLines(subscription)) {
    const [name, value] = [typed.slice(0, typed.indexOf(':')), typed.slice(typed.indexOf(':') + 2)];
    if (name === 'zone' && (options.get(name) ?? value) !== value)
      options.set(last, `${options.get(last)} ${value}`);
    else options.set(name, value);
    last = name;
  }
  return Object.fromEntries(options);
}
