import { markdown, phrase } from '#src/wording/phrase.ts';
import type { Value } from '#src/wording/values.ts';
import { withoutAddresses } from '../text/addresses.ts';
import { analyse, countWords } from '../text/analyse.ts';
import {
  categoryHere,
  categoryNamed,
  isCategory,
  nearestCategory,
  readCategoryPattern,
} from './categories.ts';
import type { Filter, TextField, TextLeaf } from './filter.ts';
import type { FilterDraft, Range, Tell } from './filter-draft.ts';
import { comparedBy, type Field, lacksColon } from './filter-fields.ts';
import { type FilterToken, isOperator } from './filter-lexer.ts';
import { plainFilterSigns } from './filter-signs.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';

type WordToken = FilterToken & { kind: 'word' };
type QuoteToken = FilterToken & { kind: 'quote' };

/** What a field makes of the words in it. */
export type Binding = Extract<Field, { kind: 'text' | 'category' | 'topic' | 'venue' }>;

/** Reads one word or phrase, alone or of a field. Throws Mistake. */
export function readLeaf(
  token: WordToken | QuoteToken,
  binding: Binding | null,
  draft: FilterDraft,
  topics: TopicCatalogue | null,
): Filter {
  if (binding?.kind === 'category') return readCategory(token, draft);
  if (binding?.kind === 'topic') return readTopic(token, draft, topics);
  if (binding?.kind === 'venue') return readVenue(token, draft);
  const field = binding === null ? null : binding.field;
  return token.kind === 'quote' ? readPhrase(token, field, draft) : readWord(token, field, draft);
}

/** Whether there is neither letter nor digit in it, and no sign of the language. */
export function isWordless(token: FilterToken, draft: FilterDraft): boolean {
  if (token.kind !== 'word' || /[*＊]/.test(token.text)) return false;
  return hasNoWord(token.text, draft);
}

// The words of web addresses and of TeX's layout counted once: a filter that has them finds with the rest of it.
function hasNoWord(text: string, { isEarlier }: FilterDraft): boolean {
  return isEarlier ? !/[\p{L}\p{N}]/u.test(text) : countWords(text) === 0;
}

/** Says that there is no word in it, nor in what follows until `end`. Throws Mistake. */
export function failWordless(token: FilterToken, draft: FilterDraft, end = token.end): never {
  const reason =
    token.kind === 'word' && withoutAddresses(token.text) !== token.text
      ? 'syntax.isAddress'
      : 'syntax.noLetter';
  const message = phrase(reason, { written: draft.quote(token) });
  return draft.fail(token.start, message, draft.without({ start: token.start, end }));
}

function readCategory(token: WordToken | QuoteToken, draft: FilterDraft): Filter {
  const pattern = readCategoryPattern(plain(token.text));
  if (pattern === null) return failNoCategory(token, draft);
  if (!isCategory(pattern)) draft.later(() => noteCategory(token, draft));
  return { kind: 'category', pattern };
}

function failNoCategory(token: WordToken | QuoteToken, draft: FilterDraft): never {
  const { range, meant } = categoryMeant(token, draft);
  const right = meant === null ? null : draft.replaced(range, meant);
  return draft.fail(token.start, unknownCategory(draft.quote(token), 1), right);
}

function noteCategory(token: WordToken | QuoteToken, draft: FilterDraft): void {
  if (draft.isFull) return;
  const { range, meant } = categoryMeant(token, draft);
  draft.note(range, meant, meant === null ? tellUnknownCategory : tellNoCategory);
}

/** The category or categories that were meant, null for none that is known, and the place of the words that say so. */
function categoryMeant(
  token: WordToken | QuoteToken,
  draft: FilterDraft,
): { range: Range; meant: string | null } {
  const here = token.kind === 'word' ? categoryHere(draft.text.slice(token.start)) : null;
  const end = here === null ? token.end : token.start + here.length;
  const meant = here?.category ?? categoriesIn(plain(token.text));
  return { range: { start: token.start, end }, meant };
}

const tellNoCategory: Tell = (written, { length }) => phrase('syntax.noCategory', { written, n: length });
const tellUnknownCategory: Tell = (written, { length }) => unknownCategory(written, length);
const tellQuotedStar: Tell = () => phrase('syntax.quotedStar', { like: markdown('prun*') });

function unknownCategory(written: Value, n: number) {
  return phrase('syntax.unknownCategory', { written, n, all: markdown('cs.*') });
}

/** `cs.LG;cs.CL` as a group, one category or a name of one as it is written; null where one is not known. */
function categoriesIn(written: string): string | null {
  const whole = categoryNamed(written);
  if (whole !== null) return whole;
  const all = written
    .split(/[,;/|+&，；、]/)
    .filter((one) => one.trim() !== '')
    // A star stands for all of an archive: cs*, cs.L*.
    .map((one) =>
      nearestCategory(/^[a-z-]+\.?[a-z]{0,2}\*+$/i.exec(one) ? one.split(/[.*]/)[0] : one.trim()),
    );
  if (all.length === 0 || all.some((one) => one === null)) return null;
  return all.length === 1 ? all[0] : `(${all.join(' OR ')})`;
}

/** Written like a word or a phrase of a text; nearness has no meaning in a name. */
function readVenue(token: WordToken | QuoteToken, draft: FilterDraft): Filter {
  const leaf = token.kind === 'quote' ? readPhrase(token, null, draft) : readWord(token, null, draft);
  if (leaf.kind === 'phrase' && leaf.within !== null) {
    const right = draft.replaced(token, `"${leaf.text}"`);
    draft.fail(token.start, phrase('syntax.venueNearness'), right);
  }
  return { kind: 'venue', form: leaf.kind, text: leaf.text };
}

function readTopic(token: WordToken | QuoteToken, draft: FilterDraft, topics: TopicCatalogue | null): Filter {
  const name = plain(token.text);
  const topic = topics?.find(name) ?? null;
  if (topic !== null) return { kind: 'topic', name: topic.name, filter: topic.filter };
  const right = topics === null ? null : topicsIn(name, topics);
  return draft.fail(
    token.start,
    phrase('syntax.noTopic', { written: draft.quote(token) }),
    right === null ? null : draft.replaced(token, right),
    // A topic that is none is a word still.
    topicless(token, draft),
  );
}

/** One name of a topic that is near, or several with commas; null where one is not known. */
function topicsIn(name: string, topics: TopicCatalogue): string | null {
  const all = name
    .split(/[,;/+&，；、]/)
    .filter((one) => one.trim() !== '')
    .map((one) => topics.find(one)?.name ?? topics.nearest(one));
  if (all.length === 0 || all.some((one) => one === null)) return null;
  return all.length === 1 ? all[0] : `(${all.join(' OR ')})`;
}

/** The filter with the words themselves in the topic's place; null where they stand in a group of topics. */
function topicless(token: WordToken | QuoteToken, draft: FilterDraft): string | null {
  const field = /topic\s*[:：﹕]\s*$/i.exec(draft.text.slice(0, token.start));
  if (field === null) return null;
  return draft.replaced({ start: field.index, end: token.start }, '');
}

function plain(written: string): string {
  return plainFilterSigns(written)
    .replace(/(?<![,;.])[,;.]+$/, '')
    .trim();
}

function readPhrase(token: QuoteToken, field: TextField | null, draft: FilterDraft): TextLeaf {
  const { text, within, start } = token;
  if (hasNoWord(text, draft)) draft.fail(start, phrase('syntax.emptyQuotes'), draft.without(token));
  if (within !== null && countWords(text) < 2) {
    draft.fail(start, phrase('syntax.nearnessOfOne'), draft.replaced(token, `"${text}"`));
  }
  if (/\p{L}{3}[*＊]/u.test(text)) {
    draft.note(token, null, tellQuotedStar);
  }
  return { kind: 'phrase', text, field, within };
}

function readWord(token: WordToken, field: TextField | null, draft: FilterDraft): TextLeaf {
  const text = withoutEnds(token.text);
  refuseSlips(token, text, draft);
  if (isWordless(token, draft)) failWordless(token, draft);
  return /[*＊]/.test(text) ? readPrefix(token, text, field, draft) : { kind: 'word', text, field };
}

/** A word without the signs around it, unless it is they that make it a word: `NOT,`. */
function withoutEnds(written: string): string {
  const begun = written.replace(/^['’‘‚‛`´＇❛❜]+(?=[\p{L}\p{N}])/u, '');
  const bare = begun.replace(/(?<=[\p{L}\p{N}*＊+#}])[,.;!?…、。，；！？'’‘`´]+$/u, '');
  if (isOperator(bare)) return written;
  return ENDS_IN_POINTS.test(bare) && begun[bare.length] === '.' ? `${bare}.` : bare;
}

// `U.S.A.` without the last of its points.
const ENDS_IN_POINTS = /(?<![\p{L}\p{N}])\p{L}\.\p{L}$/u;

/** Signs of the language in a place where they would silently mean nothing. */
function refuseSlips(token: WordToken, text: string, draft: FilterDraft): void {
  const meant = lacksColon(text);
  if (meant !== null) draft.fail(token.start, phrase('syntax.noColon'), draft.replaced(token, meant));
  if (/^[<>=≤≥＜＞＝]+\d+$/.test(text)) {
    // `votes >20`: the figure stands apart.
    const name = /(?<![^\s(-])[a-z]{3,20}(?=\s{1,4}$)/i.exec(draft.text.slice(0, token.start).slice(-24));
    const apart = name !== null && comparedBy(name[0].toLowerCase()) !== null ? name[0] : null;
    const start =
      apart === null ? token.start : draft.text.slice(0, token.start).trimEnd().length - apart.length;
    const right = `${apart?.toLowerCase() ?? 'upvotes'}:${text}`;
    draft.fail(token.start, phrase('syntax.noFigure'), draft.replaced({ start, end: token.end }, right));
  }
  if (/^[~～]\d*$/.test(text)) {
    const around = nearnessAround(token, draft);
    draft.fail(token.start, phrase('syntax.nearnessWithoutQuotes'), around, draft.without(token));
  }
  if (/[~～]\d*$/.test(text)) {
    const right = draft.replaced(token, text.replace(/[~～]\d*$/, ''));
    draft.fail(token.start, phrase('syntax.nearnessWithoutQuotes'), right);
  }
}

function readPrefix(token: WordToken, text: string, field: TextField | null, draft: FilterDraft): TextLeaf {
  const beginning = text.slice(0, -1);
  if (/[*＊]/.test(beginning) || !/[*＊]$/.test(text)) {
    const message = phrase('syntax.starInside', { like: markdown('prun*') });
    draft.fail(token.start, message, ...withOneStar(token, text, draft));
  }
  const letters = analyse(beginning).reduce((count, { fold }) => count + [...fold].length, 0);
  const pattern = field === null ? readCategoryPattern(plainFilterSigns(text)) : null;
  const category = pattern !== null && isCategory(pattern) ? `cat:${pattern}` : null;
  if (letters < 3) {
    const quoted = draft.replaced(token, `"${text}"`);
    draft.fail(
      token.start,
      phrase('syntax.starTooSoon'),
      category && draft.replaced(token, category),
      quoted,
    );
  }
  return { kind: 'prefix', text: beginning, field };
}

/** `prun**` as `prun*`, `**bold**` and `*fusion` without stars, `pre*training` in quotes. */
function withOneStar(token: WordToken, text: string, draft: FilterDraft): (string | null)[] {
  const bare = text.replace(/^[*＊]+/, '').replace(/(?<![*＊])[*＊]+$/, '');
  if (bare === '') return [draft.without(token)];
  const isBold = /^[*＊]{2}.*[*＊]{2}$/.test(text);
  // As Markdown has it, **score matching**.
  const bold = /^\*{2}([^*]{1,100})\*{2}(?![^\s)])/.exec(draft.text.slice(token.start));
  if (bold !== null && !isBold)
    return [draft.replaced({ start: token.start, end: token.start + bold[0].length }, bold[1])];
  const star = /[*＊]$/.test(text) && !isBold ? '*' : '';
  const around = /[*＊]/.test(bare) ? [] : [draft.replaced(token, bare + star), draft.replaced(token, bare)];
  return [...around, draft.replaced(token, `"${text.replaceAll('"', '')}"`)];
}

/** `state ~5 space` as `"state space"~5`; null when there are no two words. */
function nearnessAround(token: WordToken, draft: FilterDraft): string | null {
  const head = draft.text.slice(Math.max(0, token.start - 80), token.start).trimEnd();
  const before = /(?<![\p{L}\p{N}-])[\p{L}\p{N}-]+$/u.exec(head)?.[0] ?? '';
  const after = /^\s+([\p{L}\p{N}-]{1,60})(?=[\s)）]|$)/u.exec(draft.text.slice(token.end));
  if (before === '' || after === null) return null;
  const within = Math.min(
    Math.max(Number(/(?<!\d)\d+$/.exec(plainFilterSigns(token.text))?.[0] ?? 5), 1),
    50,
  );
  const start = draft.text.slice(0, token.start).trimEnd().length - before.length;
  return draft.replaced({ start, end: token.end + after[0].length }, `"${before} ${after[1]}"~${within}`);
}
