import { ChannelType } from 'discord-api-types/v10';
import type { Parsed } from '#src/match/language/filter.ts';
import { tellStopped } from '#src/render/hold-notice.ts';
import { type Lacked, tellLacked } from '#src/render/tell-lacked.ts';
import type { FindLost, Lost } from '#src/subscription/lost.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { findsNoTag, type Tagged } from '#src/subscription/topic-tags.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { code, phrase, sentences } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { tellLost, tellPause } from './tell-terms.ts';

/** What is to be known of a channel, in whole sentences; `paused`: moderators wanted it so. */
type Finding = { kind: 'stops' | 'costs' | 'paused'; told: Phrase };

type Refused = { code: string; reason: KeptPhrase };

/** A channel as it is now. */
export type ExaminedChannel = {
  /** Deleted, as far as is known. */
  isGone: boolean;
  /** What is stored of it cannot be read. */
  isUnreadable: boolean;
  /** What Discord refused there last; null: it takes posts, or was not tried. */
  held: Refused | null;
  /** What hinders posts there now, as far as can be known without asking. */
  obstacle: Refused | null;
  /** Where that is permissions: which. */
  lacked: readonly Lacked[];
  subscriptions: readonly Subscription[];
  /** As Discord has it; null: unknown. */
  known: (Tagged & { type: number }) | null;
};

export type ExamineDeps = { lost: FindLost; parse(filter: string): Parsed };

/** Everything that keeps papers from a channel, or costs something of them: what stops all of them first. */
export function examineChannel(deps: ExamineDeps, channel: ExaminedChannel): Finding[] {
  if (channel.isGone) return [{ kind: 'stops', told: phrase('doctor.gone') }];
  const found = [
    ...placeFindings(channel),
    ...channel.subscriptions.flatMap((one) => subscriptionFindings(deps, channel, one)),
  ];
  return KINDS.flatMap((kind) => found.filter((one) => one.kind === kind));
}

const KINDS = ['stops', 'costs', 'paused'] as const satisfies readonly Finding['kind'][];

function placeFindings({ isUnreadable, lacked, obstacle, held }: ExaminedChannel): Finding[] {
  const unread: Finding[] = isUnreadable ? [{ kind: 'stops', told: phrase('doctor.unreadable') }] : [];
  const [first, ...others] = lacked;
  if (first) return [...unread, { kind: 'stops', told: tellLacked(first, others, null) }];
  // What Discord refused may have reasons that only it knows.
  const refused = obstacle ?? held;
  return refused ? [...unread, { kind: 'stops', told: tellStopped(refused, null) }] : unread;
}

function subscriptionFindings(
  { lost, parse }: ExamineDeps,
  { known, obstacle, held }: ExaminedChannel,
  subscription: Subscription,
): Finding[] {
  const filter = code(subscription.filter, 60);
  const isTold = [obstacle, held].some((refused) => refused?.code === 'tag-required');
  const isUntagged = !isTold && known !== null && findsNoTag(known, parse(subscription.filter));
  const isUnpublished =
    subscription.publish && known !== null && known.type !== ChannelType.GuildAnnouncement;
  return [
    ...lost(subscription).map(
      (one): Finding => ({
        kind: one.kind === 'role' ? 'costs' : 'stops',
        told: phrase('doctor.ofOne', { filter, problem: sentences(tellLost(one), ...mendOf(one)) }),
      }),
    ),
    ...(isUntagged ? [{ kind: 'stops', told: phrase('doctor.noTag', { filter }) } as const] : []),
    ...(isUnpublished ? [{ kind: 'costs', told: phrase('doctor.unpublished', { filter }) } as const] : []),
    ...(subscription.paused
      ? [
          {
            kind: 'paused',
            told: phrase('doctor.paused', { filter, reason: tellPause(subscription.paused) }),
          } as const,
        ]
      : []),
  ];
}

/** Where to click; what stops a subscription says so itself. */
function mendOf(lost: Lost): Phrase[] {
  if (lost.kind !== 'role') return [];
  return [phrase(lost.mention === 'silent' ? 'doctor.mendSilence' : 'doctor.mendRole')];
}
