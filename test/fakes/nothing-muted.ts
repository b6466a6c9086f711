import type { Filter } from '#src/match/language/filter.ts';

/** Servers that mute nothing. */
export const NOTHING_MUTED = { unmuted: (_: string, filter: Filter): Filter => filter };
