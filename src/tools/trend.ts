/**
 * npm run trend -- --sightings FILE.csv.gz ... [--dial NAME | --per-day N] [--scores]
 * Replays recorded vote observations in time order and prints the newly-trending events as JSON lines.
 */
import { readFileSync, writeSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { systemCode } from '#src/foundation/database/database-failure.ts';
import { tellTrend } from '#src/render/reason.ts';
import type { Refused } from '#src/trend/batch-view.ts';
import { PRESETS, type Preset, type Sensitivity } from '#src/trend/sensitivity.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createTrendRule, TREND_SETTINGS } from '#src/trend/trend-rule.ts';
import { EXIT, endOutput, numberOf, runTool, unreadable, WordsError } from './command.ts';
import { readWords, TEXT_OPTION } from './command-words.ts';
import { recordedPolls } from './recorded-polls.ts';
import { type RecordedSighting, readSightings } from './recorded-sightings.ts';

const USAGE = 'npm run trend -- --sightings FILE.csv.gz ... [--dial NAME | --per-day N] [--scores]';
const NAMED_AT_MOST = 20;
const A_DAY = { from: 0.01, to: 100 };

type Wish = { files: readonly string[]; dial: Sensitivity; scores: boolean };

/** Whoever reads years of lists is told of a paper once in all of them. */
const WHOLE = { ...TREND_SETTINGS, memoryDays: Number.POSITIVE_INFINITY };

await runTool({ usage: USAGE }, (words) => {
  const wish = readWish(words);
  const { sightings, skipped } = readAll(wish.files);
  print(wish.scores ? everyRise(sightings) : alerts(sightings, wish.dial));
  if (sightings.length === 0) console.error(`No observation could be read of ${wish.files.join(', ')}.`);
  return sightings.length > 0 && skipped === 0 ? EXIT.done : EXIT.outside;
});

function readWish(words: string[]): Wish {
  const options = {
    sightings: { type: 'string', multiple: true },
    dial: TEXT_OPTION,
    'per-day': TEXT_OPTION,
    scores: { type: 'boolean' },
  } as const;
  const { values, positionals } = readWords(words, options, { withFiles: true });
  const files = [...(values.sightings ?? []), ...positionals];
  if (files.length === 0) throw new WordsError('Name at least one file after --sightings.');
  if (values.dial !== undefined && values['per-day'] !== undefined)
    throw new WordsError('Give either --dial or --per-day, not both.');
  return { files, dial: readSensitivity(values.dial, values['per-day']), scores: values.scores ?? false };
}

function readSensitivity(name: string | undefined, perDay: string | undefined): Sensitivity {
  if (perDay !== undefined) return { perDay: numberOf('--per-day', perDay, A_DAY) };
  const preset = name ?? 'balanced';
  if (!isPreset(preset))
    throw new WordsError(`--dial ${preset} is none of ${Object.keys(PRESETS).join(', ')}.`);
  return preset;
}

function isPreset(name: string): name is Preset {
  return Object.hasOwn(PRESETS, name);
}

type Read = { sightings: RecordedSighting[]; skipped: number };

function readAll(files: readonly string[]): Read {
  let skipped = 0;
  const sightings = files.flatMap((file) => {
    const { sightings, unreadable } = readSightings(textOf(file));
    skipped += unreadable.length;
    for (const { line, why } of unreadable.slice(0, NAMED_AT_MOST))
      console.error(`${file}:${line}: skipped, ${why}`);
    if (unreadable.length > 0)
      console.error(`${file}: ${counted(unreadable.length, 'row')} skipped, ${sightings.length} read`);
    return sightings;
  });
  return { sightings, skipped };
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw unreadable('--sightings', file, cause);
  }
}

function* everyRise(sightings: readonly RecordedSighting[]): Generator<TrendEvent> {
  const rule = createTrendRule({ ...WHOLE, tellFrom: Number.NEGATIVE_INFINITY, tellStep: 0 });
  for (const poll of recordedPolls(sightings)) yield* rule.observe(poll);
  nameRefused(rule.refused);
}

/** A budget's threshold moves from day to day, so "once" is remembered here as the outbox does for channels. */
function* alerts(sightings: readonly RecordedSighting[], dial: Sensitivity): Generator<TrendEvent> {
  const rule = createTrendRule(WHOLE);
  const told = new Set<string>();
  for (const poll of recordedPolls(sightings)) {
    const rises = rule.observe(poll);
    if (rises.length === 0) continue;
    const threshold = rule.thresholdFor(dial);
    for (const trendEvent of rises) {
      if (!(trendEvent.from < threshold && threshold <= trendEvent.score) || told.has(trendEvent.paper))
        continue;
      told.add(trendEvent.paper);
      yield trendEvent;
    }
  }
  nameRefused(rule.refused);
}

function nameRefused({ polls, votes }: Readonly<Refused>): void {
  if (polls > 0) console.error(`${counted(polls, 'poll')} left out: the batch had not begun or was over`);
  if (votes > 0) console.error(`${counted(votes, 'sighting')} left out: negative, broken or absurd votes`);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function print(rises: Iterable<TrendEvent>): void {
  let text = '';
  for (const trendEvent of rises) {
    text += `${JSON.stringify({
      paper: trendEvent.paper,
      at: `${new Date(trendEvent.at).toISOString().slice(0, 19)}Z`,
      score: Math.round(trendEvent.score * 1e4) / 1e4,
      reason: tellTrend(trendEvent),
    })}\n`;
  }
  writeAll(Buffer.from(text));
}

/** A pipe may be full for a moment: what it did not take is offered again. A reader that left wants no more. */
function writeAll(bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') endOutput(error);
    }
  }
}
