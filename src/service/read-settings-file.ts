import { z } from 'zod';
import { type JsonFault, readJsonText } from '#src/foundation/json-text.ts';
import { nearestOf } from '#src/match/text/near-spelling.ts';
import type { FileProblem } from '#src/render/import-page.ts';
import { MUTES_AT_MOST } from '#src/subscription/mute-changes.ts';
import { code, phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import {
  type FileEntry,
  type FileServer,
  fileEntrySchema,
  fileSchema,
  fileServerSchema,
} from './settings-file.ts';

/** A file of which each part has its form; whether that can be done here is asked of the server. */
export type SettingsFile = {
  server: FileServer;
  entries: readonly FileEntry[];
  /** Where each entry stands in the file, where some are left out. */
  places?: readonly number[];
};

const partsSchema = z.object({
  paperboy: z.literal(1),
  server: z.unknown().default({}),
  subscriptions: z.array(z.unknown()).catch([]),
});

type ReadFile =
  | { ok: true; file: SettingsFile }
  /** `rest`: what has its form, and may be wrong all the same; null: nothing can be said of it. */
  | { ok: false; problems: FileProblem[]; rest: SettingsFile | null };

type Limits = { perServer: number; breathe(): Promise<void> };

/** Where a text that was not UTF-8 lost its letters. */
const LOST = '\ufffd';
/** Between any two letters of UTF-16. */
const NOTHING = '\0';
const FIELDS = [
  ...Object.keys(fileEntrySchema.shape),
  ...[
    'id',
    'name',
    'settings',
    'mutes',
    'notices',
    'samePaper',
    'server',
    'subscriptions',
    'paperboy',
    'exportedAt',
  ],
];

/** What an export wrote, perhaps changed by hand: all that is wrong with its form, each with its place. */
export async function readSettingsFile(text: string, { perServer, breathe }: Limits): Promise<ReadFile> {
  if (text.includes(LOST) || text.includes(NOTHING)) return wrong('', phrase('import.notUtf8'));
  const json = await readJsonText(text, breathe);
  if (!json.ok) return wrong('', tellFault(json.fault));
  const whole = fileSchema.safeParse(json.value);
  const problems = whole.success ? [] : whole.error.issues.flatMap(problemsOf([], json.value));
  const parts = partsOf(json.value);
  if (!parts) return { ok: false, problems, rest: null };
  const { subscriptions } = parts;
  if (subscriptions.length > perServer) {
    const tooMany = { n: subscriptions.length, most: perServer };
    return wrong('subscriptions', phrase('import.tooMany', tooMany));
  }
  const { mutes, server: serverGiven } = withoutTooManyMutes(parts.server);
  if (mutes !== null) {
    const told = phrase('import.tooManyMutes', { n: mutes, most: MUTES_AT_MOST });
    problems.push({ place: 'server.mutes', told });
  }
  const server = fileServerSchema.safeParse(serverGiven);
  if (!server.success) problems.push(...server.error.issues.flatMap(problemsOf(['server'], serverGiven)));
  const entries: FileEntry[] = [];
  const places: number[] = [];
  for (const [at, given] of subscriptions.entries()) {
    const entry = fileEntrySchema.safeParse(given);
    if (entry.success) {
      entries.push(entry.data);
      places.push(at);
    } else problems.push(...entry.error.issues.flatMap(problemsOf(['subscriptions', at], given)));
    await breathe();
  }
  if (!server.success) return { ok: false, problems, rest: null };
  if (problems.length > 0) return { ok: false, problems, rest: { server: server.data, entries, places } };
  return { ok: true, file: { server: server.data, entries } };
}

/** What is read of a file on, whatever else is wrong with it; null for one of another version, or of nothing known. */
function partsOf(value: unknown): { server: unknown; subscriptions: readonly unknown[] } | null {
  const read = partsSchema.safeParse(value);
  return read.success ? read.data : null;
}

const manyMutesSchema = z.looseObject({ mutes: z.array(z.unknown()) });

/** `mutes`: how many there are where a server can have fewer: those are not read one by one; null where they have room. */
function withoutTooManyMutes(given: unknown): { mutes: number | null; server: unknown } {
  const read = manyMutesSchema.safeParse(given);
  const n = read.success ? new Set(read.data.mutes).size : 0;
  if (!read.success || n <= MUTES_AT_MOST) return { mutes: null, server: given };
  return { mutes: n, server: { ...read.data, mutes: [] } };
}

/** `subscriptions[3].channel.id` */
export const placeInFile = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`))
    .join('');

const wrong = (place: string, told: Phrase): ReadFile => ({
  ok: false,
  problems: [{ place, told }],
  rest: null,
});

function tellFault({ line, column, ...fault }: JsonFault): Phrase {
  if (fault.kind === 'twice') return phrase('import.twice', { line, column, name: code(fault.name, 60) });
  return phrase('import.notJson', { line, column, kind: fault.kind });
}

type Issue = z.core.$ZodIssue;

/** `base`: where what was read stands in the file; `given`: what was read. */
const problemsOf =
  (base: readonly PropertyKey[], given: unknown) =>
  (issue: Issue): FileProblem[] => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ place: placeInFile([...path, key]), told: tellUnknown(key) }));
    return [{ place: placeInFile(path), told: tellIssue(issue, given) }];
  };

function tellUnknown(key: string): Phrase {
  const near = nearestOf(key.slice(0, 60).toLowerCase(), FIELDS);
  return phrase('import.unknownField', { isNear: yesNo(near !== null), near: code(near ?? '') });
}

function tellIssue(issue: Issue, given: unknown): Phrase {
  if (valueAt(given, issue.path) === undefined) return phrase('import.missing');
  if (issue.code === 'too_big') return phrase('import.tooLong', { most: Number(issue.maximum) });
  if (issue.code === 'custom') return phrase('import.brokenSign');
  if (issue.code === 'invalid_format') return phrase('import.notAnInstant');
  if (issue.code === 'invalid_type') return phrase('import.wrongType', { type: issue.expected });
  return phrase('import.otherVersion');
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    given,
  );
}
