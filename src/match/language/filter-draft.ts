import { markdown, phrase } from '#src/wording/phrase.ts';
import type { Mark, Phrase, Value } from '#src/wording/values.ts';
import type { FilterError } from './filter.ts';
import type { FilterToken, Slip } from './filter-lexer.ts';

/** Carries a slip out of the depth of the reader; parseFilter turns it into a value. */
export class Mistake extends Error {
  readonly slip: Slip;

  constructor(slip: Slip) {
    super(slip.message.key);
    this.slip = slip;
  }
}

const MOST_NOTES = 64;
const MOST_HINTS = 6;

export type Range = Pick<FilterToken, 'start' | 'end'>;

/**
 * Says what is odd about `written`, the places in quotes, joined. One function for one kind: places of a kind are told
 * together. `each`: what stands there, in quotes.
 */
export type Tell = (written: Value, each: readonly string[]) => Phrase;

/** A place where something odd stands, and what should stand there; null when nobody knows. */
type Note = Range & { tell: Tell; right: string | null };

const MOST_QUOTED = 4;
const QUOTED = /^"([^"]*)"$/;

function widest(notes: readonly Note[]): Note[] {
  const told: Note[] = [];
  for (const note of [...notes].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = told.at(-1);
    if (last === undefined || note.start >= last.end) told.push(note);
  }
  return told;
}

/** The filter's text while it is read: what is wrong or odd is noted here, with the text as it should be. */
export class FilterDraft {
  readonly text: string;
  readonly #notes: Note[] = [];
  readonly #later: (() => void)[] = [];
  /** Whether the filter is read as filters were once. */
  readonly isEarlier: boolean;

  constructor(text: string, isEarlier: boolean) {
    this.text = text;
    this.isEarlier = isEarlier;
  }

  /** What was written there, for messages. */
  quote(range: Range): Mark {
    return markdown(this.#quoted(range));
  }

  /** Of a long thing only the beginning. */
  #quoted({ start, end }: Range): string {
    const written = this.text.slice(start, end).replace(QUOTED, '$1');
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
    return this.#notes.length >= MOST_NOTES;
  }

  /** Notes what is odd there. Of two notes on one place the wider is told, or the first. */
  note({ start, end }: Range, right: string | null, tell: Tell): void {
    if (!this.isFull) this.#notes.push({ start, end, right, tell });
  }

  /** `look` notes what takes time to look for; it is called when hints are asked for. */
  later(look: () => void): void {
    this.#later.push(look);
  }

  /** What is odd, in the order of the text; each kind once, with a proposal that mends all places of it. */
  hints(): FilterError[] {
    for (const look of this.#later.splice(0)) look();
    if (this.#notes.length === 0) return [];
    const kinds = new Map<Tell, Note[]>();
    for (const note of widest(this.#notes)) {
      const same = kinds.get(note.tell);
      if (same === undefined) kinds.set(note.tell, [note]);
      else same.push(note);
    }
    return [...kinds].slice(0, MOST_HINTS).map(([tell, notes]) => ({
      position: notes[0].start,
      message: this.#say(tell, notes),
      proposal: this.#mended(notes),
    }));
  }

  #say(tell: Tell, notes: readonly Note[]): Phrase {
    const each = [...new Set(notes.map((note) => this.#quoted(note)))];
    const more = each.length > MOST_QUOTED ? [phrase('syntax.more')] : [];
    return tell([...each.slice(0, MOST_QUOTED).map((one) => markdown(one)), ...more], each);
  }

  #mended(notes: readonly Note[]): string | null {
    let right = '';
    let at = 0;
    for (const note of notes) {
      if (note.right === null) continue;
      right += this.text.slice(at, note.start) + note.right;
      at = note.end;
    }
    return at === 0 && right === '' ? null : this.replaced({ start: 0, end: at }, right);
  }

  /** Throws the Mistake. The first of the proposals that can be read, or be mended, is told. */
  fail(position: number, message: Phrase, ...proposals: readonly (string | null)[]): never {
    throw new Mistake({
      position,
      message,
      proposals: proposals.filter((proposal) => proposal !== null),
    });
  }
}
