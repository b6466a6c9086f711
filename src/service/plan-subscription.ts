import { isDeepStrictEqual } from 'node:util';
import type { RoleMention } from '#src/subscription/lost.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { phrase, quoted } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Asker } from './asker.ts';
import { draftOf } from './edit-subscription.ts';
import { type Moderator, refuseChange } from './moderate.ts';
import { WEEKDAYS, withStored } from './order-lines.ts';
import { problemOf } from './problem-of.ts';
import { readFilter, refuseNegative } from './read-filter.ts';
import { readHour, readHours, zoneOf } from './read-hours.ts';
import { readMention } from './read-mention.ts';
import { type OrderOptions, readOrder } from './read-order.ts';
import { readSensitivity } from './read-sensitivity.ts';
import { endOf, readUntil } from './read-until.ts';
import { readWhat } from './read-what.ts';
import { readWhen } from './read-when.ts';
import { refuseRole } from './refuse-role.ts';
import { entryOf, type FileEntry } from './settings-file.ts';
import { refuseChannel, type SubscribeRules } from './subscribe-rules.ts';

/** A subscription of a file as it would be; `present`: the one of the same meaning in its channel. */
export type PlannedSubscription = {
  /** Its place in the file, from 0. */
  at: number;
  kind: 'new' | 'differs' | 'same';
  channelId: string;
  present: Subscription | null;
  draft: SubscriptionDraft;
  paused: Subscription['paused'];
  /** What of it does nothing there. */
  notes: readonly Phrase[];
};

export type PlanDeps = Pick<SubscribeRules, 'lacked' | 'tagsIn' | 'topics'> & {
  zones: Zones;
  /** As the gateway knows it; null: Discord has none. */
  channel(channelId: string): { serverId: string; name: string; type: number } | null;
  mention(place: { serverId: string; channelId: string }, roleId: string): RoleMention;
  /** What the bot may do there. */
  botIn(channelId: string): { botPermissions: bigint | null; mentionsAll: boolean };
};

type Asked = {
  asker: Asker;
  moderator: Moderator;
  /** That of hours which name none. */
  zone: string | null;
  present: Subscription | null;
};

type Problem = { path: readonly PropertyKey[]; told: Phrase };
type Read =
  | { ok: true; planned: Omit<PlannedSubscription, 'at'> }
  | { ok: false; problems: readonly Problem[] };

/** One subscription of a file, by the very rules of /subscribe. What is there just so is not asked anything. */
export async function planSubscription(deps: PlanDeps, entry: FileEntry, asked: Asked): Promise<Read> {
  const { present, moderator } = asked;
  const channelId = entry.channel.id;
  const isHidden = (await moderator.lacks(channelId)) === 'viewChannel';
  if (present && !isHidden && isDeepStrictEqual(nameless(entryOf(present, null)), nameless(entry))) {
    const { paused } = present;
    const draft = draftOf(present);
    return { ok: true, planned: { kind: 'same', channelId, present, draft, paused, notes: [] } };
  }
  const channel = isHidden ? null : deps.channel(channelId);
  const isHere = channel !== null && channel.serverId === moderator.serverId;
  const order = optionsOf(entry, channel?.type ?? 0);
  const problems: Problem[] = [
    ...(isHere ? [] : [{ path: ['channel', 'id'], told: phrase('import.noChannel') }]),
    ...filterProblems(deps, entry, present),
    ...optionProblems(entry),
  ];
  const read = problems.some(({ path }) => path[0] !== 'channel') ? null : readTerms(deps, order, asked);
  if (read && 'told' in read) problems.push(read);
  const draft = read && 'draft' in read ? draftFrom(entry, read.draft, present) : null;
  if (isHere && draft) problems.push(...(await placeProblems(deps, entry, { ...asked, draft, channel })));
  if (problems.length > 0 || !read || 'told' in read || !draft) return { ok: false, problems };
  const paused = pausedBy(entry, present, asked.asker.now);
  const isSame = present !== null && isAlike(present, draft, paused);
  return {
    ok: true,
    planned: {
      ...{ kind: isSame ? 'same' : present ? 'differs' : 'new', channelId, present, draft, paused },
      notes: isSame ? [] : read.notes,
    },
  };
}

function nameless({ channel: { id }, ...entry }: FileEntry) {
  return { ...entry, channel: { id } };
}

function optionsOf(entry: FileEntry, type: number): OrderOptions {
  const { what = '', sensitivity = '', when = '', at = '', zone = '', quiet = '' } = entry;
  const { cap = null, role, mention = '', place = '', silent = false, publish = false, until = '' } = entry;
  return {
    ...{ what, sensitivity, when, at, zone, quiet, cap, mention, place, silent, publish, until },
    channel: { type },
    role: role === undefined ? null : { id: role },
  };
}

/** One that is there is not asked again what it was asked when it was saved. */
function filterProblems(
  { topics }: PlanDeps,
  { filter }: FileEntry,
  present: Subscription | null,
): Problem[] {
  if (present?.filter === filter) return [];
  const told = problemOf(() => refuseNegative(readFilter(filter, topics).filter));
  return told ? [{ path: ['filter'], told }] : [];
}

/** Each option by itself, so that all that cannot be read is told at once. */
const READ: readonly (readonly [
  name: keyof FileEntry & keyof OrderOptions,
  read: (text: string) => unknown,
])[] = [
  ['what', readWhat],
  ['sensitivity', readSensitivity],
  ['when', readWhen],
  ['at', readHour],
  ['zone', zoneOf],
  ['quiet', readHours],
  ['mention', readMention],
  ['until', readUntil],
];

function optionProblems(entry: FileEntry): Problem[] {
  const typed = READ.flatMap(([name, read]) => {
    const text = entry[name];
    const told = typeof text === 'string' && text.trim() !== '' ? problemOf(() => read(text)) : null;
    return told ? [{ path: [name], told }] : [];
  });
  const days = (entry.weekdays ?? []).flatMap((day, at) =>
    WEEKDAYS.some((one) => one === day)
      ? []
      : [{ path: ['weekdays', at], told: phrase('import.notADay', { text: quoted(day, 30) }) }],
  );
  return [...typed, ...days];
}

type Terms = { draft: Omit<SubscriptionDraft, 'filter'>; notes: readonly Phrase[] } | Problem;

/** What the options mean together. Quiet hours may name another zone than the digest, as stored ones may have it. */
function readTerms({ zones }: PlanDeps, order: OrderOptions, { zone, asker }: Asked): Terms {
  const read: { terms?: Terms } = {};
  const told = problemOf(() => {
    const hours = order.zone.trim() === '' ? null : readHours(order.quiet);
    const { draft, notes, end } = readOrder(
      { ...order, ...(hours && { quiet: `${hours.from}-${hours.to}` }) },
      zone,
    );
    const last: Pick<SubscriptionDraft, 'until'> = {};
    const over = problemOf(() => {
      if (end) last.until = endOf(end.wanted, { now: asker.now, zone: end.zone, zones });
    });
    const quiet = draft.quiet && { ...draft.quiet, zone: hours?.zone ?? draft.quiet.zone };
    read.terms = over ? { path: ['until'], told: over } : { draft: { ...draft, quiet, ...last }, notes };
  });
  return read.terms ?? { path: [], told: told ?? phrase('import.missing') };
}

function draftFrom(
  { filter, weekdays = [] }: FileEntry,
  terms: Omit<SubscriptionDraft, 'filter'>,
  present: Subscription | null,
): SubscriptionDraft {
  const typed = { ...terms, filter };
  const draft = present ? { ...withStored(typed, draftOf(present)), filter } : typed;
  if (draft.when.kind !== 'daily') return draft;
  const { weekdays: _, ...when } = draft.when;
  const days = WEEKDAYS.flatMap((day, at) => (weekdays.includes(day) ? [at + 1] : []));
  return { ...draft, when: days.length > 0 ? { ...when, weekdays: days } : when };
}

type Placed = Asked & {
  draft: SubscriptionDraft;
  channel: { serverId: string; name: string; type: number };
};

/** Whether the asker may change that channel, the bot may post there, and the role be mentioned. */
async function placeProblems(
  deps: PlanDeps,
  { channel: { id } }: FileEntry,
  { asker, moderator, present, draft, channel }: Placed,
): Promise<Problem[]> {
  const { botPermissions, mentionsAll: byBot } = deps.botIn(id);
  const mentionsAll = { byBot, byAsker: asker.rights.mentionsAll(id) };
  const place = { id, name: channel.name, type: channel.type, botPermissions, mentionsAll };
  const lack = await refuseChange(moderator, id).then(
    () => null,
    (error: unknown) =>
      problemOf(() => {
        throw error;
      }),
  );
  const barred =
    lack ?? problemOf(() => refuseChannel(deps, place, { ...draft, serverId: channel.serverId }));
  return [
    ...(barred ? [{ path: ['channel'], told: barred }] : []),
    ...(draft.roleId === null || draft.roleId === present?.roleId
      ? []
      : roleProblems(deps, asker, place, draft.roleId)),
  ];
}

type Place = Parameters<typeof refuseChannel>[1];

function roleProblems({ mention }: PlanDeps, asker: Asker, channel: Place, id: string): Problem[] {
  const serverId = asker.serverId ?? '';
  const rings = mention({ serverId, channelId: channel.id }, id);
  if (rings === 'gone') return [{ path: ['role'], told: phrase('import.noRole') }];
  // Where the bot may mention every role, nobody says that this one is for everybody.
  const mentionable = rings === 'rings' && !channel.mentionsAll.byBot;
  const told = problemOf(() => refuseRole({ role: { id, mentionable }, channel, serverId }));
  return told ? [{ path: ['role'], told }] : [];
}

/** A pause whose end is over is none. */
function pausedBy(
  { paused, pausedUntil }: FileEntry,
  present: Subscription | null,
  now: number,
): Subscription['paused'] {
  const until = pausedUntil === undefined ? undefined : Date.parse(pausedUntil);
  if (!(paused ?? until !== undefined) || (until !== undefined && until <= now)) return null;
  if (present?.paused && present.paused.until === until) return present.paused;
  const reason = phrase('subscriptions.pausedByModerator');
  return { reason, at: now, ...(until !== undefined && { until }) };
}

/** Filters that mean the same may be written differently. */
function isAlike(present: Subscription, draft: SubscriptionDraft, paused: Subscription['paused']): boolean {
  const { filter, ...saved } = draftOf(present);
  const { filter: _, ...wanted } = draft;
  return isDeepStrictEqual(saved, wanted) && present.paused === paused;
}
