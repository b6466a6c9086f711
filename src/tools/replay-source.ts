import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Poll } from '#src/paper/sighting.ts';
import { huggingFace } from '#src/source/hugging-face.ts';
import { readListEntry } from '#src/source/hugging-face-paper.ts';
import { placeInList } from '#src/source/place-in-list.ts';
import type { Source } from '#src/source/source.ts';
import type { Recording, Report } from './replay-recordings.ts';

const BASE = 'https://huggingface.co';
/** The API's page when no limit is asked for: a list of exactly so many was cut. */
const API_PAGE = 50;

/** Recordings as a source: each is seen once, when its instant has come. */
export type RecordedSource = Source & {
  /** When the next recording was taken (UTC ms); Infinity after the last. */
  nextAt(): number;
};

/** `recordings` in the order they were taken. What cannot be read is reported and left out. */
export function createRecordedSource(recordings: readonly Recording[], report: Report): RecordedSource {
  let next = 0;
  return {
    name: huggingFace.name,
    nextAt: () => recordings[next]?.at ?? Number.POSITIVE_INFINITY,
    async *poll(now) {
      while (next < recordings.length && recordings[next].at <= now) {
        const poll = pollOf(recordings[next++], report);
        if (poll) yield poll;
      }
    },
  };
}

function pollOf({ file, day, at }: Recording, report: Report): Poll | null {
  const items = readItems(file, report);
  if (items === null) return null;
  const { sightings, malformed, reasons } = placeInList(items.map((item) => readListEntry(item, BASE, at)));
  if (malformed > 0)
    report(
      `${file}: ${malformed} of ${items.length} papers cannot be read; the first: ${oneLine(reasons[0])}.`,
    );
  return {
    source: huggingFace.name,
    list: 'daily',
    key: day,
    seenAt: at,
    complete: items.length !== API_PAGE,
    malformed,
    sightings: sightings.map((one) => ({ ...one, batchDay: one.batchDay ?? day })),
  };
}

function readItems(file: string, report: Report): unknown[] | null {
  try {
    const bytes = readFileSync(file);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const body: unknown = JSON.parse((isGzip ? gunzipSync(bytes) : bytes).toString('utf8'));
    if (Array.isArray(body)) return body;
    report(`${file} is left out: it is no list of papers.`);
  } catch (error) {
    report(`${file} is left out: ${error instanceof Error ? oneLine(error.message) : error}.`);
  }
  return null;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').replace(/\.$/, '');
