import { isDeepStrictEqual } from 'node:util';
import { SAME_PAPER } from '#src/decision/same-paper.ts';
import type { FileProblem } from '#src/render/import-page.ts';
import { MUTES_AT_MOST } from '#src/subscription/mute-changes.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel as channelMark, code, phrase } from '#src/wording/phrase.ts';
import type { Asker } from './asker.ts';
import type { Moderator } from './moderate.ts';
import { meaningOfMute } from './mute-filter.ts';
import { type PlanDeps, type PlannedSubscription, planSubscription } from './plan-subscription.ts';
import { problemIn, problemOf } from './problem-of.ts';
import { readFilter } from './read-filter.ts';
import { zoneOf } from './read-hours.ts';
import { placeInFile, type SettingsFile } from './read-settings-file.ts';
import { refuseRoom } from './refuse-room.ts';
import { meaningOfText } from './same-filter.ts';
import type { FileEntry } from './settings-file.ts';

/** What a file would change in its server. `settings`: null where they stay. */
export type ImportPlan = {
  subscriptions: readonly PlannedSubscription[];
  mutes: readonly string[];
  settings: {
    before: ServerSettings;
    after: ServerSettings;
    /** Whether the asker sees the channel for notices of before. */
    isRoomSeen: boolean;
  } | null;
};

type Planned = { ok: true; plan: ImportPlan } | { ok: false; problems: FileProblem[] };

type Deps = PlanDeps & {
  subscriptionStore: Pick<SubscriptionStore, 'inServer' | 'inChannel' | 'settings' | 'mutes'>;
  /** Of that server, and of a type that takes words. */
  takesWords(serverId: string, channelId: string): boolean;
  perServer: number;
  perChannel: number;
};

type Breathing = { breathe(): Promise<void> };

/** Whoever asks, and by what right. */
type Importer = { asker: Asker; moderator: Moderator };

/** All that hinders it, each with its place; where nothing does, what would change. Nothing is saved. */
export async function planImport(
  deps: Deps,
  file: SettingsFile,
  { asker, moderator }: Importer,
  breathe: () => Promise<void>,
): Promise<Planned> {
  const { serverId } = moderator;
  const problems: FileProblem[] = [];
  const present = deps.subscriptionStore.settings(serverId);
  const notices = await readNotices(deps, file, { asker, serverId, present }, problems);
  const isRoomSeen = present.notices === null || (await asker.rights.sees(present.notices));
  const settings = readSettings(file, { present, notices, isRoomSeen }, problems);
  const mutes = await newMutes({ ...deps, breathe }, file, serverId, problems);
  if (!asker.rights.managesServer()) {
    const told = phrase('rights.manageServer');
    if (settings) problems.push({ place: 'server.settings', told });
    if (mutes.length > 0) problems.push({ place: 'server.mutes', told });
  }
  const subscriptions: PlannedSubscription[] = [];
  const places = await placesOf(deps, file.entries, serverId, breathe);
  const firsts = new Map<string, number>();
  const zone = settings?.after.zone ?? present.zone;
  for (const [nth, entry] of file.entries.entries()) {
    const at = file.places?.[nth] ?? nth;
    const { id } = entry.channel;
    const meaning = `${id} ${meaningOfText(entry.filter, deps.topics)}`;
    const first = firsts.get(meaning);
    if (first === undefined) firsts.set(meaning, at);
    else
      problems.push({
        place: placeInFile(['subscriptions', at]),
        told: phrase('import.sameAs', { other: code(placeInFile(['subscriptions', first])) }),
      });
    const read = await planSubscription(deps, entry, {
      ...{ asker, moderator, zone },
      present: places.get(meaning) ?? null,
    });
    if (read.ok) subscriptions.push({ ...read.planned, at });
    else
      for (const { path, told } of read.problems)
        problems.push({ place: placeInFile(['subscriptions', at, ...path]), told });
    await breathe();
  }
  if (problems.length === 0) problems.push(...tooMany(deps, subscriptions, serverId));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, plan: { subscriptions, mutes, settings } };
}

/** What is in those channels, by channel and meaning. */
async function placesOf(
  { subscriptionStore, topics }: Deps,
  entries: readonly FileEntry[],
  serverId: string,
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<string, Subscription>> {
  const places = new Map<string, Subscription>();
  for (const id of new Set(entries.map(({ channel }) => channel.id)))
    for (const one of subscriptionStore.inChannel(id)) {
      if (one.serverId === serverId) places.set(`${id} ${meaningOfText(one.filter, topics)}`, one);
      await breathe();
    }
  return places;
}

type Present = { present: ServerSettings; notices: string | null; isRoomSeen: boolean };

function readSettings(
  { server }: SettingsFile,
  { present: before, notices, isRoomSeen }: Present,
  problems: FileProblem[],
): ImportPlan['settings'] {
  const { samePaper: wanted = before.samePaper, zone: written = before.zone } = server.settings ?? {};
  const samePaper = SAME_PAPER.find((one) => one === wanted);
  if (!samePaper) {
    const choices = SAME_PAPER.map((one) => code(one));
    problems.push({
      place: 'server.settings.samePaper',
      told: phrase('import.notOneOf', { choices: { or: choices } }),
    });
  }
  const zone = { is: written };
  if (written !== null && written !== before.zone) {
    const told = problemOf(() => {
      zone.is = zoneOf(written);
    });
    if (told) problems.push({ place: 'server.settings.zone', told });
  }
  const after = { ...before, ...(samePaper && { samePaper }), zone: zone.is, notices };
  return isDeepStrictEqual(after, before) ? null : { before, after, isRoomSeen };
}

/** The channel for notices, by the rules of `/doctor notices:`; the one that is there is not asked again. */
async function readNotices(
  deps: Deps,
  { server }: SettingsFile,
  { asker, serverId, present }: { asker: Asker; serverId: string; present: ServerSettings },
  problems: FileProblem[],
): Promise<string | null> {
  const wanted = server.settings?.notices;
  if (wanted === undefined || wanted?.id === present.notices) return present.notices;
  if (wanted === null) return null;
  const told = (await asker.rights.sees(wanted.id))
    ? await problemIn(refuseRoom(deps, asker, serverId, wanted.id))
    : phrase('import.noChannel');
  if (told) problems.push({ place: 'server.settings.notices.id', told });
  return wanted.id;
}

async function newMutes(
  { subscriptionStore, topics, breathe }: Pick<Deps, 'subscriptionStore' | 'topics'> & Breathing,
  { server }: SettingsFile,
  serverId: string,
  problems: FileProblem[],
): Promise<string[]> {
  const there = subscriptionStore.mutes(serverId).map(({ text }) => text);
  const known = new Set<string>();
  for (const text of there) {
    known.add(meaningOfMute(text, topics));
    await breathe();
  }
  const added: string[] = [];
  for (const [at, text] of (server.mutes ?? []).entries()) {
    if (there.includes(text)) continue;
    const told = problemOf(() => readFilter(text, topics));
    const meaning = meaningOfMute(text, topics);
    if (told) problems.push({ place: placeInFile(['server', 'mutes', at]), told });
    else if (!known.has(meaning)) added.push(text);
    known.add(meaning);
    await breathe();
  }
  const n = there.length + added.length;
  if (n > MUTES_AT_MOST)
    problems.push({
      place: 'server.mutes',
      told: phrase('import.tooManyMutes', { n, most: MUTES_AT_MOST }),
    });
  return added;
}

/** A channel or the server would have more than it can. */
function tooMany(
  { subscriptionStore, perChannel, perServer }: Deps,
  planned: readonly PlannedSubscription[],
  serverId: string,
): FileProblem[] {
  const added = planned.filter(({ present }) => present === null);
  const place = 'subscriptions';
  const ofChannels = [...Map.groupBy(added, ({ channelId }) => channelId)].flatMap(([id, those]) => {
    const n = subscriptionStore.inChannel(id).length + those.length;
    if (n <= perChannel) return [];
    return [{ place, told: phrase('import.noRoom', { channel: channelMark(id), n, most: perChannel }) }];
  });
  const n = subscriptionStore.inServer(serverId).length + added.length;
  const ofServer = n > perServer ? [{ place, told: phrase('import.tooMany', { n, most: perServer }) }] : [];
  return [...ofChannels, ...ofServer];
}
