/** docs/filters.md tells them to users. */
export const FILTER_LIMITS = { characters: 1000, terms: 64, depth: 16 } as const;
