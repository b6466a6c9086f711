import { categoryNames } from '../language/categories.ts';
import type { Marks } from './finds.ts';

/** The categories that filters ask for. */
export class CategorySpotter {
  readonly #atoms = new Map<string, number>();

  add(pattern: string, atom: number): void {
    this.#atoms.set(pattern, atom);
  }

  /** Marks what the paper's categories are asked for. */
  spot(categories: readonly string[], marks: Marks): void {
    if (this.#atoms.size === 0) return;
    for (const name of categoryNames(categories)) {
      this.#mark(name, marks);
      // See isInArchive in categories.ts: `cs.*` fits cs.lg and cs itself.
      this.#mark(`${name}.*`, marks);
      for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
        this.#mark(`${name.slice(0, dot)}.*`, marks);
    }
  }

  #mark(pattern: string, marks: Marks): void {
    const atom = this.#atoms.get(pattern);
    if (atom !== undefined) marks.mark(atom);
  }
}
