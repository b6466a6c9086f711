import { withBackticks } from '#src/foundation/visible-text.ts';
import { countWords } from '../text/analyse.ts';
import type { Filter, Parsed } from './filter.ts';
import { FilterDraft, Mistake } from './filter-draft.ts';
import { hintsOf, onlyExcludes } from './filter-hints.ts';
import { tokenise } from './filter-lexer.ts';
import { FILTER_LIMITS } from './filter-limits.ts';
import { FilterReader } from './filter-reader.ts';
import { hintAtSlips } from './filter-slips.ts';
import { type Once, withProposal } from './mended-filter.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';

type Reading = { topics: TopicCatalogue | null };

/**
 * Reads a filter. Never throws: a bad filter is a FilterError with the place, the reason and, where one is known, a
 * corrected filter, which can be read. Linear in the length of the text.
 */
export function parseFilter(text: string, { topics }: Reading): Parsed {
  const read = readOnce(text, topics);
  if (!read.ok) return { ok: false, error: withProposal(read.slip, (other) => readOnce(other, topics)) };
  const { filter, hints } = read;
  return { ok: true, filter, hints: hints().filter(({ proposal }) => reads(proposal, topics)) };
}

/**
 * Reads a filter that was saved; without hints, for nobody is there to read them. What was punctuation once and is an error
 * today, a square bracket for one, is punctuation still, and so is a dash that would leave nothing to look for: with an
 * update nobody's alerts end, nor does a channel get all papers.
 */
export function parseSavedFilter(text: string, reading: Reading): Parsed {
  const today = readOnce(text, reading.topics);
  if (today.ok && !onlyExcludes(today.filter)) return { ...today, hints: [] };
  const then = readOnce(text, reading.topics, true);
  return then.ok && hasWord(then.filter) ? { ...then, hints: [] } : parseFilter(text, reading);
}

/** Whether anything in it can be found: of addresses alone, no paper's words are. */
function hasWord(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.some(hasWord);
  if (filter.kind === 'not') return hasWord(filter.part);
  return !('text' in filter) || countWords(filter.text) > 0;
}

function readOnce(text: string, topics: TopicCatalogue | null, isEarlier = false): Once {
  const written = withBackticks(text);
  try {
    const draft = new FilterDraft(written, isEarlier);
    const tokens = written.length > FILTER_LIMITS.characters ? [] : tokenise(written, isEarlier);
    const filter = new FilterReader(draft, topics, tokens).read();
    draft.later(() => hintAtSlips(draft, tokens));
    return { ok: true, filter, hints: () => [...draft.hints(), ...hintsOf(filter)] };
  } catch (mistake) {
    if (mistake instanceof Mistake) return { ok: false, slip: mistake.slip };
    throw mistake;
  }
}

function reads(proposal: string | null, topics: TopicCatalogue | null): boolean {
  return proposal === null || readOnce(proposal, topics).ok;
}
