import { isDeepStrictEqual } from 'node:util';
import { hourOf, type What } from '#src/decision/terms.ts';
import { modernZone } from '#src/subscription/modern-zone.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { Sensitivity } from '#src/trend/sensitivity.ts';

type Typed = Omit<SubscriptionDraft, 'filter' | 'roleId'>;

/** Each option as it is typed, by what is stored of it; nothing where it is as everywhere. */
const WRITTEN: { readonly [Name in keyof Typed]-?: (draft: SubscriptionDraft) => readonly string[] } = {
  what: ({ what, when }) => whatLines(what, when.kind === 'weekly' ? 'week' : 'day'),
  when: (draft) => {
    const when = hourOf(draft);
    if (when === null) return [];
    const how = when.kind === 'daily' ? 'daily' : `weekly ${WEEKDAYS[when.weekday - 1]}`;
    return [`when: ${how}`, `at: ${when.at}`, zoneLine(when.zone)];
  },
  cap: (draft) => (hourOf(draft) === null && draft.cap !== DEFAULTS.cap ? [`cap: ${draft.cap}`] : []),
  quiet: ({ quiet }) =>
    quiet === null || quiet.from === quiet.to
      ? []
      : [`quiet: ${quiet.from}-${quiet.to}`, zoneLine(quiet.zone)],
  mention: ({ roleId, mention }) =>
    roleId !== null && mention !== DEFAULTS.mention ? [`mention: ${mention}`] : [],
  place: (draft) => (draft.place === 'thread' && hourOf(draft) === null ? ['place: thread'] : []),
  silent: ({ silent }) => (silent ? ['silent: yes'] : []),
  until: ({ until }) => (until ? [`until: ${until.day}`, zoneLine(until.zone)] : []),
  publish: ({ publish }) => (publish ? ['publish: yes'] : []),
};

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const zoneLine = (zone: string): string => `zone: ${modernZone(zone)}`;

/** A saved subscription as it is typed: `name: value`, one a line; without its filter, channel and role. */
export function orderLines(draft: SubscriptionDraft): string {
  return [...new Set(typedLines(draft))].join('\n');
}

/** The same line by line, with a line for the zone behind each hour and each last day. */
export const typedLines = (draft: SubscriptionDraft): readonly string[] =>
  Object.values(WRITTEN).flatMap((write) => write(draft));

/** What was typed for a saved subscription. What is typed as it was keeps what is stored, which may say more than can be typed. */
export function withStored(draft: SubscriptionDraft, saved: SubscriptionDraft): SubscriptionDraft {
  const names = Object.keys(WRITTEN) as (keyof Typed)[];
  const kept = names.filter(
    (name) => Object.hasOwn(saved, name) && isDeepStrictEqual(WRITTEN[name](draft), WRITTEN[name](saved)),
  );
  return { ...draft, ...Object.fromEntries(kept.map((name) => [name, saved[name]])) };
}

function whatLines(what: What, span: 'day' | 'week'): string[] {
  if (what.kind === 'all') return ['what: all new'];
  if (what.kind === 'top') return [`what: best ${what.n} a ${span}`];
  return what.sensitivity === 'balanced' ? [] : [`sensitivity: ${sensitivityTyped(what.sensitivity)}`];
}

function sensitivityTyped(sensitivity: Sensitivity): string {
  if (typeof sensitivity !== 'string') return `about ${sensitivity.perDay} a day`;
  if (sensitivity === 'sure') return 'strict';
  return sensitivity === 'wide' ? 'everything rising' : sensitivity;
}
