/**
 * What the archive takes in. Whatever a source says, a row must be able to hold it and give the same back: safe whole
 * numbers, well-formed text of bounded length, instants that are dates. What identifies and ranks a paper (id, title,
 * place, votes) must be right, or the item is refused; an ornament that is not is left out or cut.
 */
import { isDay } from '#src/foundation/is-day.ts';
import { visible } from '#src/foundation/visible-text.ts';
import { FIGURE_NAMES, FIGURES, recordOf } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import { canBePast } from '#src/paper/paper-dates.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';

const MOST = {
  title: 1000,
  abstract: 20_000,
  name: 300,
  address: 2048,
  note: 1000,
  id: 100,
  key: 200,
} as const;
/** The largest collaborations sign with some 5,000 names. */
const MOST_AUTHORS = 6000;
const MOST_LABELS = 100;
const LAST_INSTANT = 8.64e15;

/** So many papers are looked through within some milliseconds. */
const SLICE = 250;

/**
 * The poll with what can be kept of it, and why the rest cannot; the rest is counted as malformed. Others have their turn in `pause`: a list may
 * have thousands. Throws when it is no poll.
 */
export async function storablePoll(
  poll: Poll,
  pause: () => Promise<void>,
): Promise<{ poll: Poll; refused: string[] }> {
  if (!isInstant(poll.seenAt)) throw new TypeError('the list has no readable instant');
  if (!Array.isArray(poll.sightings)) throw new TypeError('the list has no items');
  const refused: string[] = [];
  const sightings: Sighting[] = [];
  const seen = new Set<string>();
  for (const [index, item] of (poll.sightings as readonly unknown[]).entries()) {
    if (index > 0 && index % SLICE === 0) await pause();
    const read = storableSighting(item, poll.seenAt);
    if (typeof read === 'string') refused.push(read);
    // A list that shows a paper twice counts with its better place.
    else if (!seen.has(read.paper.id)) sightings.push(read);
    if (typeof read !== 'string') seen.add(read.paper.id);
  }
  const malformed = (isCount(poll.malformed) ? poll.malformed : 0) + refused.length;
  const key = text(poll.key, MOST.key) ?? '';
  const replaced = await storablePapers(poll.replaced, poll.seenAt, pause);
  return {
    poll: { ...poll, key, complete: poll.complete === true, malformed, sightings, replaced },
    refused,
  };
}

/** The paper as a row holds it, or why it cannot. `now`: what cannot have been by then is undated. */
export function storablePaper(says: unknown, now: number): Paper | string {
  if (!isRecord(says)) return 'an item is no paper';
  const id = text(says.id, MOST.id + 1);
  if (!id || id.length > MOST.id || id !== says.id) return 'an item has no id';
  const title = text(says.title, MOST.title);
  if (title === null) return `${id} has no title`;
  return {
    id,
    title,
    abstract: text(says.abstract, MOST.abstract) ?? '',
    authors: texts(says.authors, MOST_AUTHORS),
    categories: texts(says.categories, MOST_LABELS),
    keywords: texts(says.keywords, MOST_LABELS),
    organization: text(says.organization, MOST.name),
    comment: text(says.comment, MOST.note) || null,
    journalRef: text(says.journalRef, MOST.note) || null,
    withdrawn: isRecord(says.withdrawn) ? { at: dateOf(says.withdrawn.at, now) } : null,
    publishedAt: dateOf(says.publishedAt, now),
    updatedAt: dateOf(says.updatedAt, now),
    repository: whole(says.repository, MOST.name),
    projectPage: whole(says.projectPage, MOST.address),
    thumbnail: whole(says.thumbnail, MOST.address),
  };
}

async function storablePapers(says: unknown, now: number, pause: () => Promise<void>): Promise<Paper[]> {
  const papers: Paper[] = [];
  for (const [index, one] of (Array.isArray(says) ? (says as unknown[]) : []).entries()) {
    if (index > 0 && index % SLICE === 0) await pause();
    const paper = storablePaper(one, now);
    if (typeof paper !== 'string') papers.push(paper);
  }
  return papers;
}

function storableSighting(item: unknown, seenAt: number): Sighting | string {
  if (!isRecord(item)) return 'an item is no sighting';
  const paper = storablePaper(item.paper, seenAt);
  if (typeof paper === 'string') return paper;
  const { place } = item;
  if (!isCount(place) || place === 0) return `${paper.id} has no place in its list`;
  const wrong = FIGURES.find(({ name, ranks }) => ranks && item[name] != null && !isCount(item[name]));
  if (wrong) return `${paper.id} has ${wrong.name} that are no count`;
  return {
    paper,
    place,
    ...recordOf(FIGURE_NAMES, (name) => countOf(item[name])),
    batchDay: isDay(item.batchDay) && canBePast(Date.parse(item.batchDay), seenAt) ? item.batchDay : null,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const countOf = (value: unknown): number | null => (isCount(value) ? value : null);

const isInstant = (value: unknown): value is number => isCount(value) && value <= LAST_INSTANT;

function dateOf(value: unknown, now: number): number | null {
  return isInstant(value) && canBePast(value, now) ? value : null;
}

/** Null for what is no text. SQLite ends strings at NUL, and Unicode knows no half of a pair: `visible` leaves neither. */
function text(value: unknown, most: number): string | null {
  if (typeof value !== 'string') return null;
  // What nobody sees must not crowd out what is seen, nor take hours where it is endless.
  const shown = visible(value.slice(0, 4 * most).replaceAll('\0', ''));
  return shown.length > most ? shown.slice(0, most).replace(/[\ud800-\udbff]$/, '') : shown;
}

/** Null also for what is too long: half an address leads nowhere. */
const whole = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value.length <= most ? text(value, most) : null;

function texts(value: unknown, most: number): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, most).flatMap((one: unknown) => text(one, MOST.name) || []);
}
