import type { Import } from './imports.ts';

/** What is read when these files are: themselves and all that they import, other than types and at once. */
export function loadedBy(roots: readonly string[], imports: readonly Import[]): Set<string> {
  const next = Map.groupBy(
    imports.filter(({ typesOnly, late }) => !typesOnly && !late),
    ({ from }) => from,
  );
  const loaded = new Set(roots);
  for (const file of loaded) for (const { to } of next.get(file) ?? []) loaded.add(to);
  return loaded;
}

/** The packages among what is loaded, by name. */
export function packagesIn(loaded: Iterable<string>): string[] {
  const names = [...loaded]
    .filter((to) => !/^(?:src|commands|config)\/|^node:/.test(to))
    .map((to) => to.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? to);
  return [...new Set(names)].sort();
}
