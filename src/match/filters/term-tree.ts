import { Lexicon } from '../arrays/lexicon.ts';
import { joinsAsAcronym, type TermPart } from '../evaluate/term.ts';
import { keysOfPair } from '../text/compounds.ts';
import { spellingsOf } from '../text/spelling.ts';
import { Finds } from './finds.ts';
import { PrefixTable } from './prefix-table.ts';
import { NEEDS_ACRONYM, NEEDS_GLUED, NEEDS_TWO } from './step-needs.ts';
import { ROOT, StepTable } from './step-table.ts';

/**
 * The terms of all filters: paths in a tree that starts at ROOT. What a path steps over are stems and keys (compounds.ts),
 * as numbers: a stem, or a key that two words of a text are to have, is even; a key that two neighbouring parts have, and
 * a path steps over both at once, is odd. Prefixes lie beside it, for a word alone or with the next leads to them.
 */
export class TermTree {
  /** The keys of the terms' parts, their stems among them; the keys of two neighbouring parts. */
  readonly keys = new Lexicon();
  readonly pairs = new Lexicon();
  readonly steps = new StepTable();
  /** By node. */
  readonly finds = new Finds();
  readonly prefixes = new PrefixTable();
  /** Nodes by the steps that lead to them, and the node before. */
  readonly #nodes = new Lexicon();
  #version = 1;

  constructor() {
    this.#nodes.add('');
  }

  /** Rises with every term: what was looked up before may have changed. */
  get version(): number {
    return this.#version;
  }

  /** The node that these parts, none of them a prefix, lead to when they stand one after the other; at least one part. */
  nodeOf(parts: readonly TermPart[]): number {
    let before = ROOT;
    let node = ROOT;
    for (let at = 0; at < parts.length; at++)
      [before, node] = [node, this.#nodeAfter(before, node, parts, at)];
    return node;
  }

  /** The atom that is marked where the texts of exactly those fields lead to the node; -1 = none. */
  atomOf(node: number, fields: number): number {
    return this.finds.atomOf(node, fields);
  }

  /** The atom is to be marked where the texts of those fields lead to the node. */
  addFind(node: number, fields: number, atom: number): void {
    this.finds.add(node, fields, atom);
    this.#version++;
  }

  /** The atom is to be marked where a word, or two neighbours read as one, begins with one of the prefixes. */
  addPrefix(prefixes: readonly string[], fields: number, atom: number): void {
    for (const prefix of prefixes) this.prefixes.add(prefix, fields, atom);
    this.#version++;
  }

  memory(): number {
    const parts = [this.keys, this.pairs, this.#nodes, this.steps, this.finds, this.prefixes];
    return parts.reduce((sum, part) => sum + part.memory(), 0);
  }

  #nodeAfter(before: number, node: number, parts: readonly TermPart[], at: number): number {
    const steps = this.#stepsOver(parts, at);
    const nodes = this.#nodes.size;
    const next = this.#nodes.add(packed([node, ...steps.flat()]));
    if (next < nodes) return next;
    this.#version++;
    this.finds.makeRoom(next);
    for (const [over, needs] of steps) this.steps.add(over % 2 === 0 ? node : before, over, needs, next);
    return next;
  }

  /** Over the part, alone or together with the one before it. */
  #stepsOver(parts: readonly TermPart[], at: number): [over: number, needs: number][] {
    const { [at]: part, [at - 1]: previous } = parts;
    const needs = needsOf(part, part.acronym, at);
    const steps: [number, number][] = [];
    for (const { stem } of spellingsOf(part)) steps.push([this.keys.add(stem) * 2, needs]);
    for (const join of part.joins) steps.push([this.keys.add(join) * 2, needs | NEEDS_TWO]);
    if (previous === undefined) return steps;
    const pairNeeds = needsOf(previous, joinsAsAcronym(previous, part), at - 1);
    for (const key of keysOfPair(previous, part)) steps.push([this.pairs.add(key) * 2 + 1, pairNeeds]);
    return steps;
  }
}

/** Numbers as a string of two characters each. */
function packed(numbers: readonly number[]): string {
  return String.fromCharCode(...numbers.flatMap((each) => [each & 0xffff, (each >>> 16) & 0xffff]));
}

function needsOf(part: TermPart, acronym: boolean, at: number): number {
  return (acronym ? NEEDS_ACRONYM : 0) | (part.glued && at > 0 ? NEEDS_GLUED : 0);
}
