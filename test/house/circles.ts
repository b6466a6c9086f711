import type { Import } from './imports.ts';

/** Every circle of imports, as a sorted list of its files: types and `import()` count like all others. (Tarjan, 1972.) */
export function circlesIn(imports: readonly Pick<Import, 'from' | 'to'>[]): string[][] {
  const next = Map.groupBy(imports, ({ from }) => from);
  const numbers = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  /** The lowest number among the open files that are reached from this one. */
  const visit = (file: string): number => {
    const own = numbers.size;
    numbers.set(file, own);
    const place = open.push(file) - 1;
    const lowest = (next.get(file) ?? []).reduce((low, { to }) => Math.min(low, reach(to)), own);
    if (lowest === own) close(open.splice(place));
    return lowest;
  };

  const reach = (file: string): number => {
    const number = numbers.get(file);
    if (number === undefined) return visit(file);
    return open.includes(file) ? number : Number.POSITIVE_INFINITY;
  };

  const close = (files: string[]): void => {
    const isCircle = files.length > 1 || next.get(files[0])?.some(({ to }) => to === files[0]);
    if (isCircle) circles.push(files.sort());
  };

  for (const file of next.keys()) if (!numbers.has(file)) visit(file);
  return circles.sort(([a], [b]) => (a < b ? -1 : 1));
}
