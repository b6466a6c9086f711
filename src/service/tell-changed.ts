import { hourOf } from '#src/decision/terms.ts';
import { differing } from '#src/subscription/alike.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { channel, instant, phrase, role, words } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Rights } from './rights.ts';
import { tellEnd } from './tell-days.ts';
import { tellHour, tellOtherWhat, tellQuietHours } from './tell-differences.ts';

/** What of a subscription is another by a change, as it was and as it is: "as it happens → daily 09:00 Berlin". */
export function tellChanged(before: Subscription, after: Subscription): Phrase[] {
  const names = differing(before, after);
  return ASPECTS.filter(({ of }) => of.some((name) => names.includes(name))).flatMap(({ tell }) =>
    step(tell(before), tell(after)),
  );
}

/** The same for settings of a whole server; a channel for notices that is not one of `seen` is not named. */
export function tellSettings(
  before: ServerSettings,
  after: ServerSettings,
  seen: ReadonlySet<string>,
): Phrase[] {
  return differingSettings(before, after).map((name) =>
    phrase(`history.setting.${name}`, {
      ...{ before: SETTINGS[name](before, seen), after: SETTINGS[name](after, seen) },
    }),
  );
}

/** The channels for notices of these settings that the asker sees. */
export async function noticesSeenIn(
  settings: readonly ServerSettings[],
  rights: Rights,
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (const id of new Set(settings.flatMap(({ notices }) => notices ?? [])))
    if (await rights.sees(id)) seen.add(id);
  return seen;
}

export const differingSettings = (before: ServerSettings, after: ServerSettings) =>
  (Object.keys(SETTINGS) as (keyof ServerSettings)[]).filter((name) => before[name] !== after[name]);

type TellSetting = (settings: ServerSettings, seen: ReadonlySet<string>) => Phrase;

const SETTINGS: { [Name in keyof ServerSettings]-?: TellSetting } = {
  samePaper: ({ samePaper }) => phrase(`serverSettings.choice.${samePaper}`),
  zone: ({ zone }) =>
    zone === null ? phrase('history.none.zone') : phrase('stored.text', { text: words(zone) }),
  notices: ({ notices }, seen) => {
    if (notices === null) return phrase('history.none.notices');
    return seen.has(notices) ? phrase('stored.text', { text: channel(notices) }) : phrase('notices.hidden');
  },
};

/** What moderators decide of a subscription, but for its filter, in the order in which it is told. */
const ASPECTS: readonly {
  of: readonly (keyof Subscription)[];
  tell(subscription: Subscription): Phrase;
}[] = [
  { of: ['what'], tell: ({ what }) => tellOtherWhat(what)[0] ?? phrase('sensitivity.balanced') },
  { of: ['when'], tell: tellWhen },
  { of: ['cap'], tell: ({ cap }) => phrase('differs.cap', { cap }) },
  {
    of: ['quiet'],
    tell: ({ quiet }) => (quiet ? tellQuietHours(quiet) : phrase('history.none.quiet')),
  },
  {
    of: ['roleId', 'mention'],
    tell: ({ roleId, mention }) =>
      roleId === null ? phrase('history.none.role') : phrase('terms.role', { role: role(roleId), mention }),
  },
  { of: ['place'], tell: ({ place }) => phrase(`history.place.${place}`) },
  { of: ['silent'], tell: ({ silent }) => phrase(silent ? 'terms.silent' : 'history.none.silent') },
  { of: ['publish'], tell: ({ publish }) => phrase(publish ? 'terms.published' : 'history.none.publish') },
  { of: ['until'], tell: ({ until }) => (until ? tellEnd(until) : phrase('history.none.until')) },
  { of: ['paused'], tell: tellPaused },
];

/** What reads the same on both sides is no step: an hour of another name of the same zone. */
function step(before: Phrase, after: Phrase): Phrase[] {
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [phrase('history.step', { before, after })];
}

function tellWhen(subscription: Subscription): Phrase {
  const when = hourOf(subscription) ?? subscription.when;
  return when.kind === 'now' ? phrase('choice.asItHappens') : tellHour(when);
}

function tellPaused({ paused }: Subscription): Phrase {
  if (paused === null) return phrase('history.none.paused');
  return paused.until === undefined
    ? phrase('choice.paused')
    : phrase('history.pausedUntil', { until: instant(paused.until, 'f') });
}
