import { spread } from '../arrays/hash.ts';
import { IdTable } from '../arrays/id-table.ts';
import { IntPages } from '../arrays/int-pages.ts';
import type { Branch } from './filter-clauses.ts';

/** Flags of a literal in a program; the atom stands above them. */
export const NEGATED = 1;
export const ENDS_CLAUSE = 2;
export const ENDS_BRANCH = 4;
export const ATOM_SHIFT = 3;

/** The literals of all branches in one row. */
export function toProgram(branches: readonly Branch[]): number[] {
  const program: number[] = [];
  for (const branch of branches) {
    for (const clause of branch) {
      for (const literal of clause) program.push(((literal >> 1) << ATOM_SHIFT) | (literal & NEGATED));
      program[program.length - 1] |= ENDS_CLAUSE;
    }
    program[program.length - 1] |= ENDS_BRANCH;
  }
  return program;
}

/**
 * The distinct filters ("rules"), each once however many subscribe to it, as programs.
 * A retired rule's number and room serve again once nobody can name it any more.
 */
export class FilterRules {
  readonly #literals = new IntPages();
  /** By rule: where its program starts (its length first); below 0 = retired, then the bitwise complement. */
  readonly #starts = new IntPages();
  readonly #table = new IdTable(256);
  readonly #freeByLength = new Map<number, number[]>();
  #retired = 0;

  /** Rule numbers are below this. */
  get limit(): number {
    return this.#starts.length;
  }

  /** Rules that are not retired. */
  get size(): number {
    return this.#starts.length - this.#retired;
  }

  /** The rule of that program, or -1. */
  find(program: readonly number[]): number {
    const table = this.#table;
    for (let rule = table.first(hashOfProgram(program)); rule >= 0; rule = table.next())
      if (this.#isProgram(rule, program)) return rule;
    return -1;
  }

  /** A new rule; `mayReuse` a freed number. */
  add(program: readonly number[], mayReuse: boolean): number {
    const freed = mayReuse ? this.#freeByLength.get(program.length)?.pop() : undefined;
    const rule = freed === undefined ? this.#append(program) : this.#overwrite(freed, program);
    this.#table.insert(hashOfProgram(program), rule);
    return rule;
  }

  /** Takes the rule out of the table; its number is not given away before `free`. */
  retire(rule: number): void {
    const program: number[] = [];
    this.read(rule, program);
    this.#table.delete(hashOfProgram(program), rule);
    this.#starts.set(rule, ~this.#starts.at(rule));
    this.#retired++;
  }

  free(rule: number): void {
    const length = this.#literals.at(~this.#starts.at(rule));
    const freed = this.#freeByLength.get(length);
    if (freed) freed.push(rule);
    else this.#freeByLength.set(length, [rule]);
  }

  isRetired(rule: number): boolean {
    return this.#starts.at(rule) < 0;
  }

  /** Copies the rule's program to the front of `into` and tells its length. */
  read(rule: number, into: number[]): number {
    const start = this.#starts.at(rule);
    const length = this.#literals.at(start);
    for (let at = 0; at < length; at++) into[at] = this.#literals.at(start + 1 + at);
    return length;
  }

  memory(): number {
    return this.#literals.memory() + this.#starts.memory() + this.#table.memory() + this.#retired * 8;
  }

  #append(program: readonly number[]): number {
    const start = this.#literals.push(program.length);
    for (const literal of program) this.#literals.push(literal);
    return this.#starts.push(start);
  }

  #overwrite(rule: number, program: readonly number[]): number {
    const start = ~this.#starts.at(rule);
    for (let at = 0; at < program.length; at++) this.#literals.set(start + 1 + at, program[at]);
    this.#starts.set(rule, start);
    this.#retired--;
    return rule;
  }

  #isProgram(rule: number, program: readonly number[]): boolean {
    const start = this.#starts.at(rule);
    if (this.#literals.at(start) !== program.length) return false;
    for (let at = 0; at < program.length; at++) {
      if (this.#literals.at(start + 1 + at) !== program[at]) return false;
    }
    return true;
  }
}

function hashOfProgram(program: readonly number[]): number {
  let hash = program.length;
  for (const literal of program) hash = spread(Math.imul(hash, 31) + literal);
  return hash;
}
