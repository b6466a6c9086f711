import { withBackticks } from '#src/foundation/visible-text.ts';
import { countWords } from '../text/analyse.ts';
import { failExcludedTooLate, failUnknownField, inQuotes, withMendedValue } from './field-slips.ts';
import type { Filter, Parsed } from './filter.ts';
import { FilterDraft, Mistake } from './filter-draft.ts';
import { type Field, fieldNamed } from './filter-fields.ts';
import { hintsOf, onlyExcludes } from './filter-hints.ts';
import { type Binding, isWordless, readLeaf } from './filter-leaf.ts';
import { type FilterToken, tokenise } from './filter-lexer.ts';
import { failBracket, hintAtSlips } from './filter-slips.ts';
import { isOnlyComparison, isPartOfValue, readValue } from './filter-values.ts';

import { type Once, withProposal } from './mended-filter.ts';
import { failHanging, failNothing } from './operand-slips.ts';
import { isPastedTitle } from './pasted-title.ts';
import { ofOnePerson } from './person.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';
import { mendValue } from './value-slips.ts';

/** docs/filters.md tells them to users. */
export const FILTER_LIMITS = { characters: 1000, terms: 64, depth: 16 } as const;

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

type FieldToken = FilterToken & { kind: 'field' };
type LeafToken = FilterToken & { kind: 'word' | 'quote' };

/** or := and (OR and)*; and := unary ((AND)? unary)*; unary := (NOT | -)* primary; primary := group, field, word or phrase. */
class FilterReader {
  readonly #draft: FilterDraft;
  readonly #topics: TopicCatalogue | null;
  readonly #tokens: readonly FilterToken[];
  #at = 0;
  #depth = 0;
  #terms = 0;
  #title: boolean | null = null;

  constructor(draft: FilterDraft, topics: TopicCatalogue | null, tokens: readonly FilterToken[]) {
    this.#draft = draft;
    this.#topics = topics;
    this.#tokens = tokens;
  }

  read(): Filter {
    const { characters } = FILTER_LIMITS;
    if (this.#draft.text.length > characters)
      this.#draft.fail(characters, `A filter has at most ${characters} characters`);
    if (this.#tokens.length === 0)
      this.#draft.fail(0, 'The filter is empty', 'diffusion OR "score matching"');
    const bracket = this.#tokens.find(({ kind }) => kind === 'bracket');
    if (bracket !== undefined) failBracket(bracket, this.#tokens, this.#draft);
    const filter = this.#alternatives(null, null);
    const rest = this.#next();
    if (rest !== null) this.#draft.fail(rest.start, 'This bracket closes nothing', this.#draft.without(rest));
    return filter;
  }

  #alternatives(binding: Binding | null, opened: FilterToken | null): Filter {
    const parts = [this.#conjunction(binding, opened)];
    for (let token = this.#next(); token?.kind === 'or'; token = this.#next()) {
      this.#at++;
      parts.push(this.#conjunction(binding, token));
    }
    return joined('or', parts);
  }

  /** `after`: what asks for an operand here, an OR or an opening bracket. */
  #conjunction(binding: Binding | null, after: FilterToken | null): Filter {
    const parts: Filter[] = [];
    let asking = after;
    let skipped: FilterToken | null = null;
    let lastSkipped: FilterToken | null = null;
    for (
      let token = this.#next();
      token !== null && token.kind !== 'or' && token.kind !== 'close';
      token = this.#next()
    ) {
      if (token.kind === 'and') {
        if (parts.length === 0 || asking?.kind === 'and')
          failHanging(asking?.kind === 'open' ? token : (asking ?? token), this.#draft);
        asking = token;
        this.#at++;
      } else if (isWordless(token, this.#draft)) {
        skipped ??= token;
        lastSkipped = token;
        this.#skip(token);
      } else {
        parts.push(this.#unary(binding));
        asking = null;
      }
    }
    if (asking?.kind === 'and') failHanging(asking, this.#draft);
    if (parts.length === 0) failNothing({ asking, skipped, lastSkipped, next: this.#next() }, this.#draft);
    return joined('and', parts);
  }

  #unary(binding: Binding | null): Filter {
    let negated = false;
    let sign: FilterToken | null = null;
    for (let token = this.#next(); token?.kind === 'not' || token?.kind === 'minus'; token = this.#next()) {
      negated = !negated;
      sign = token;
      this.#at++;
    }
    const part = this.#primary(binding, sign);
    if (!negated) return part;
    return part.kind === 'not' ? part.part : { kind: 'not', part };
  }

  #primary(binding: Binding | null, sign: FilterToken | null): Filter {
    const token = this.#next();
    if (token === null || token.kind === 'or' || token.kind === 'and' || token.kind === 'close')
      return failHanging(sign ?? token, this.#draft);
    if (token.kind === 'open') return this.#group(binding);
    if (token.kind === 'field') return this.#fielded(token, binding);
    if (token.kind === 'bad') throw new Mistake(token.slip);
    if (token.kind !== 'word' && token.kind !== 'quote') return failHanging(token, this.#draft);
    return this.#leaf(token, binding);
  }

  #group(binding: Binding | null): Filter {
    const open = this.#tokens[this.#at++];
    if (++this.#depth > FILTER_LIMITS.depth) {
      this.#draft.fail(open.start, `Brackets can stand in one another ${FILTER_LIMITS.depth} deep at most`);
    }
    const filter = this.#alternatives(binding, open);
    const stop = this.#next();
    if (stop?.kind === 'bad') throw new Mistake(stop.slip);
    if (stop?.kind !== 'close') {
      this.#draft.fail(
        open.start,
        'The bracket that opens here is not closed',
        `${this.#draft.text.trimEnd()})`,
      );
    }
    this.#at++;
    this.#depth--;
    return filter;
  }

  #fielded(token: FieldToken, outer: Binding | null): Filter {
    const field = fieldNamed(token.name) ?? failUnknownField(token, this.#draft);
    if (outer !== null)
      this.#draft.fail(token.start, `${token.name}: cannot stand inside the brackets of another field`);
    this.#at++;
    const next = this.#next();
    if (next?.kind === 'minus' || next?.kind === 'not') failExcludedTooLate(token, next, this.#draft);
    if (next?.kind === 'bad') throw new Mistake(next.slip);
    if (next === null || next.kind === 'or' || next.kind === 'and' || next.kind === 'close') {
      this.#draft.fail(
        token.start,
        `Nothing follows ${token.name}: here; what it looks for stands right after it`,
        this.#draft.without(token),
      );
    }
    if (field.kind === 'number' || field.kind === 'date' || field.kind === 'age')
      return this.#valued(token, field);
    if (next.kind === 'open') {
      const group = this.#group(field);
      return field.kind === 'text' && field.field === 'author' ? ofOnePerson(group) : group;
    }
    if (next.kind === 'field')
      this.#draft.fail(
        next.start,
        `After ${token.name}: comes a word, a phrase or a group in brackets, no other field`,
        this.#draft.without(token),
      );
    return this.#leaf(next as LeafToken, field);
  }

  #valued(token: FieldToken, field: Extract<Field, { kind: 'number' | 'date' | 'age' }>): Filter {
    const first = this.#tokens[this.#at++];
    const second = this.#next();
    const apart = first.kind === 'word' && isOnlyComparison(first.text) && second?.kind === 'word';
    if (apart) this.#at++;
    const end = apart ? second.end : first.end;
    const written =
      first.kind === 'word'
        ? first.text + (apart ? second.text : '')
        : this.#draft.text.slice(first.start, end);
    const value = readValue(field, written);
    if ('message' in value)
      this.#draft.fail(
        first.start,
        value.message,
        withMendedValue(token, field, this.#draft),
        // `When Benchmarks Age: ...`: a pasted title.
        first.start > token.end ? inQuotes(token, this.#draft) : null,
      );
    this.#count(token.start);
    this.#hintAtLongerValue(token, field, end);
    return value.filter;
  }

  // `upvotes:10 to 20` and `comments:5 or more` can be read, but not as they were meant.
  #hintAtLongerValue(
    token: FieldToken,
    field: Extract<Field, { kind: 'number' | 'date' | 'age' }>,
    end: number,
  ): void {
    const next = this.#next();
    if (next?.kind !== 'word' || !isPartOfValue(next.text)) return;
    const meant = mendValue(field, this.#draft.text.slice(token.end));
    if (meant === null || token.end + meant.length <= end) return;
    const range = { start: token.start, end: token.end + meant.length };
    const right = meant.terms.join(' ');
    this.#draft.note(
      range,
      meant.terms.length > 1 ? `(${right})` : right,
      (written) => `${written} is read only in part; it is written ${right}`,
    );
  }

  #leaf(token: LeafToken, binding: Binding | null): Filter {
    this.#at++;
    this.#count(token.start);
    return readLeaf(token, binding, this.#draft, this.#topics);
  }

  // They do not change what is looked for.
  #skip(token: FilterToken): void {
    this.#at++;
    const written = this.#draft.text.slice(token.start, token.end);
    if (isPunctuation(written) && (!/[&+]/.test(written) || this.#isTitle)) return;
    this.#draft.note(token, '', /\p{L}/u.test(written) ? tellNoWord : tellLeftOut);
  }

  get #isTitle(): boolean {
    this.#title ??= isPastedTitle(this.#tokens);
    return this.#title;
  }

  #count(position: number): void {
    if (++this.#terms > FILTER_LIMITS.terms)
      this.#draft.fail(position, `A filter has at most ${FILTER_LIMITS.terms} terms`);
  }

  #next(): FilterToken | null {
    return this.#tokens[this.#at] ?? null;
  }
}

// As titles have it: dashes, points; a slash may have been an OR.
function isPunctuation(written: string): boolean {
  return /^[\p{P}+]+$/u.test(written) && !/[/\\]/.test(written);
}

// `\quad`: layout of TeX.
function tellNoWord(written: string): string {
  return `${written} is left out: nothing of it is searched`;
}

function tellLeftOut(written: string, many: boolean): string {
  return many
    ? `${written} are left out: there is no letter or digit in them`
    : `${written} is left out: there is no letter or digit in it`;
}

/** One node for the same operator side by side, however it was bracketed. */
function joined(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  if (parts.length === 1) return parts[0];
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  return { kind, parts: flat };
}
