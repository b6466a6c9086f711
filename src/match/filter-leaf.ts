import { withoutAddresses } from './addresses.ts';
import { analyse, countWords } from './analyse.ts';
import { readCategoryPattern } from './categories.ts';
import type { Filter, TextField, TextLeaf } from './filter.ts';
import type { FilterDraft } from './filter-draft.ts';
import { type Field, lacksColon } from './filter-fields.ts';
import { type FilterToken, isOperator, plainSigns } from './filter-lexer.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';

type WordToken = FilterToken & { kind: 'word' };
type QuoteToken = FilterToken & { kind: 'quote' };

/** What a field makes of the words in it. */
export type Binding = Extract<Field, { kind: 'text' | 'category' | 'topic' }>;

/** Reads one word or phrase, alone or of a field. Throws Mistake. */
export function readLeaf(
  token: WordToken | QuoteToken,
  binding: Binding | null,
  draft: FilterDraft,
  topics: TopicCatalogue | null,
): Filter {
  if (binding?.kind === 'category') return readCategory(token, draft);
  if (binding?.kind === 'topic') return readTopic(token, draft, topics);
  const field = binding === null ? null : binding.field;
  return token.kind === 'quote' ? readPhrase(token, field, draft) : readWord(token, field, draft);
}

/** Whether there is neither letter nor digit in it, and no sign of the language. */
export function isWordless(token: FilterToken): boolean {
  if (token.kind !== 'word' || /[*＊]/.test(token.text)) return false;
  return countWords(token.text) === 0;
}

/** Says that there is no word in it. Throws Mistake. */
export function failWordless(token: FilterToken, draft: FilterDraft): never {
  const reason =
    token.kind === 'word' && withoutAddresses(token.text) !== token.text
      ? `${draft.quote(token)} is a web address, and the words of addresses are not searched`
      : `There is no letter or digit in ${draft.quote(token)}`;
  return draft.fail(token.start, reason, draft.without(token));
}

function readCategory(token: WordToken | QuoteToken, draft: FilterDraft): Filter {
  const written = plain(token.text);
  const pattern = readCategoryPattern(written);
  if (pattern !== null) return { kind: 'category', pattern };
  const right = readCategoryPattern(written.replace(/\.?\*[\s\S]*$/, '.*'));
  return draft.fail(
    token.start,
    `${draft.quote(token)} is no arXiv category; they look like cs.LG, or cs.* for a whole archive`,
    right === null ? null : draft.replaced(token, right),
  );
}

function readTopic(token: WordToken | QuoteToken, draft: FilterDraft, topics: TopicCatalogue | null): Filter {
  const name = plain(token.text);
  const topic = topics?.find(name) ?? null;
  if (topic !== null) return { kind: 'topic', name: topic.name, filter: topic.filter };
  const nearest = topics?.nearest(name) ?? null;
  const right = nearest === null ? null : draft.replaced(token, nearest);
  return draft.fail(
    token.start,
    `There is no topic ${draft.quote(token)}; the topic option of /subscribe lists them all`,
    right,
  );
}

function plain(written: string): string {
  return plainSigns(written)
    .replace(/(?<![,;.])[,;.]+$/, '')
    .trim();
}

function readPhrase(token: QuoteToken, field: TextField | null, draft: FilterDraft): Filter {
  const { text, within, start } = token;
  const words = countWords(text);
  if (words === 0) draft.fail(start, 'There is no word between these quotes', draft.without(token));
  if (within !== null && words < 2) {
    draft.fail(
      start,
      'Nearness takes two words or more between the quotes',
      draft.replaced(token, `"${text}"`),
    );
  }
  if (/\p{L}{3}[*＊]/u.test(text)) {
    draft.hint(
      start,
      'A star between quotes is only punctuation: write beginnings of words without quotes, as in prun*',
    );
  }
  return { kind: 'phrase', text, field, within };
}

function readWord(token: WordToken, field: TextField | null, draft: FilterDraft): Filter {
  const text = withoutEnd(token.text);
  refuseSlips(token, text, draft);
  if (isWordless(token)) failWordless(token, draft);
  if (/^(and|or|not)$/i.test(text)) hintAtOperator(token, text.toUpperCase(), draft);
  return /[*＊]/.test(text) ? readPrefix(token, text, field, draft) : { kind: 'word', text, field };
}

/** A word without the punctuation after it, unless it is that punctuation that makes it a word: `NOT,`. */
function withoutEnd(written: string): string {
  const bare = written.replace(/(?<=[\p{L}\p{N}*＊+#}])[,.;!?…、。，；！？]+$/u, '');
  if (isOperator(bare)) return written;
  return ENDS_IN_POINTS.test(bare) && written[bare.length] === '.' ? `${bare}.` : bare;
}

// `U.S.A.` without the last of its points.
const ENDS_IN_POINTS = /(?<![\p{L}\p{N}])\p{L}\.\p{L}$/u;

/** Signs of the language in a place where they would silently mean nothing. */
function refuseSlips(token: WordToken, text: string, draft: FilterDraft): void {
  const meant = lacksColon(text);
  if (meant !== null)
    draft.fail(token.start, 'A colon is missing before the comparison', draft.replaced(token, meant));
  if (/^[<>=≤≥＜＞＝]+\d+$/.test(text)) {
    draft.fail(
      token.start,
      'A comparison needs a figure before it',
      draft.replaced(token, `upvotes:${text}`),
    );
  }
  if (/[~～]\d*$/.test(text)) {
    const right = draft.replaced(token, text.replace(/[~～]\d*$/, ''));
    draft.fail(token.start, 'Nearness takes two words or more between quotes, as in "state space"~5', right);
  }
}

function readPrefix(token: WordToken, text: string, field: TextField | null, draft: FilterDraft): TextLeaf {
  const beginning = text.slice(0, -1);
  const quoted = draft.replaced(token, `"${text}"`);
  if (/[*＊]/.test(beginning) || !/[*＊]$/.test(text)) {
    draft.fail(token.start, 'A star stands only at the end of the beginning of a word, as in prun*', quoted);
  }
  const letters = analyse(beginning).reduce((count, { fold }) => count + [...fold].length, 0);
  if (letters < 3) draft.fail(token.start, 'At least three letters stand before a star', quoted);
  return { kind: 'prefix', text: beginning, field };
}

// Titles are pasted as they are: "cats and dogs" is to find cats and dogs.
function hintAtOperator(token: WordToken, operator: string, draft: FilterDraft): void {
  const message = `${draft.quote(token)} is an ordinary word here; the operator is written ${operator}`;
  draft.hint(token.start, message, draft.replaced(token, operator));
}
