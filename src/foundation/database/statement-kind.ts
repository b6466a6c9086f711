const SELECTS = /^\s*SELECT\b/i;
const NAMES_FIRST = /^\s*WITH\b/i;
const CHANGES = /\b(?:INSERT|UPDATE|DELETE|REPLACE)\b/i;

/**
 * Whether the statement changes nothing, told by its text. When that is not certain (the word stands in a quoted text, or
 * is the function `replace`) the answer is no: then it only waits for its turn.
 */
export function isRead(sql: string): boolean {
  return SELECTS.test(sql) || (NAMES_FIRST.test(sql) && !CHANGES.test(sql));
}
