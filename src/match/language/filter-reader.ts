import { phrase } from '#src/wording/phrase.ts';
import { failExcludedTooLate, failUnknownField } from './field-slips.ts';
import type { Filter } from './filter.ts';
import { type FilterDraft, Mistake } from './filter-draft.ts';
import { fieldNamed } from './filter-fields.ts';
import { type Binding, isWordless, readLeaf } from './filter-leaf.ts';
import type { FieldToken, FilterToken } from './filter-lexer.ts';
import { FILTER_LIMITS } from './filter-limits.ts';
import { failBracket } from './filter-slips.ts';
import type { ValueField } from './filter-values.ts';
import { noteLeftOut } from './left-out.ts';
import { failHanging, failNothing } from './operand-slips.ts';
import { isPastedTitle } from './pasted-title.ts';
import { ofOnePerson } from './person.ts';
import { readValued } from './read-valued.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';

type LeafToken = FilterToken & { kind: 'word' | 'quote' };

/**
 * A filter's tokens as a tree, by recursive descent:
 * or := and (OR and)*; and := unary ((AND)? unary)*; unary := (NOT | -)* primary; primary := group, field, word or phrase.
 */
export class FilterReader {
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
      this.#draft.fail(characters, phrase('syntax.tooLong', { most: characters }));
    if (this.#tokens.length === 0)
      this.#draft.fail(0, phrase('syntax.empty'), 'diffusion OR "score matching"');
    const bracket = this.#tokens.find(({ kind }) => kind === 'bracket');
    if (bracket !== undefined) failBracket(bracket, this.#tokens, this.#draft);
    const filter = this.#alternatives(null, null);
    const rest = this.#next();
    if (rest !== null)
      this.#draft.fail(rest.start, phrase('syntax.closesNothing'), this.#draft.without(rest));
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
      this.#draft.fail(open.start, phrase('syntax.tooDeep', { most: FILTER_LIMITS.depth }));
    }
    const filter = this.#alternatives(binding, open);
    const stop = this.#next();
    if (stop?.kind === 'bad') throw new Mistake(stop.slip);
    if (stop?.kind !== 'close') {
      this.#draft.fail(open.start, phrase('syntax.bracketNotClosed'), `${this.#draft.text.trimEnd()})`);
    }
    this.#at++;
    this.#depth--;
    return filter;
  }

  #fielded(token: FieldToken, outer: Binding | null): Filter {
    const field = fieldNamed(token.name) ?? failUnknownField(token, this.#draft);
    if (outer !== null) this.#draft.fail(token.start, phrase('syntax.fieldInField', { field: token.name }));
    this.#at++;
    const next = this.#soughtBy(token);
    if (field.kind === 'number' || field.kind === 'date' || field.kind === 'age')
      return this.#valued(token, field);
    if (next.kind === 'open') {
      const group = this.#group(field);
      return field.kind === 'text' && field.field === 'author' ? ofOnePerson(group) : group;
    }
    if (next.kind === 'field')
      this.#draft.fail(
        next.start,
        phrase('syntax.fieldAfterField', { field: token.name }),
        this.#draft.without(token),
      );
    return this.#leaf(next as LeafToken, field);
  }

  /** What stands right after a field. Throws Mistake where nothing does that a field could look for. */
  #soughtBy(token: FieldToken): FilterToken {
    const next = this.#next();
    if (next?.kind === 'minus' || next?.kind === 'not') failExcludedTooLate(token, next, this.#draft);
    if (next?.kind === 'bad') throw new Mistake(next.slip);
    if (next === null || next.kind === 'or' || next.kind === 'and' || next.kind === 'close') {
      this.#draft.fail(
        token.start,
        phrase('syntax.nothingFollows', { field: token.name }),
        this.#draft.without(token),
      );
    }
    return next;
  }

  #valued(token: FieldToken, field: ValueField): Filter {
    const { filter, taken } = readValued(
      token,
      field,
      this.#tokens.slice(this.#at, this.#at + 3),
      this.#draft,
    );
    this.#at += taken;
    this.#count(token.start);
    return filter;
  }

  #leaf(token: LeafToken, binding: Binding | null): Filter {
    this.#at++;
    this.#count(token.start);
    return readLeaf(token, binding, this.#draft, this.#topics);
  }

  #skip(token: FilterToken): void {
    this.#at++;
    noteLeftOut(token, this.#draft, () => this.#isTitle);
  }

  get #isTitle(): boolean {
    this.#title ??= isPastedTitle(this.#tokens);
    return this.#title;
  }

  #count(position: number): void {
    if (++this.#terms > FILTER_LIMITS.terms)
      this.#draft.fail(position, phrase('syntax.tooManyTerms', { most: FILTER_LIMITS.terms }));
  }

  #next(): FilterToken | null {
    return this.#tokens[this.#at] ?? null;
  }
}

/** One node for the same operator side by side, however it was bracketed. */
function joined(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  if (parts.length === 1) return parts[0];
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  return { kind, parts: flat };
}
