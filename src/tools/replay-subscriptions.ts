import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { FilterError } from '#src/match/language/filter.ts';
import { onlyExcludes } from '#src/match/language/filter-hints.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { readOrder } from '#src/service/read-order.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { ToolError } from './tool-error.ts';

/** One line of the file: a subscription, and the channel's name. */
export type ReplaySubscription = { channel: string; draft: SubscriptionDraft };

/** `remarks`: what is said of lines that are good all the same. */
type ReadSubscriptions = { wanted: ReplaySubscription[]; problems: string[]; remarks: string[] };

/** What is replayed without a file: every paper whose votes are known, as all of Hugging Face's daily lists are. */
export const EVERYTHING: ReplaySubscription = {
  channel: 'all',
  draft: { ...DEFAULTS, filter: 'upvotes:>=0' },
};

const word = z.string().nullish();
const lineSchema = z.object({
  channel: z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1)),
  filter: z.string(),
  what: word,
  sensitivity: word,
  /** Said what and sensitivity in one, up to 0.1.0. */
  scope: word,
  when: word,
  at: word,
  zone: word,
  cap: z.int().min(1).max(100).nullish(),
});

/** Reads JSON lines as `/subscribe` reads its options. A bad line is a problem, named by its number; the rest stands. */
export function readSubscriptions(text: string, topics: TopicCatalogue): ReadSubscriptions {
  const read: ReadSubscriptions = { wanted: [], problems: [], remarks: [] };
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    try {
      const { wanted, remarks } = readLine(line, topics);
      read.wanted.push(wanted);
      read.remarks.push(...remarks.map((remark) => `line ${index + 1}: ${remark}`));
    } catch (error) {
      if (!(error instanceof ToolError || error instanceof UserError)) throw error;
      read.problems.push(`line ${index + 1}: ${error.message}`);
    }
  }
  return read;
}

function readLine(line: string, topics: TopicCatalogue): { wanted: ReplaySubscription; remarks: string[] } {
  const written = readJson(line);
  const shape = lineSchema.safeParse(written);
  if (!shape.success) throw new ToolError(tellIssues(shape.error));
  const { channel, filter, what, sensitivity, scope, when, at, zone, cap } = shape.data;
  if (scope && (what || sensitivity))
    throw new ToolError('“scope” is what “what” and “sensitivity” were before: write those alone.');
  const parsed = parseFilter(filter, { topics });
  if (!parsed.ok) throw new ToolError(`filter, ${tellPlace(parsed.error)}`);
  if (onlyExcludes(parsed.filter)) throw refusedWhole();
  const { draft, notes } = readOrder(
    {
      ...{ what: what || (scope ?? ''), sensitivity: sensitivity ?? '', when: when ?? '', at: at ?? '' },
      ...{ zone: zone ?? '', quiet: '', cap: cap ?? null },
      ...{
        mention: '',
        place: '',
        silent: false,
        publish: false,
        channel: { type: ChannelType.GuildText },
        role: null,
      },
    },
    // An operator's file is in UTC where it names no zone.
    'UTC',
  );
  const strange = Object.keys(written as object).filter((name) => !Object.hasOwn(lineSchema.shape, name));
  return {
    wanted: { channel, draft: { ...draft, filter } },
    remarks: [
      ...notes.map(inEnglish),
      ...strange.map((name) => `“${name}” is not known and changes nothing.`),
      ...parsed.hints.map((hint) => `filter, ${tellPlace(hint)}`),
    ],
  };
}

const refusedWhole = (): ToolError =>
  new ToolError(`filter, position 0: ${inEnglish(phrase('subscribe.onlyNegative'))}`);

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new ToolError(`no JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function tellIssues({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`).join('; ');
}

function tellPlace({ position, message, proposal }: FilterError): string {
  return `position ${position}: ${inEnglish(message)}${proposal === null ? '' : ` Try: ${proposal}`}`;
}
