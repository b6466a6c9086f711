/**
 * Recorded vote observations: CSV (RFC 4180) with a header, columns in any order.
 * Needed: paper_id, observed_at, list. Used where present: list_key, rank_in_list, upvotes, source, batch_date.
 */
export type RecordedSighting = {
  paper: string;
  /** UTC milliseconds. */
  at: number;
  list: string;
  key: string;
  rank: number | null;
  votes: number | null;
  source: string;
  /** `YYYY-MM-DD`, or empty. */
  batchDay: string;
};

type UnreadableLine = { line: number; why: string };

/**
 * The good rows in the file's order, and each bad one by line (from 1, the header's) and reason.
 * A header without a needed column is the one thing said of such a file.
 */
export function readSightings(text: string): { sightings: RecordedSighting[]; unreadable: UnreadableLine[] } {
  const [header, ...rows] = csvRows(text);
  const names = (header?.fields ?? []).map((name) => name.replace(/^\uFEFF/, '').trim());
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return { sightings: [], unreadable: [{ line: 1, why: `the header lacks ${missing.join(', ')}` }] };
  }
  const read = rowReader(names);
  const sightings: RecordedSighting[] = [];
  const unreadable: UnreadableLine[] = [];
  for (const { line, fields } of rows) {
    const row = read(fields);
    if (typeof row === 'string') unreadable.push({ line, why: row });
    else sightings.push(row);
  }
  return { sightings, unreadable };
}

const NEEDED = ['paper_id', 'observed_at', 'list'];

/** Reads a row, or says why it cannot be read. */
function rowReader(names: readonly string[]): (fields: readonly string[]) => RecordedSighting | string {
  const column = (name: string) => {
    const index = names.indexOf(name);
    return (fields: readonly string[]) => (index < 0 ? '' : (fields[index] ?? '').trim());
  };
  const [paperOf, atOf, listOf] = NEEDED.map(column);
  const [keyOf, rankOf, votesOf] = ['list_key', 'rank_in_list', 'upvotes'].map(column);
  const [sourceOf, batchOf] = ['source', 'batch_date'].map(column);

  return (fields) => {
    if (fields.length !== names.length) return `${fields.length} fields where the header has ${names.length}`;
    const paper = paperOf(fields);
    if (paper === '') return 'no paper_id';
    const at = instant(atOf(fields));
    if (at === null) return `observed_at is no instant: ${atOf(fields)}`;
    const rank = figure(rankOf(fields));
    if (rank !== null && !(rank >= 1)) return `rank_in_list is no place: ${rankOf(fields)}`;
    const votes = figure(votesOf(fields));
    if (Number.isNaN(votes)) return `upvotes is no number: ${votesOf(fields)}`;
    const batchDay = batchOf(fields);
    if (batchDay !== '' && !isCalendarDay(batchDay)) return `batch_date is no day: ${batchDay}`;
    const [list, key, source] = [listOf(fields), keyOf(fields), sourceOf(fields)];
    return { paper, at, list, key, rank, votes, source, batchDay };
  };
}

/** Null for an empty field, NaN for what is no number. */
function figure(text: string): number | null {
  return text === '' ? null : Number(text);
}

function instant(text: string): number | null {
  const at = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) && Number.isFinite(at) ? at : null;
}

/** A real day of the calendar as `YYYY-MM-DD`. */
export function isCalendarDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at) && utcDayOf(at) === text;
}

/** The UTC day of an instant. */
export function utcDayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Non-empty rows with their line (from 1), fields without their quotes. */
export function* csvRows(text: string): Generator<{ line: number; fields: string[] }> {
  let row = '';
  let line = 0;
  let first = 1;
  for (const piece of text.split('\n')) {
    line++;
    if (row === '') first = line;
    row = row === '' ? piece : `${row}\n${piece}`;
    // A quoted field may hold line breaks: a row with an odd number of quotes goes on in the next line.
    if (row.includes('"') && row.split('"').length % 2 === 0) continue;
    const whole = row.replace(/\r$/, '');
    row = '';
    if (whole !== '') yield { line: first, fields: fieldsOf(whole) };
  }
  if (row !== '') yield { line: first, fields: [row] };
}

function fieldsOf(row: string): string[] {
  if (!row.includes('"')) return row.split(',');
  const fields: string[] = [];
  for (const [, quoted, plain] of row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  }
  return fields;
}
