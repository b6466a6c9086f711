import { openDatabase } from '#src/foundation/database.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';
import type { MadeUpPaper } from './paper-press.ts';
import type { Home } from './town.ts';

/** All (channel, paper) pairs, compared with what stands in the channels. */
export type Reckoning = {
  pairs: number;
  lost: string[];
  doubled: string[];
  /** Pairs that stand in a channel and were never due there. */
  uncalled: string[];
  /** Notices to moderators that stand twice. */
  doubledNotices: number;
};

/** `lowest`: the heat from which the trending channel hears. */
export function reckon(
  driver: Driver,
  file: string,
  homes: readonly Home[],
  printed: readonly MadeUpPaper[],
  lowest: number,
): Reckoning {
  const db = openDatabase(file);
  const outbox = openOutbox(db, Date.now());
  const risen = new Set(
    db
      .prepare<{ paper: string }>('SELECT paper FROM rising WHERE from_heat < ? AND heat >= ?')
      .all(lowest, lowest)
      .map(({ paper }) => paper),
  );
  const expected = homes.flatMap(({ name, channel, wants, trending }) =>
    printed
      .filter((paper) => wants(paper) && (!trending || risen.has(paper.id)))
      .map(({ id }) => ({ key: `${name} ${id}`, channel })),
  );
  const papersOf = (nonce: string) => outbox.postByNonce(nonce)?.papers ?? [];
  const shown = homes.flatMap(({ name, channel }) =>
    messagesIn(driver, channel).flatMap((message) =>
      papersShown(message, papersOf).map((id) => `${name} ${id}`),
    ),
  );
  db.close();

  const wanted = new Set(expected.map(({ key }) => key));
  const there = Map.groupBy(shown, (key) => key);
  return {
    pairs: expected.length,
    lost: [...wanted].filter((key) => !there.has(key)),
    doubled: [...there].filter(([, times]) => times.length > 1).map(([key]) => key),
    uncalled: [...there.keys()].filter((key) => !wanted.has(key)),
    doubledNotices: doubledNotices(driver, homes),
  };
}

/** Those of the bot in a channel, in its threads and its forum posts. */
function messagesIn(driver: Driver, channel: string): SeenMessage[] {
  const places = [channel, ...driver.threadsOf(channel).map(({ id }) => id)];
  return places.flatMap((place) => driver.allMessages(place)).filter(({ author }) => author.bot);
}

/** A card shows its paper; a digest shows ten of its papers, and its button opens the rest. */
function papersShown(message: SeenMessage, papersOf: (nonce: string) => readonly string[]): string[] {
  const text = JSON.stringify(message.embeds);
  const visible = [...new Set([...text.matchAll(/papers\/(\d{4}\.\d{5})/g)].map((match) => match[1]))];
  const count = /: (\d+) papers?"/.exec(text)?.[1];
  if (count === undefined || Number(count) === visible.length) return visible;
  const nonce = /"why:([^"]+)"/.exec(JSON.stringify(message.components))?.[1] ?? '';
  const all = papersOf(nonce);
  if (all.length !== Number(count)) throw new Error(`A digest of ${count} papers opens ${all.length}.`);
  return [...all];
}

/** The same words twice within the same day. */
function doubledNotices(driver: Driver, homes: readonly Home[]): number {
  const texts = homes
    .flatMap(({ channel }) => driver.allMessages(channel))
    .filter(({ author, embeds, content }) => author.bot && embeds.length === 0 && content !== '')
    .map(({ channel_id, content }) => `${channel_id} ${content}`);
  return texts.length - new Set(texts).size;
}
