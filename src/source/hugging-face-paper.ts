import { z } from 'zod';
import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import { readPast } from '#src/paper/paper-dates.ts';
import { exactPaperId, restoreLostZeros } from '#src/paper/paper-id.ts';
import type { Sighting } from '#src/paper/sighting.ts';
import { readEachCreator } from './creators.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine, plainLine, withoutLostCommands } from './plain-text.ts';
import { readPageAddress, readPicture, readRepository } from './web-address.ts';

/**
 * One paper as Hugging Face tells it. What identifies it (id, title) and its votes must be right; a broken ornament
 * is merely left out. Optional fields are absent rather than null; both are accepted.
 */

const ornament = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const text = z.string().transform(plainLine);
const prose = text.transform(withoutLostCommands);
/** Safe integers alone: the archive's rows hold no others. */
const count = z.int().nonnegative();

const id = z.union([z.string(), z.number()]).transform((written, context) => {
  const read = exactPaperId(restoreLostZeros(String(written)));
  if (read) return read;
  context.addIssue('is no arXiv id');
  return z.NEVER;
});

const author = z.object({ name: text, hidden: ornament(z.boolean()) });
const organization = z.object({ fullname: ornament(text), name: ornament(text) });

// Not read, on purpose: the entry's own `publishedAt`, which since 2025-03 is the paper's minus the New York offset.
const paperSchema = z.object({
  id,
  title: prose.pipe(z.string().min(1)),
  summary: ornament(prose),
  authors: ornament(z.array(ornament(author))),
  publishedAt: ornament(z.string()),
  withdrawnAt: ornament(z.string()),
  submittedOnDailyAt: ornament(z.string()),
  upvotes: count.nullish(),
  ai_keywords: ornament(z.array(ornament(text))),
  githubRepo: ornament(z.string()),
  githubStars: ornament(count),
  projectPage: ornament(z.string()),
  organization: ornament(organization),
  mediaUrls: ornament(z.array(ornament(z.string()))),
});

const entrySchema = z.object({
  paper: paperSchema,
  numComments: ornament(count),
  thumbnail: ornament(z.string()),
  organization: ornament(organization),
});

type HuggingFacePaper = z.output<typeof paperSchema>;
type Entry = z.output<typeof entrySchema>;

/** Reads one item of a list. `base`: the address that relative links start from. Never throws. */
export function readListEntry(item: unknown, base: string, seenAt: number): ReadItem {
  const read = entrySchema.safeParse(item);
  if (!read.success) return { ok: false, reason: oneLine(z.prettifyError(read.error)) };
  return { ok: true, sighting: sightingOf(read.data, base, seenAt) };
}

/** Reads the bare paper that `/api/papers/{id}` answers. Never throws. */
export const readPaper = (item: unknown, base: string, seenAt: number): ReadItem =>
  readListEntry({ paper: item }, base, seenAt);

function sightingOf(entry: Entry, base: string, seenAt: number): Omit<Sighting, 'place'> {
  const { paper, numComments } = entry;
  const submitted = readPast(paper.submittedOnDailyAt, seenAt);
  return {
    paper: paperOf(entry, base, seenAt),
    ...NO_FIGURES,
    votes: paper.upvotes ?? null,
    comments: numComments ?? null,
    stars: paper.githubStars ?? null,
    batchDay: submitted === null ? null : new Date(submitted).toISOString().slice(0, 10),
  };
}

function paperOf({ paper, thumbnail, organization }: Entry, base: string, seenAt: number): Paper {
  const organizationOf = paper.organization ?? organization;
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.summary ?? '',
    authors: authorsOf(paper),
    categories: [],
    keywords: present(paper.ai_keywords),
    comment: null,
    journalRef: null,
    withdrawn: paper.withdrawnAt ? { at: readPast(paper.withdrawnAt, seenAt) } : null,
    updatedAt: null,
    organization: organizationOf?.fullname || organizationOf?.name || null,
    publishedAt: readPast(paper.publishedAt, seenAt),
    repository: readRepository(paper.githubRepo),
    projectPage: readPageAddress(paper.projectPage),
    thumbnail: firstPicture([thumbnail, ...(paper.mediaUrls ?? [])], base),
  };
}

const authorsOf = (paper: HuggingFacePaper): string[] =>
  readEachCreator(present(paper.authors?.map((one) => (one && !one.hidden ? one.name : null))));

const present = (texts: readonly (string | null | undefined)[] | null | undefined): string[] =>
  (texts ?? []).filter((one): one is string => Boolean(one));

function firstPicture(addresses: readonly (string | null | undefined)[], base: string): string | null {
  return addresses.map((address) => readPicture(address, base)).find((picture) => picture !== null) ?? null;
}
