import type { Filter, Parsed } from './filter.ts';
import { FilterDraft, Mistake } from './filter-draft.ts';
import { type Field, fieldNamed, nearestField } from './filter-fields.ts';
import { hintsOf } from './filter-hints.ts';
import { type Binding, failWordless, isWordless, readLeaf } from './filter-leaf.ts';
import { type FilterToken, tokenise } from './filter-lexer.ts';
import { isOnlyComparison, readValue } from './filter-values.ts';
import { ofOnePerson } from './person.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';

/** docs/filters.md tells them to users. */
export const FILTER_LIMITS = { characters: 1000, terms: 64, depth: 16 } as const;

/**
 * Reads a filter. Never throws: a bad filter is a FilterError with the place, the reason and, where one is known, a
 * corrected filter. Linear in the length of the text.
 */
export function parseFilter(text: string, { topics }: { topics: TopicCatalogue | null }): Parsed {
  try {
    const draft = new FilterDraft(text);
    const filter = new FilterReader(draft, topics).read();
    return { ok: true, filter, hints: [...draft.hints, ...hintsOf(filter)] };
  } catch (mistake) {
    if (mistake instanceof Mistake) return { ok: false, error: mistake.error };
    throw mistake;
  }
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

  constructor(draft: FilterDraft, topics: TopicCatalogue | null) {
    this.#draft = draft;
    this.#topics = topics;
    this.#tokens = draft.text.length > FILTER_LIMITS.characters ? [] : tokenise(draft.text);
  }

  read(): Filter {
    const { characters } = FILTER_LIMITS;
    if (this.#draft.text.length > characters)
      this.#draft.fail(characters, `A filter has at most ${characters} characters`);
    if (this.#tokens.length === 0)
      this.#draft.fail(0, 'The filter is empty', 'diffusion OR "score matching"');
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
      } else if (isWordless(token)) {
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
    if (skipped !== null) failWordless(skipped, this.#draft);
    const token = this.#next();
    if (asking?.kind === 'open' && token?.kind === 'close')
      this.#draft.fail(
        asking.start,
        'There is nothing between these brackets',
        this.#draft.without({ start: asking.start, end: token.end }),
      );
    if (asking?.kind === 'open' && token === null)
      this.#draft.fail(asking.start, 'The bracket that opens here is not closed');
    if (asking !== null && asking.kind !== 'open') this.#hanging(asking);
    if (token?.kind === 'close')
      this.#draft.fail(token.start, 'This bracket closes nothing', this.#draft.without(token));
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
    return this.#leaf(token, binding);
  }

  #group(binding: Binding | null): Filter {
    const open = this.#tokens[this.#at++];
    if (++this.#depth > FILTER_LIMITS.depth) {
      this.#draft.fail(open.start, `Brackets can stand in one another ${FILTER_LIMITS.depth} deep at most`);
    }
    const filter = this.#alternatives(binding, open);
    if (this.#next()?.kind !== 'close') {
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
    const field = fieldNamed(token.name) ?? this.#unknownField(token);
    if (outer !== null)
      this.#draft.fail(token.start, `${token.name}: cannot stand inside the brackets of another field`);
    this.#at++;
    const next = this.#next();
    if (next?.kind === 'minus' || next?.kind === 'not') this.#excludedTooLate(token, next);
    if (next?.kind === 'bad') throw new Mistake(next.error);
    if (next === null || next.kind === 'or' || next.kind === 'and' || next.kind === 'close') {
      this.#draft.fail(token.start, `Nothing follows ${token.name}:`);
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
    if ('message' in value) {
      const right =
        value.right === null
          ? null
          : this.#draft.replaced({ start: token.start, end }, `${token.name}:${value.right}`);
      this.#draft.fail(first.start, value.message, right);
    }
    this.#count(token.start);
    return value.filter;
  }

  #leaf(token: LeafToken, binding: Binding | null): Filter {
    this.#at++;
    this.#count(token.start);
    return readLeaf(token, binding, this.#draft, this.#topics);
  }

  #unknownField(token: FieldToken): never {
    const written = this.#draft.quote({ start: token.start, end: token.end - 1 });
    const nearest = nearestField(token.name);
    const message = `There is no field ${written}; put quotes around words with a colon in them`;
    if (nearest !== null) this.#draft.fail(token.start, message, this.#draft.replaced(token, `${nearest}:`));
    const end = token.end + (/^[^\s"()]*/.exec(this.#draft.text.slice(token.end))?.[0].length ?? 0);
    return this.#draft.fail(
      token.start,
      message,
      this.#draft.replaced({ start: token.start, end }, `"${this.#draft.text.slice(token.start, end)}"`),
    );
  }

  #excludedTooLate(field: FieldToken, sign: FilterToken): never {
    const rest = this.#draft.text.slice(sign.end).trimStart();
    const right = `${this.#draft.text.slice(0, field.start)}-${field.name}:${rest}`;
    return this.#draft.fail(sign.start, `What excludes stands before the field: -${field.name}:`, right);
  }

  #hanging(token: FilterToken | null): never {
    const { start, end } = token ?? { start: 0, end: 0 };
    return this.#draft.fail(
      start,
      `${this.#draft.quote({ start, end })} has nothing to work on here`,
      token === null ? null : this.#draft.without(token),
    );
  }

  // Signs and emoji between words, as titles have them, do not change what is looked for.
  #skip(token: FilterToken): void {
    this.#at++;
    if (this.#draft.isFull) return;
    const message = `${this.#draft.quote(token)} is left out: there is no letter or digit in it`;
    this.#draft.hint(token.start, message, this.#draft.without(token));
  }

  #count(position: number): void {
    if (++this.#terms > FILTER_LIMITS.terms)
      this.#draft.fail(position, `A filter has at most ${FILTER_LIMITS.terms} terms`);
  }

  #next(): FilterToken | null {
    return this.#tokens[this.#at] ?? null;
  }
}

/** One node for the same operator side by side, however it was bracketed. */
function joined(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  return flat.length === 1 ? flat[0] : { kind, parts: flat };
}
