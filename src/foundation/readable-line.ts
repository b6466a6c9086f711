import { visible } from './visible-text.ts';

/**
 * A log line for a person at a terminal: `12:30:05  warn  Discord cannot be reached  pauseMs=1000`. One line, whatever the
 * fields hold; nothing in it steers the terminal. `mask` blots out secrets, before anything is cut.
 */
export function readableLine(json: string, mask: (text: string) => string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(json);
  const words = [clockTime(time), level === 'info' ? '' : level, msg, ...shortly(fields, mask), errorOf(err)];
  const line = words.filter((word) => word !== '').join('  ');
  return `${visible(line).replace(/[\r\n\t]/g, ' ')}\n`;
}

const MOST_FIELDS = 8;
const LONGEST_FIELD = 200;

/** In the machine's time zone. */
function clockTime(iso: string): string {
  return new Date(iso).toTimeString().slice(0, 8);
}

function shortly(fields: Record<string, unknown>, mask: (text: string) => string): string[] {
  return Object.entries(fields)
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => mask(`${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`))
    .map((field) => (field.length > LONGEST_FIELD ? `${field.slice(0, LONGEST_FIELD)}…` : field));
}

type Told = { name: string; sentence: string; code?: string | number; at?: readonly string[]; cause?: Told };

/** What went wrong, what was behind it, and the place nearest to it. */
function errorOf(err: Told | undefined): string {
  if (!err) return '';
  const code = err.code === undefined ? '' : ` (${err.code})`;
  const place = err.at?.[0] ? ` at ${err.at[0]}` : '';
  const behind = err.cause ? `; ${err.cause.sentence}` : '';
  return `${err.name}: ${err.sentence}${code}${behind}${place}`;
}
