import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import { readPast } from '#src/paper/paper-dates.ts';
import { exactPaperId } from '#src/paper/paper-id.ts';
import { ARXIV, DUBLIN_CORE } from './arxiv.ts';
import { readCreators } from './creators.ts';
import type { ReadItem } from './place-in-list.ts';
import { oneLine, plainLine } from './plain-text.ts';
import { tellsWithdrawal } from './withdrawal.ts';
import { childrenNamed, type Element, textOf } from './xml.ts';

/** One paper of an announcement, or why there is none. */
export type Announcement = ReadItem & {
  /** A new version of a paper that was announced before: no newcomer. */
  isReplacement?: boolean;
};

type Kind = 'new' | 'cross' | 'replace';

/** Reads an item of a feed; its optional fields may be missing or written oddly. `now`: UTC ms, for impossible dates. */
export function readAnnouncement(item: Element, now: number): Announcement {
  const told = oneLine(textOf(item, 'link', '')) || oneLine(textOf(item, 'guid', ''));
  const id = exactPaperId(textOf(item, 'link', '')) ?? exactPaperId(guidId(item));
  const { title, suffix } = readTitle(textOf(item, 'title', ''));
  if (!id) return { ok: false, reason: `no arXiv id in "${told.slice(0, 100)}"` };
  if (!title) return { ok: false, reason: `${id} has no title` };
  const label = readLabel(textOf(item, 'description', ''));
  const kind = kindOf(textOf(item, 'announce_type', ARXIV) || label.type || suffix, guidId(item));
  const announcedAt = readPast(textOf(item, 'pubDate', ''), now);
  const withdrawn = tellsWithdrawal({ title, abstract: label.abstract }) ? { at: announcedAt } : null;
  const paper: Paper = {
    id,
    title,
    abstract: label.abstract,
    authors: readCreators(childrenNamed(item, 'creator', DUBLIN_CORE).map(({ text }) => text)),
    categories: childrenNamed(item, 'category', '')
      .map((category) => category.text.trim())
      .filter(Boolean),
    keywords: [],
    organization: null,
    // Feeds have no comments.
    comment: null,
    journalRef: plainLine(textOf(item, 'journal_reference', ARXIV)) || null,
    withdrawn,
    updatedAt: null,
    // A new paper became public with its announcement. A cross-listed one may be years old.
    publishedAt: kind === 'new' ? announcedAt : null,
    repository: null,
    projectPage: null,
    thumbnail: null,
  };
  const sighting = { paper, ...NO_FIGURES, batchDay: null };
  return { ok: true, sighting, ...(kind === 'replace' ? { isReplacement: true } : {}) };
}

/** `oai:arXiv.org:2604.21952v1` */
const guidId = (item: Element): string => textOf(item, 'guid', '').replace(/^\s*oai:arXiv\.org:/i, '');

/** What it is announced as. An odd or missing word is no reason to lose it: `cross` claims least. */
function kindOf(told: string, guid: string): Kind {
  const type = told.trim().toLowerCase();
  if (type.startsWith('replace') || type === 'absonly' || type === 'updated') return 'replace';
  if (type === 'new') return 'new';
  if (type === '') return /v(?:[2-9]|\d\d)\d?\s*$/.test(guid) ? 'cross' : 'new';
  return 'cross';
}

/** Feeds of earlier years: `Title (arXiv:2603.90317v1 [cs.LG] CROSS LISTED)`. */
const SUFFIX = /\(arXiv:[^\s()]{4,40}(?:\s\[[\w.-]{1,30}\])?(?:\s(UPDATED|CROSS LISTED))?\)$/i;

function readTitle(written: string): { title: string; suffix: string } {
  const title = plainLine(written);
  const suffix = SUFFIX.exec(title);
  return suffix
    ? { title: title.slice(0, suffix.index).trim(), suffix: suffix[1] ?? '' }
    : { title, suffix: '' };
}

/** `arXiv:2604.21952v1 Announce Type: new`, then the abstract on the same or the next line, with the word before it. */
const LABEL = /^(?:arXiv:\S{4,40}\s)?Announce Type:\s?([\w-]{0,40})\s?/i;

function readLabel(description: string): { type: string; abstract: string } {
  const text = plainLine(description.replace(/^\s*<p>|<\/p>\s*$/gi, ''));
  const label = LABEL.exec(text);
  const abstract = text.slice(label?.[0].length ?? 0).replace(/^Abstract:\s?/, '');
  return { type: label?.[1] ?? '', abstract };
}
