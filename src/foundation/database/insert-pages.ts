/** Rows of one statement. Measured: larger ones are no faster. Rests are split into powers of two. */
const LARGEST_PAGE = 32;
/** SQLITE_MAX_VARIABLE_NUMBER, https://www.sqlite.org/limits.html */
const MOST_PARAMETERS = 32_766;

/** One statement that inserts some of the rows, and its values in their order. */
export type InsertPage<Value> = { sql: string; values: Value[] };

/**
 * Spreads rows over statements, each with the one group of `VALUES (?, ?)` repeated. A page holds a power of two of rows,
 * so that few texts are prepared for any number of rows. Throws TypeError when a row does not fit the group.
 */
export function* insertPages<Value>(
  sql: string,
  rows: readonly (readonly Value[])[],
): Generator<InsertPage<Value>, void> {
  const { head, group, tail, parameters } = valuesOf(sql);
  const misfit = rows.find((row) => row.length !== parameters);
  if (misfit) throw new TypeError(`a row has ${misfit.length} values where ${parameters} are asked: ${sql}`);
  let size = LARGEST_PAGE;
  while (size > 1 && size * parameters > MOST_PARAMETERS) size /= 2;
  for (let from = 0; from < rows.length; from += size) {
    while (size > rows.length - from) size /= 2;
    const repeated = `${head}${`${group}, `.repeat(size - 1)}${group}${tail}`;
    yield { sql: repeated, values: rows.slice(from, from + size).flat() as Value[] };
  }
}

type Values = { head: string; group: string; tail: string; parameters: number };

function valuesOf(sql: string): Values {
  const word = /\bVALUES\s*\(/i.exec(sql);
  if (!word) throw new TypeError(`there is no group of VALUES: ${sql}`);
  const start = word.index + word[0].length - 1;
  const end = closingParenthesis(sql, start) + 1;
  const group = sql.slice(start, end);
  if (/\?\d/.test(group)) throw new TypeError(`numbered parameters cannot be repeated: ${sql}`);
  const tail = sql.slice(end);
  if (tail.includes('?')) throw new TypeError(`parameters stand in the group only: ${sql}`);
  return { head: sql.slice(0, start), group, tail, parameters: group.split('?').length - 1 };
}

function closingParenthesis(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length; at++) {
    if (sql[at] === '(') depth++;
    if (sql[at] === ')' && --depth === 0) return at;
  }
  throw new TypeError(`the group of VALUES has no end: ${sql}`);
}
