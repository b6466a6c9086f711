import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import type { Kept } from '#src/archive/keep-poll.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { readListEntry } from '#src/source/hugging-face-paper.ts';
import { placeInList } from '#src/source/place-in-list.ts';
import { collected } from '#test/collected.ts';

const RECORDED = '../shared/recordings/hugging-face';

/** A recorded body as a poll; `2025-01-08@2025-01-08T170741Z.json.gz` names the batch and the instant. */
function recordedPoll(file: string, seenAt: number): Poll {
  const key = file.slice(file.lastIndexOf('/') + 1).slice(0, 10);
  const body: unknown[] = JSON.parse(gunzipSync(readFileSync(file)).toString());
  const { sightings, malformed } = placeInList(
    body.map((item) => readListEntry(item, 'https://huggingface.co', seenAt)),
  );
  return { source: 'hugging-face', list: 'daily', key, seenAt, complete: true, malformed, sightings };
}

function filesIn(folder: string, start: string): string[] {
  const names = readdirSync(join(RECORDED, folder)).filter((name) => name.startsWith(start));
  return names.sort().map((name) => join(RECORDED, folder, name));
}

const DAY = 86_400_000;

describe.skipIf(!existsSync(RECORDED))('recorded days of Hugging Face (needs the recordings)', () => {
  it('are kept as they were, and keeping them again changes nothing', async () => {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    const polls = filesIn('2026', '2026-03').map((file, i) =>
      recordedPoll(file, Date.UTC(2026, 2, 2) + i * DAY),
    );
    const fresh: string[] = [];
    for (const poll of polls) fresh.push(...(await archive.keep(poll)).fresh);

    const ids = new Set(polls.flatMap((poll) => poll.sightings.map(({ paper }) => paper.id)));
    expect(new Set(fresh)).toEqual(ids);
    expect(fresh).toHaveLength(ids.size);

    const seq = await archive.lastSeq();
    const again: Kept[] = [];
    for (const poll of polls) again.push(await archive.keep(poll));
    expect(again.filter(({ fresh, changed }) => fresh.length + changed.length > 0)).toEqual([]);
    expect(await archive.lastSeq()).toBe(seq);

    const replayed = (await collected(archive.pollsSince(0))).map(figuresOf);
    expect(replayed).toEqual(polls.map(figuresOf));
  });

  it('seen nine times in thirteen hours show one batch whose votes moved', async () => {
    const archive = await openArchive(await openDatabase(':memory:'), []);
    const polls = filesIn('earlier-versions', '2025-01-08').map((file, i) =>
      recordedPoll(file, Date.UTC(2025, 0, 8, i)),
    );
    for (const poll of polls) await archive.keep(poll);

    expect((await collected(archive.pollsSince(0))).map(figuresOf)).toEqual(polls.map(figuresOf));
    const newest = polls[polls.length - 1].sightings[0];
    expect((await archive.paper(newest.paper.id))?.signals.votes).toBe(newest.votes);
  });
});

const figuresOf = ({ seenAt, key, malformed, sightings }: Poll) => ({
  ...{ seenAt, key, malformed },
  shown: sightings.map(({ paper, ...rest }) => ({ ...rest, paper: paper.id })),
});
