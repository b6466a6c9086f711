import { analyse, countWords } from './analyse.ts';
import { readCategoryPattern } from './categories.ts';
import type { Filter, FilterError, Parsed, TextField, TextLeaf } from './filter.ts';
import { type Field, fieldNamed, lacksColon, nearestField } from './filter-fields.ts';
import { hintsOf } from './filter-hints.ts';
import { type FilterToken, isOperator, plainSigns, tokenise } from './filter-lexer.ts';
import { isOnlyComparison, readValue } from './filter-values.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';

/** docs/filters.md tells them to users. */
export const FILTER_LIMITS = { characters: 1000, terms: 64, depth: 16 } as const;

/**
 * Reads a filter. Never throws: a bad filter is a FilterError with the place, the reason and, where one is known, a
 * corrected filter. Linear in the length of the text.
 */
export function parseFilter(text: string, { topics }: { topics: TopicCatalogue | null }): Parsed {
  try {
    const reader = new FilterReader(text, topics);
    const filter = reader.read();
    return { ok: true, filter, hints: [...reader.hints, ...hintsOf(filter)] };
  } catch (mistake) {
    if (mistake instanceof Mistake) return { ok: false, error: mistake.error };
    throw mistake;
  }
}

// More would only bury the first ones, and cost time.
const MOST_HINTS = 8;

/** Carries a FilterError out of the depth of the reader; it never leaves this file. */
class Mistake extends Error {
  readonly error: FilterError;

  constructor(error: FilterError) {
    super(error.message);
    this.error = error;
  }
}

type WordToken = FilterToken & { kind: 'word' };
type QuoteToken = FilterToken & { kind: 'quote' };
type FieldToken = FilterToken & { kind: 'field' };

/** What a field's group makes of the words in it. */
type Binding = Extract<Field, { kind: 'text' | 'category' | 'topic' }>;

/** or := and (OR and)*; and := unary ((AND)? unary)*; unary := (NOT | -)* primary; primary := group, field, word or phrase. */
class FilterReader {
  readonly hints: FilterError[] = [];
  readonly #text: string;
  readonly #topics: TopicCatalogue | null;
  readonly #tokens: readonly FilterToken[];
  #at = 0;
  #depth = 0;
  #terms = 0;

  constructor(text: string, topics: TopicCatalogue | null) {
    this.#text = text;
    this.#topics = topics;
    this.#tokens = text.length > FILTER_LIMITS.characters ? [] : tokenise(text);
  }

  read(): Filter {
    const { characters } = FILTER_LIMITS;
    if (this.#text.length > characters)
      this.#fail(characters, `A filter has at most ${characters} characters`);
    if (this.#tokens.length === 0) this.#fail(0, 'The filter is empty', 'diffusion OR "score matching"');
    const filter = this.#alternatives(null, null);
    const rest = this.#next();
    if (rest !== null) this.#fail(rest.start, 'This bracket closes nothing', this.#without(rest));
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
    for (
      let token = this.#next();
      token !== null && token.kind !== 'or' && token.kind !== 'close';
      token = this.#next()
    ) {
      if (token.kind === 'and') {
        if (parts.length === 0 || asking?.kind === 'and')
          this.#hanging(asking?.kind === 'open' ? token : (asking ?? token));
        asking = token;
        this.#at++;
      } else if (this.#isWordless(token)) {
        skipped ??= token;
        this.#skip(token);
      } else {
        parts.push(this.#unary(binding));
        asking = null;
      }
    }
    if (asking?.kind === 'and') this.#hanging(asking);
    if (parts.length === 0) this.#nothingHere(asking, skipped);
    return joined('and', parts);
  }

  #nothingHere(asking: FilterToken | null, skipped: FilterToken | null): never {
    if (skipped !== null) this.#wordless(skipped);
    const token = this.#next();
    if (asking?.kind === 'open' && token?.kind === 'close')
      this.#fail(asking.start, 'There is nothing between these brackets', this.#cut(asking.start, token.end));
    if (asking?.kind === 'open' && token === null)
      this.#fail(asking.start, 'The bracket that opens here is not closed');
    if (asking !== null && asking.kind !== 'open') this.#hanging(asking);
    if (token?.kind === 'close') this.#fail(token.start, 'This bracket closes nothing', this.#without(token));
    return this.#hanging(token ?? this.#tokens[0]);
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
      return this.#hanging(sign ?? token);
    if (token.kind === 'open') return this.#group(binding);
    if (token.kind === 'field') return this.#fielded(token, binding);
    if (token.kind === 'bad') throw new Mistake(token.error);
    if (token.kind !== 'word' && token.kind !== 'quote') return this.#hanging(token);
    this.#at++;
    return this.#leaf(token, binding);
  }

  #group(binding: Binding | null): Filter {
    const open = this.#tokens[this.#at++];
    if (++this.#depth > FILTER_LIMITS.depth) {
      this.#fail(open.start, `Brackets can stand in one another ${FILTER_LIMITS.depth} deep at most`);
    }
    const filter = this.#alternatives(binding, open);
    if (this.#next()?.kind !== 'close') {
      this.#fail(open.start, 'The bracket that opens here is not closed', `${this.#text.trimEnd()})`);
    }
    this.#at++;
    this.#depth--;
    return filter;
  }

  #fielded(token: FieldToken, outer: Binding | null): Filter {
    const field = fieldNamed(token.name) ?? this.#unknownField(token);
    if (outer !== null)
      this.#fail(token.start, `${token.name}: cannot stand inside the brackets of another field`);
    this.#at++;
    const next = this.#next();
    if (next?.kind === 'minus' || next?.kind === 'not') this.#excludedTooLate(token, next);
    if (next?.kind === 'bad') throw new Mistake(next.error);
    if (next === null || next.kind === 'or' || next.kind === 'and' || next.kind === 'close') {
      this.#fail(token.start, `Nothing follows ${token.name}:`);
    }
    if (field.kind === 'number' || field.kind === 'date' || field.kind === 'age')
      return this.#valued(token, field);
    if (next.kind === 'open') return this.#group(field);
    if (next.kind === 'field')
      this.#fail(
        next.start,
        `After ${token.name}: comes a word, a phrase or a group in brackets, no other field`,
      );
    this.#at++;
    return this.#leaf(next as WordToken | QuoteToken, field);
  }

  #valued(token: FieldToken, field: Extract<Field, { kind: 'number' | 'date' | 'age' }>): Filter {
    const first = this.#tokens[this.#at++];
    const second = this.#next();
    const apart = first.kind === 'word' && isOnlyComparison(first.text) && second?.kind === 'word';
    if (apart) this.#at++;
    const end = apart ? second.end : first.end;
    const written =
      first.kind === 'word' ? first.text + (apart ? second.text : '') : this.#text.slice(first.start, end);
    const value = readValue(field, written);
    if ('message' in value) {
      const right =
        value.right === null ? null : this.#replaced(token.start, end, `${token.name}:${value.right}`);
      this.#fail(first.start, value.message, right);
    }
    this.#count(token.start);
    return value.filter;
  }

  #leaf(token: WordToken | QuoteToken, binding: Binding | null): Filter {
    this.#count(token.start);
    if (binding?.kind === 'category') return this.#category(token);
    if (binding?.kind === 'topic') return this.#topic(token);
    const field = binding === null ? null : binding.field;
    return token.kind === 'quote' ? this.#phrase(token, field) : this.#word(token, field);
  }

  #category(token: WordToken | QuoteToken): Filter {
    const written = plain(token.text);
    const pattern = readCategoryPattern(written);
    if (pattern !== null) return { kind: 'category', pattern };
    const right = readCategoryPattern(written.replace(/\.?\*.*$/, '.*'));
    return this.#fail(
      token.start,
      `"${clip(written)}" is no arXiv category; they look like cs.LG, or cs.* for a whole archive`,
      right === null ? null : this.#replaced(token.start, token.end, right),
    );
  }

  #topic(token: WordToken | QuoteToken): Filter {
    const name = plain(token.text);
    const topic = this.#topics?.find(name) ?? null;
    if (topic !== null) return { kind: 'topic', name: topic.name, filter: topic.filter };
    const nearest = this.#topics?.nearest(name) ?? null;
    const right = nearest === null ? null : this.#replaced(token.start, token.end, nearest);
    return this.#fail(token.start, `There is no topic "${clip(name)}"; /topics lists them all`, right);
  }

  #phrase(token: QuoteToken, field: TextField | null): Filter {
    const words = countWords(token.text);
    if (words === 0) this.#fail(token.start, 'There is no word between these quotes', this.#without(token));
    if (token.within !== null && words < 2) {
      this.#fail(
        token.start,
        'Nearness takes two words or more between the quotes',
        this.#replaced(token.start, token.end, `"${token.text}"`),
      );
    }
    if (/\p{L}{3}[*＊]/u.test(token.text)) {
      this.#hint(
        token,
        'A star between quotes is only punctuation: a beginning of a word stands without quotes, as in prun*',
      );
    }
    return { kind: 'phrase', text: token.text, field, within: token.within };
  }

  #word(token: WordToken, field: TextField | null): Filter {
    const text = withoutEnd(token.text);
    this.#refuseSlips(token, text);
    if (this.#isWordless(token)) this.#wordless(token);
    if (/^(and|or|not)$/i.test(text)) this.#lowerCaseOperator(token);
    return /[*＊]/.test(text) ? this.#prefix(token, text, field) : { kind: 'word', text, field };
  }

  /** Signs of the language in a place where they would silently mean nothing. */
  #refuseSlips(token: WordToken, text: string): void {
    const meant = lacksColon(text);
    if (meant !== null)
      this.#fail(
        token.start,
        'A colon is missing before the comparison',
        this.#replaced(token.start, token.end, meant),
      );
    if (/^[<>=≤≥＜＞＝]+\d+$/.test(text)) {
      this.#fail(
        token.start,
        'A comparison needs a figure before it',
        this.#replaced(token.start, token.end, `upvotes:${text}`),
      );
    }
    if (/[~～]\d*$/.test(text)) {
      const right = text.replace(/[~～]\d*$/, '');
      this.#fail(
        token.start,
        'Nearness takes two words or more between quotes, as in "state space"~5',
        this.#replaced(token.start, token.end, right),
      );
    }
  }

  #prefix(token: WordToken, text: string, field: TextField | null): TextLeaf {
    const beginning = text.slice(0, -1);
    const quoted = this.#replaced(token.start, token.end, `"${text}"`);
    if (/[*＊]/.test(beginning) || !/[*＊]$/.test(text)) {
      this.#fail(
        token.start,
        'A star stands only at the end of the beginning of a word, as in prun*',
        quoted,
      );
    }
    const letters = analyse(beginning).reduce((count, { fold }) => count + [...fold].length, 0);
    if (letters < 3) this.#fail(token.start, 'At least three letters stand before a star', quoted);
    return { kind: 'prefix', text: beginning, field };
  }

  #lowerCaseOperator(token: WordToken): void {
    const operator = token.text.toUpperCase();
    this.#hint(
      token,
      `"${token.text}" is an ordinary word here; the operator is written ${operator}`,
      this.#replaced(token.start, token.end, operator),
    );
  }

  #unknownField(token: FieldToken): never {
    const written = this.#text.slice(token.start, token.end - 1);
    const nearest = nearestField(token.name);
    const message = `There is no field "${clip(written)}"; put quotes around words with a colon in them`;
    if (nearest !== null)
      this.#fail(token.start, message, this.#replaced(token.start, token.end, `${nearest}:`));
    const end = token.end + (/^[^\s"()]*/.exec(this.#text.slice(token.end))?.[0].length ?? 0);
    return this.#fail(
      token.start,
      message,
      this.#replaced(token.start, end, `"${this.#text.slice(token.start, end)}"`),
    );
  }

  #excludedTooLate(field: FieldToken, sign: FilterToken): never {
    const rest = this.#text.slice(sign.end).trimStart();
    const right = `${this.#text.slice(0, field.start)}-${field.name}:${rest}`;
    return this.#fail(sign.start, `What excludes stands before the field: -${field.name}:`, right);
  }

  #hanging(token: FilterToken | null): never {
    const { start, end } = token ?? { start: 0, end: 0 };
    return this.#fail(
      start,
      `"${clip(this.#text.slice(start, end))}" has nothing to work on here`,
      token === null ? null : this.#without(token),
    );
  }

  #isWordless(token: FilterToken): boolean {
    return (
      token.kind === 'word' &&
      !/[*＊]/.test(token.text) &&
      !/^[<>=≤≥]+\d/.test(token.text) &&
      countWords(token.text) === 0
    );
  }

  #wordless(token: FilterToken): never {
    const written = this.#text.slice(token.start, token.end);
    return this.#fail(token.start, `There is no letter or digit in "${clip(written)}"`, this.#without(token));
  }

  // Signs and emoji between words, as titles have them, do not change what is looked for.
  #skip(token: FilterToken): void {
    this.#at++;
    if (this.hints.length >= MOST_HINTS) return;
    const written = this.#text.slice(token.start, token.end);
    this.#hint(
      token,
      `"${clip(written)}" is left out: there is no letter or digit in it`,
      this.#without(token),
    );
  }

  #count(position: number): void {
    if (++this.#terms > FILTER_LIMITS.terms)
      this.#fail(position, `A filter has at most ${FILTER_LIMITS.terms} terms`);
  }

  #hint(token: FilterToken, message: string, proposal: string | null = null): void {
    this.hints.push({ position: token.start, message: `${message}.`, proposal });
  }

  #next(): FilterToken | null {
    return this.#tokens[this.#at] ?? null;
  }

  #without({ start, end }: FilterToken): string | null {
    return this.#cut(start, end);
  }

  #cut(start: number, end: number): string | null {
    return this.#replaced(start, end, '');
  }

  #replaced(start: number, end: number, by: string): string | null {
    const right = `${this.#text.slice(0, start)}${by}${this.#text.slice(end)}`.replace(/\s+/g, ' ').trim();
    return right === '' ? null : right;
  }

  #fail(position: number, message: string, proposal: string | null = null): never {
    throw new Mistake({ position, message: `${message}.`, proposal });
  }
}

/** A message quotes the beginning of a long thing only. */
function clip(written: string): string {
  return written.length <= 40 ? written : `${[...written].slice(0, 40).join('')}…`;
}

function plain(written: string): string {
  return plainSigns(written)
    .replace(/[,;.]+$/, '')
    .trim();
}

/** A word without the punctuation after it, unless it is that punctuation that makes it a word: `NOT,`. */
function withoutEnd(written: string): string {
  const bare = written.replace(/(?<=[\p{L}\p{N}*＊+#}])[,.;!?…、。，；！？]+$/u, '');
  return isOperator(bare) ? written : bare;
}

/** One node for the same operator side by side, however it was bracketed. */
function joined(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  return flat.length === 1 ? flat[0] : { kind, parts: flat };
}
