import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';
import type { MadeUpPaper } from './paper-press.ts';
import type { Home, Town } from './town.ts';
import type { Due } from './wishes.ts';
import { workingDay } from './working-day.ts';

/** All (channel, paper) pairs of the channels that are left, compared with what stands there. */
export type Reckoning = {
  owed: number;
  /** Pairs whose filter, pause or channel changed between: there or not, at most once. */
  either: number;
  /** How many of those came. */
  eitherShown: number;
  lost: string[];
  doubled: string[];
  /** Pairs that stand in a channel and were never due there. */
  uncalled: string[];
  /** Notices to moderators that stand twice. */
  doubledNotices: number;
  /** Examples that moderators asked for, and how many of them stand twice. */
  examples: number;
  doubledExamples: number;
  /** Cards that should have a thread and have none. */
  threadless: number;
};

/** `lowest`: the score from which the trending channel hears. */
export async function reckon(
  driver: Driver,
  file: string,
  town: Town,
  printed: readonly MadeUpPaper[],
  lowest: number,
): Promise<Reckoning> {
  const homes = town.homes.filter(({ isGone }) => !isGone);
  const db = await openDatabase(file);
  const risen = new Set(
    (
      await db.all<{ paper: string }>(
        'SELECT paper FROM trend_event WHERE from_score < ? AND score >= ?',
        lowest,
        lowest,
      )
    ).map(({ paper }) => paper),
  );
  const settled = await settledElsewhere(db, town);
  const there = await shownIn(driver, homes, await openOutbox(db, workingDay.now()));
  await db.close();

  const due = new Map<string, Due>();
  for (const { name, wishes, trending } of homes)
    for (const paper of printed)
      due.set(`${name} ${paper.id}`, trending && !risen.has(paper.id) ? 'never' : wishes.due(paper));
  const pairs = (kind: Due) => [...due].filter(([, is]) => is === kind).map(([key]) => key);
  const isThere = (key: string) =>
    there.has(key) || (settled.get(key)?.some((first) => there.has(first)) ?? false);
  return {
    owed: pairs('owed').length,
    either: pairs('either').length,
    eitherShown: pairs('either').filter(isThere).length,
    lost: pairs('owed').filter((key) => !isThere(key)),
    doubled: [...there].filter(([, times]) => times > 1).map(([key]) => key),
    uncalled: [...there.keys()].filter((key) => (due.get(key) ?? 'never') === 'never'),
    doubledNotices: doubledNotices(driver, town),
    ...examplesIn(driver, homes),
    threadless: homes
      .filter(({ place }) => place === 'thread')
      .flatMap(({ channel }) => threadless(driver, channel)).length,
  };
}

/** Pairs of which the bot says that another channel of the server has the paper, with the pairs that would bear it out. */
async function settledElsewhere(db: Database, { homes }: Town): Promise<Map<string, string[]>> {
  const rows = await db.all<{ destination: string; paper: string }>(
    "SELECT destination, paper FROM entry WHERE state = 'elsewhere'",
  );
  return new Map(
    rows.flatMap(({ destination, paper }) => {
      const home = homes.find(({ channel }) => toChannel(channel) === destination);
      if (!home) return [];
      const others = homes.filter((other) => other.server === home.server && other !== home);
      return [[`${home.name} ${paper}`, others.map(({ name }) => `${name} ${paper}`)] as const];
    }),
  );
}

/** How often each pair stands in its channel. */
async function shownIn(driver: Driver, homes: readonly Home[], outbox: Outbox): Promise<Map<string, number>> {
  const papersOf = async (nonce: string) => (await outbox.postByNonce(nonce))?.papers ?? [];
  const shown: string[] = [];
  for (const { name, channel } of homes)
    for (const message of messagesIn(driver, channel).filter((one) => !isExample(one)))
      for (const id of await papersShown(message, papersOf)) shown.push(`${name} ${id}`);
  return new Map([...Map.groupBy(shown, (key) => key)].map(([key, times]) => [key, times.length]));
}

/** It stands beside the alert of its paper. */
const isExample = ({ content }: SeenMessage): boolean => content.startsWith('Example: ');

/** An example carries a nonce of its own: the same one stands there once. */
function examplesIn(driver: Driver, homes: readonly Home[]): Pick<Reckoning, 'examples' | 'doubledExamples'> {
  const nonces = homes
    .flatMap(({ channel }) => messagesIn(driver, channel))
    .filter(isExample)
    .map(({ components }) => /"why:[^"]+"/.exec(JSON.stringify(components))?.[0]);
  return { examples: nonces.length, doubledExamples: nonces.length - new Set(nonces).size };
}

/** Those of the bot in a channel, in its threads and its forum posts. */
function messagesIn(driver: Driver, channel: string): SeenMessage[] {
  const places = [channel, ...driver.threadsOf(channel).map(({ id }) => id)];
  return places.flatMap((place) => driver.allMessages(place)).filter(({ author }) => author.bot);
}

/** A card shows its paper; a digest shows ten of its papers, and its button opens the rest. */
async function papersShown(
  message: SeenMessage,
  papersOf: (nonce: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const nonce = /"why:([^"]+)"/.exec(JSON.stringify(message.components))?.[1] ?? '';
  if (message.content.includes(' · also in [')) return [...(await papersOf(nonce))];
  const text = JSON.stringify(message.embeds);
  const visible = [...new Set([...text.matchAll(/papers\/(\d{4}\.\d{5})/g)].map((match) => match[1]))];
  // A digest's push line begins with its number, a catch-up's ends with it.
  const count = /(?:^|: )(\d+) papers?[:.]/.exec(message.content)?.[1];
  if (count === undefined || Number(count) === visible.length) return visible;
  const all = await papersOf(nonce);
  if (all.length !== Number(count)) throw new Error(`A digest of ${count} papers opens ${all.length}.`);
  return [...all];
}

/** A thread has the id of the message it was opened under. */
function threadless(driver: Driver, channel: string): SeenMessage[] {
  const threads = new Set(driver.threadsOf(channel).map(({ id }) => id));
  const cards = driver.allMessages(channel).filter(({ author, embeds }) => author.bot && embeds.length === 1);
  return cards.filter(({ id, embeds }) => embeds[0].url && !threads.has(id));
}

/** A notice carries a nonce of its own: the same one stands there once. */
function doubledNotices(driver: Driver, { homes, servers }: Town): number {
  const places = [
    ...homes.filter(({ isGone }) => !isGone).map(({ channel }) => channel),
    ...servers.map(({ harness }) => harness),
  ];
  const nonces = places
    .flatMap((place) => driver.allMessages(place))
    .filter(
      ({ author, embeds, content, nonce }) => author.bot && embeds.length === 0 && content !== '' && nonce,
    )
    .map(({ channel_id, nonce }) => `${channel_id} ${nonce}`);
  return nonces.length - new Set(nonces).size;
}
