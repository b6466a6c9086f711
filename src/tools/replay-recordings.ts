import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvRows, isCalendarDay } from './recorded-sightings.ts';
import { ToolError } from './tool-error.ts';

/** A recorded answer of `GET /api/daily_papers?date=DAY`, not read yet. */
export type Recording = {
  file: string;
  /** `YYYY-MM-DD`: the day that was asked for. */
  day: string;
  /** When it was recorded, UTC ms. */
  at: number;
};

export type Report = (sentence: string) => void;

const YEAR = /^\d{4}$/;
const EARLIER = 'earlier-versions';
const OBSERVED = 'observed_at.csv';
/** `2026-03-02.json.gz`, or `2026-03-02@2026-03-02T170641Z.json.gz`. */
const NAME = /^(\d{4}-\d\d-\d\d)(?:@(\d{4}-\d\d-\d\d)T(\d\d):?(\d\d):?(\d\d)Z)?\.json(?:\.gz)?$/;
/** Where nothing tells when a day was recorded: late enough that its votes say something. */
const USUAL_HOUR = 'T17:00:00Z';

/**
 * All recordings in a folder, in its folders of years and in `earlier-versions`, in the order they were taken; other
 * files are passed over. Throws ToolError when there is no such folder.
 */
export function findRecordings(folder: string, report: Report): Recording[] {
  const observed = readObserved(join(folder, OBSERVED), report);
  const taken = new Map<string, Recording>();
  for (const file of filesIn(folder)) {
    const recording = recordingOf(file, observed);
    if (recording === null) continue;
    const { day, at } = recording;
    if (!(at >= Date.parse(`${day}T00:00:00Z`))) report(`${file} was recorded before its day; left out.`);
    else if (taken.has(`${day} ${at}`)) report(`${file} is recorded twice; left out.`);
    else taken.set(`${day} ${at}`, recording);
  }
  return [...taken.values()].sort((a, b) => a.at - b.at || (a.day < b.day ? -1 : 1));
}

function filesIn(folder: string): string[] {
  const names = (parent: string, isWanted: (entry: Dirent) => boolean): string[] =>
    list(parent)
      .filter(isWanted)
      .map(({ name }) => join(parent, name))
      .sort();
  const isRecording = (entry: Dirent) => !entry.isDirectory() && NAME.test(entry.name);
  const isFolder = (entry: Dirent) =>
    !isRecording(entry) && (YEAR.test(entry.name) || entry.name === EARLIER);
  const folders = names(folder, isFolder);
  return [folder, ...folders].flatMap((parent) => names(parent, isRecording));
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new ToolError(`--recordings ${folder} cannot be read as a folder of recordings.`, { cause });
  }
}

function recordingOf(file: string, observed: ReadonlyMap<string, number>): Recording | null {
  const [, day, onDay, hour, minute, second] = NAME.exec(file.slice(file.lastIndexOf('/') + 1)) ?? [];
  if (day === undefined || !isCalendarDay(day)) return null;
  if (onDay !== undefined) return { file, day, at: Date.parse(`${onDay}T${hour}:${minute}:${second}Z`) };
  return { file, day, at: observed.get(day) ?? Date.parse(day + USUAL_HOUR) };
}

/** When each day's newest recording was taken. The earlier ones carry it in their names. */
function readObserved(file: string, report: Report): Map<string, number> {
  const observed = new Map<string, number>();
  if (!existsSync(file)) return observed;
  const [header, ...rows] = csvRows(readFileSync(file, 'utf8'));
  const column = (name: string) => (header?.fields ?? []).findIndex((field) => field.trim() === name);
  const [days, instants, versions] = ['daily_date', 'observed_at_commit_time', 'version'].map(column);
  if (days < 0 || instants < 0) {
    report(
      `${file}: the header lacks daily_date or observed_at_commit_time; days count as recorded at 17:00 UTC.`,
    );
    return observed;
  }
  for (const { line, fields } of rows) {
    if (fields[versions] === 'earlier') continue;
    const day = fields[days] ?? '';
    const at = Date.parse(fields[instants] ?? '');
    if (isCalendarDay(day) && at >= Date.parse(`${day}T00:00:00Z`))
      observed.set(day, Math.max(at, observed.get(day) ?? at));
    else report(`${file}, line ${line}: no day with an instant after it began; left out.`);
  }
  return observed;
}
