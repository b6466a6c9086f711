import type { FilterError } from './filter.ts';
import type { FilterToken, Slip } from './filter-lexer.ts';

/** Carries a slip out of the depth of the reader; parseFilter turns it into a value. */
export class Mistake extends Error {
  readonly slip: Slip;

  constructor(slip: Slip) {
    super(slip.message);
    this.slip = slip;
  }
}

const MOST_HINTS = 8;

/** How a filter is read: with the signs of old; with hints for its writer, which may cost more than all the rest. */
export type Way = { isEarlier: boolean; isHinted: boolean };

export type Range = Pick<FilterToken, 'start' | 'end'>;

/** The filter's text while it is read: what is wrong or odd is noted here, with the text as it should be. */
export class FilterDraft {
  readonly text: string;
  /** Whether the filter is read as filters were once. */
  readonly isEarlier: boolean;
  readonly hints: FilterError[] = [];
  readonly #mostHints: number;

  constructor(text: string, { isEarlier, isHinted }: Way) {
    this.text = text;
    this.isEarlier = isEarlier;
    this.#mostHints = isHinted ? MOST_HINTS : 0;
  }

  /** What was written there; of a long thing only the beginning, for messages. */
  quote({ start, end }: Range): string {
    const written = this.text.slice(start, end);
    return written.length <= 40 ? `"${written}"` : `"${[...written].slice(0, 40).join('')}…"`;
  }

  /** The text with something else there; null when nothing would be left. */
  replaced({ start, end }: Range, by: string): string | null {
    const right = `${this.text.slice(0, start)}${by}${this.text.slice(end)}`.replace(/\s+/g, ' ').trim();
    return right === '' ? null : right;
  }

  without(range: Range): string | null {
    return this.replaced(range, '');
  }

  /** More hints would only bury the first ones, and cost time. */
  get isFull(): boolean {
    return this.hints.length >= this.#mostHints;
  }

  hint(position: number, message: string, proposal: string | null = null): void {
    if (!this.isFull) this.hints.push({ position, message: `${message}.`, proposal });
  }

  /** Throws the Mistake. The first of the proposals that can be read, or be mended, is told. */
  fail(position: number, message: string, ...proposals: readonly (string | null)[]): never {
    throw new Mistake({
      position,
      message: `${message}.`,
      proposals: proposals.filter((proposal) => proposal !== null),
    });
  }
}
