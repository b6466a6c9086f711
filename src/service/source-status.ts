import type { Archive } from '#src/archive/archive.ts';
import { type ListHealth, lastSuccessOf } from '#src/archive/source-health.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import type { SourceStanding, StandingNote } from '#src/paper/standing.ts';
import { tellNote } from '#src/render/source-notes.ts';
import type { SourceStatus } from '#src/render/status-page.ts';
import type { Source } from '#src/source/source.ts';
import { factsOf, labelOf } from '#src/source/sources.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { markdown, phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

/** The one owner of how the sources fare: /status and /healthz say the same. */
type Deps = { archive: Pick<Archive, 'health'>; sources?: readonly Source[] };

const LATE: readonly StandingNote['kind'][] = ['empty', 'foreign'];
const PARTIAL: readonly StandingNote['kind'][] = ['awaited', 'unfinished', 'shrunk'];

/** How each source fares, but for those that an operator switched off. `interval`: how far apart rounds are, ms. */
export async function sourcesStatus(
  { archive, sources }: Deps,
  now: number,
  pollInterval: number,
): Promise<SourceStatus[]> {
  const isOff = (source: SourceName): boolean => sources?.every(({ name }) => name !== source) ?? false;
  const read = (await archive.health()).filter(({ source }) => !isOff(source));
  return await Promise.all(
    [...Map.groupBy(read, ({ source }) => source)].map(async ([source, lists]) => {
      const standing = (await sources?.find(({ name }) => name === source)?.standing?.(now)) ?? null;
      const patience = Math.max(3 * pollInterval, factsOf(source)?.quietFor ?? 0);
      return { name: nameOf(source), ...faresWithLookUps({ lists, standing, now, patience }) };
    }),
  );
}

/** One that is only asked stands beside the one whose lists are read there. */
function nameOf(source: SourceName): KeptPhrase {
  const label = labelOf(source);
  return factsOf(source)?.list === 'lookup' ? phrase('status.lookUps', { source: label }) : label;
}

/** `patience`: how long it may be silent, ms. */
type Asked = { lists: readonly ListHealth[]; standing: SourceStanding | null; now: number; patience: number };

/** A look-up that failed tells of now for so long: nobody need have asked since. */
const LATELY = 900_000;

/** What members were told lately counts beside the lists. */
function faresWithLookUps(asked: Asked): Omit<SourceStatus, 'name'> {
  const lookUps = asked.lists.find(({ list }) => list === 'lookup');
  const lists = asked.lists.filter(({ list }) => list !== 'lookup');
  const told = lookUps && isFailing(lookUps) && isLately(lookUps, asked.now) ? lookUps.reason : null;
  const fared = lists.length > 0 ? fares({ ...asked, lists }) : lookUpsAlone(lookUps ?? null);
  if (told === null || fared.state === 'late') return fared;
  return { ...fared, state: 'partial', reasons: [phrase('status.lookUpsFail', { reason: markdown(told) })] };
}

/** Nobody need have asked: it is never late. */
function lookUpsAlone(lookUps: ListHealth | null): Omit<SourceStatus, 'name'> {
  const lastSuccessAt = lookUps?.succeededAt ?? null;
  return {
    state: lastSuccessAt === null ? 'not read yet' : 'on time',
    lastSuccessAt,
    nextAt: null,
    reasons: [],
  };
}

const isFailing = ({ failedAt, succeededAt }: ListHealth): boolean =>
  failedAt !== null && failedAt >= (succeededAt ?? 0);

const isLately = ({ failedAt }: ListHealth, now: number): boolean =>
  failedAt !== null && now - failedAt < LATELY;

/** Late: not read for too long, failed since, or without a list that should be there. Partial: cut, malformed, or in part. */
function fares({ lists, standing, now, patience }: Asked): Omit<SourceStatus, 'name'> {
  const lastSuccessAt = lastSuccessOf(lists);
  const notes = standing?.notes ?? [];
  const failing = lists.find(isFailing);
  // What a note tells better is told once.
  const isNoted = notes.some(({ kind }) => STRANGE.includes(kind));
  const failure = isNoted ? null : (failing?.reason ?? null);
  const nextAt = standing?.nextAt ?? null;
  const told = (...first: readonly (KeptPhrase | null)[]): KeptPhrase[] =>
    [...first, ...notes.map(tellNote)].filter((reason) => reason !== null);
  if (lastSuccessAt === null && !failing && !notes.some(isLate))
    return { state: 'not read yet', lastSuccessAt, nextAt, reasons: told() };
  const isSilent = now - (lastSuccessAt ?? now) > patience;
  const fails = failing !== undefined && !notes.some(isAwaited);
  if (fails || isSilent || lastSuccessAt === null || notes.some(isLate))
    return { state: 'late', lastSuccessAt, nextAt, reasons: told(failure) };
  const cut = lists.find(isCut);
  const isPartial = cut !== undefined || notes.some(({ kind }) => PARTIAL.includes(kind));
  const reasons = told(failure, cut ? partialReason(cut, notes) : null);
  return { state: isPartial ? 'partial' : 'on time', lastSuccessAt, nextAt, reasons };
}

/** Lists that were refused for what they hold. */
const STRANGE: readonly StandingNote['kind'][] = ['foreign', 'shrunk'];

const isLate = (note: StandingNote): boolean =>
  LATE.includes(note.kind) || (note.kind === 'awaited' && note.lists.length === 0);

/** Where not all of them are awaited, some lists have come, whichever was asked for last. */
const isAwaited = ({ kind }: StandingNote): boolean => kind === 'awaited';

/** A list of announcements may be one page of many: it is whole all the same. */
const isCut = ({ list, complete, malformed }: ListHealth): boolean =>
  malformed > 0 || (list === 'daily' && !complete);

function partialReason(
  { items, malformed, complete }: ListHealth,
  notes: readonly StandingNote[],
): Phrase | null {
  if (malformed > 0) return phrase(items > 0 ? 'status.someUnread' : 'status.allUnread', { n: malformed });
  return complete || notes.some(({ kind }) => kind === 'shrunk') ? null : phrase('status.incomplete');
}
