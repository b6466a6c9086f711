import { z } from 'zod';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { FIGURE_FIELDS, recordOf } from '#src/paper/figures.ts';

/** A line of FILTERS or PAPERS as it is used inside, or a sentence about what is wrong with it. */
export type ReadLine<T> = { ok: true; value: T; remark: string | null } | { ok: false; problem: string };

export type LineId = string | number;
/** `filter` is null when the line has none: its id can still be told. */
type FilterLine = { id: LineId; filter: string | null };
type PaperLine = { id: LineId; document: MatchDocument };

const id = z.union([z.string(), z.number()]);
const strings = z.array(z.string()).nullish();
const figure = z.number().nullish();

const filterSchema = z.object({ id, filter: z.string().nullable().catch(null) });

const paperSchema = z.object({
  id,
  title: z.string(),
  abstract: z.string().nullish(),
  authors: strings,
  categories: strings,
  organization: z.string().nullish(),
  keywords: strings,
  comment: z.string().nullish(),
  journal_ref: z.string().nullish(),
  ...recordOf(FIGURE_FIELDS, () => figure),
  published: z.string().nullish(),
});

/** `{"id","filter"}`. */
export function readFilterLine(line: string): ReadLine<FilterLine> {
  const read = readLine(line, filterSchema);
  return read.ok && read.value.filter === null ? { ...read, remark: 'the filter is missing' } : read;
}

/** A paper; a published day that cannot be read is left unknown, with a remark. */
export function readPaperLine(line: string): ReadLine<PaperLine> {
  const read = readLine(line, paperSchema);
  if (!read.ok) return read;
  const { value } = read;
  const publishedAt = value.published == null ? null : readInstant(value.published);
  const remark = publishedAt === undefined ? `"${value.published}" is no date; it counts as unknown` : null;
  return { ok: true, value: { id: value.id, document: toDocument(value, publishedAt ?? null) }, remark };
}

function readLine<T>(line: string, schema: z.ZodType<T>): ReadLine<T> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { ok: false, problem: `is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const read = schema.safeParse(value);
  if (read.success) return { ok: true, value: read.data, remark: null };
  const problems = read.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the line'}: ${message}`,
  );
  return { ok: false, problem: `is left out. ${problems.join('; ')}` };
}

function toDocument(paper: z.infer<typeof paperSchema>, publishedAt: number | null): MatchDocument {
  return {
    id: String(paper.id),
    title: paper.title,
    abstract: paper.abstract ?? '',
    authors: paper.authors ?? [],
    categories: paper.categories ?? [],
    keywords: paper.keywords ?? [],
    organization: paper.organization ?? null,
    comment: paper.comment ?? null,
    journalRef: paper.journal_ref ?? null,
    ...recordOf(FIGURE_FIELDS, (field) => paper[field] ?? null),
    publishedAt,
  };
}

const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/;

/** UTC milliseconds; an instant without a zone is UTC; undefined when it is none. */
function readInstant(written: string): number | undefined {
  const text = written.trim();
  const shape = DAY_OR_INSTANT.exec(text);
  if (shape === null) return undefined;
  const at = Date.parse(shape[1] === undefined || shape[4] !== undefined ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : at;
}
