import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Post } from './post.ts';
import type { InstantSpan, PostRefusal, ReadBack, Receipt } from './receipt.ts';

// The rules of outbox.ts's diagram as pure functions: a post and what was learnt of it in, its next state out.

/** Instants and durations in milliseconds. */
export type Patience = {
  /** How long after its first attempt a resend with the same nonce surely makes no second message. */
  nonceWindow: number;
  /** How long after an attempt a channel is read back at the earliest: what is still under way shall arrive. */
  readBackDelay: number;
};

/** Discord promises "the past few minutes" for enforce_nonce; two are taken. */
export const PATIENCE: Patience = { nonceWindow: 120_000, readBackDelay: 15_000 };

/** What becomes of a post. `hold`: its channel takes nothing for now. */
export type PostOutcome =
  | { to: 'sent'; messageId: string; channelId: string }
  | { to: 'packed'; nextAt: number; reason: KeptPhrase | null; plain: boolean }
  | {
      to: 'unknown';
      nextAt: number;
      doubtSince: number;
      reason: KeptPhrase;
      hold: ChannelHold | null;
      readTo: string | null;
      checks: number;
      unheard: boolean;
    }
  | { to: 'refused'; reason: KeptPhrase }
  /** Surely unsent: its papers wait for the channel, then go as one catch-up. */
  | { to: 'dissolved'; papers: 'held'; hold: ChannelHold; reason: KeptPhrase }
  /** Surely unsent, for one paper's words: two posts with half the papers each take its place. */
  | { to: 'dissolved'; papers: 'halved'; reason: KeptPhrase };

/** An instant that has come whatever the clock says, also when it is set back. */
export const AT_ONCE = 0;

export type ChannelHold = { code: PostRefusal; reason: KeptPhrase };

/** How to make sure of a post that may have been sent. */
export type DoubtCheck =
  /** The nonce still guards it: send it again, before the given instant of Discord's clock. */
  | { kind: 'resend'; before: number }
  /** Look for it in its place, among what was written in that time of Discord's clock; `readTo`: on from there. */
  | { kind: 'read-back'; written: InstantSpan; readTo: string | null };

/** The next state of an attempted post. */
export function afterReceipt(post: Post, receipt: Receipt, now: number, patience: Patience): PostOutcome {
  if (receipt.kind === 'delivered')
    return { to: 'sent', messageId: receipt.messageId, channelId: receipt.channelId };
  if (receipt.kind === 'unknown')
    return doubted(post, post.lastAttemptAt ?? now, now, receipt.reason, patience);
  // This attempt surely failed, but an earlier one may have been sent: only reading back tells.
  if (post.doubtSince !== null) return stillDoubted(post, post.doubtSince, receipt, patience);
  if (receipt.kind === 'later')
    return { to: 'packed', nextAt: receipt.at, reason: receipt.reason, plain: post.plain };
  return refused(post, receipt.code, receipt.reason);
}

/** The next state of a doubted post whose place was read back. */
export function afterReadBack(post: Post, found: ReadBack, now: number): PostOutcome {
  if (found.kind === 'found') return { to: 'sent', messageId: found.messageId, channelId: found.channelId };
  if (found.kind === 'absent') return { to: 'packed', nextAt: AT_ONCE, reason: null, plain: post.plain };
  if (found.kind === 'refused') return unaskable(post, found, now);
  const { doubtSince, checks } = post;
  const still = {
    to: 'unknown',
    doubtSince: doubtSince ?? now,
    checks,
    readTo: found.readTo,
    hold: null,
    unheard: post.unheard && !isHeard(found),
  } as const;
  if (found.kind === 'partly')
    return { ...still, nextAt: now + BETWEEN_PARTS, reason: phrase('post.readingBack') };
  if (found.kind === 'later')
    return { ...still, nextAt: Math.max(found.at, now + BETWEEN_PARTS), reason: found.reason };
  // A word to moderators, or an example, is old news soon; a paper is forgotten when all that was not sent is.
  const most = post.kind === 'notice' || post.kind === 'example' ? DAY : 90 * DAY;
  if (now - still.doubtSince >= most) return { to: 'refused', reason: found.reason };
  return {
    ...still,
    checks: checks + 1,
    nextAt: now + growing(MINUTE, found.silent ? OUTAGE_PAUSE : HOUR, checks),
    reason: found.reason,
  };
}

/** Whether Discord answered. */
function isHeard(found: Extract<ReadBack, { kind: 'partly' | 'unreadable' | 'later' }>): boolean {
  if (found.kind === 'unreadable') return !found.silent;
  return found.kind === 'partly' || found.asked === true;
}

/** A channel that takes no questions is on hold like one that takes no posts. A word to moderators is not worth that. */
function unaskable(
  post: Post,
  { code, reason, asked }: Extract<ReadBack, { kind: 'refused' }>,
  now: number,
): PostOutcome {
  if (post.kind === 'notice') return { to: 'refused', reason };
  const { readTo, checks } = post;
  return {
    ...{ to: 'unknown', doubtSince: post.doubtSince ?? now, reason, readTo, hold: { code, reason } },
    unheard: post.unheard && !asked,
    // Discord counts what it refuses: a few a day at the most.
    nextAt: asked ? now + growing(10 * MINUTE, 6 * HOUR, checks) : now,
    checks: asked ? checks + 1 : checks,
  };
}

/** Moderators may have it sent again, though it may then be there twice, or leave it. */
export function afterDecision(post: Post, choice: 'again' | 'leave', reason: KeptPhrase): PostOutcome {
  if (choice === 'again') return { to: 'packed', nextAt: AT_ONCE, reason: null, plain: post.plain };
  return { to: 'refused', reason };
}

/** What a process that starts makes of a post which the one before it was sending. */
export function afterCrash(post: Post, now: number, patience: Patience): PostOutcome {
  return doubted(post, post.lastAttemptAt ?? now, now, phrase('post.stoppedMeanwhile'), patience);
}

/** How to make sure of a doubted post at `now`, which is `there` by Discord's clock; null when it is too early. */
export function checkOf(post: Post, now: number, there: InstantSpan, patience: Patience): DoubtCheck | null {
  const { attempted, lastAttemptAt } = post;
  // Threads and forum posts carry no nonce.
  if (post.place.kind === 'message' && attempted) {
    const age = there.until - attempted.from;
    // A negative age is a clock that was set back: it proves nothing.
    if (age >= 0 && age < patience.nonceWindow)
      return { kind: 'resend', before: attempted.from + patience.nonceWindow };
  }
  const sinceLast = now - (lastAttemptAt ?? now - patience.readBackDelay);
  if (sinceLast >= 0 && sinceLast < patience.readBackDelay) return null;
  return { kind: 'read-back', written: writtenOf(post, now), readTo: post.readTo };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** An attempt leaves within this, or not at all (send-post.ts holds it). */
export const LEAVES_WITHIN = 5 * MINUTE;
const BETWEEN_PARTS = 5_000;
/** After an outage nobody waits for long. */
const OUTAGE_PAUSE = 10 * MINUTE;

/** When its attempts may have been written, at the widest. */
function writtenOf({ attempted, firstAttemptAt, lastAttemptAt }: Post, now: number): InstantSpan {
  if (attempted)
    return { from: attempted.from - MINUTE, until: attempted.until + LEAVES_WITHIN + 5 * MINUTE };
  // Attempted by a version that knew its own clock alone.
  return { from: (firstAttemptAt ?? now) - DAY, until: (lastAttemptAt ?? now) + DAY };
}

function doubted(
  post: Post,
  attemptAt: number,
  now: number,
  reason: KeptPhrase,
  patience: Patience,
): PostOutcome {
  const doubtSince = post.doubtSince ?? attemptAt;
  const soon =
    post.place.kind === 'message' ? now + pause(post.attempts) : attemptAt + patience.readBackDelay;
  return { ...ASKED_ANEW, doubtSince, nextAt: Math.max(now, soon), reason, hold: null };
}

/** After another attempt all that was read before has to be read again. */
const ASKED_ANEW = { to: 'unknown', readTo: null, checks: 0, unheard: true } as const;

function stillDoubted(
  post: Post,
  doubtSince: number,
  receipt: Extract<Receipt, { kind: 'later' | 'refused' }>,
  { nonceWindow }: Patience,
): PostOutcome {
  const { reason } = receipt;
  if (receipt.kind === 'later') return { ...ASKED_ANEW, doubtSince, nextAt: receipt.at, reason, hold: null };
  const isHeld = isOfTheChannel(receipt.code) && post.kind !== 'notice';
  const hold = isHeld ? { code: receipt.code, reason } : null;
  return { ...ASKED_ANEW, doubtSince, nextAt: doubtSince + nonceWindow, reason, hold };
}

function refused(post: Post, code: PostRefusal, reason: KeptPhrase): PostOutcome {
  if (post.kind === 'notice') return { to: 'refused', reason };
  if (isOfTheChannel(code)) return { to: 'dissolved', papers: 'held', hold: { code, reason }, reason };
  // What is an ornament does not cost the paper.
  if (!post.plain) return { to: 'packed', nextAt: AT_ONCE, reason, plain: true };
  if (post.papers.length > 1) return { to: 'dissolved', papers: 'halved', reason };
  return { to: 'refused', reason };
}

/** Whether the place refuses, and not this post's content. */
function isOfTheChannel(code: PostRefusal): boolean {
  return code !== 'content-refused' && code !== 'malformed' && code !== 'message-gone';
}

/** `first`, twice, four times ... `most`, by how often it was in vain. */
export function growing(first: number, most: number, times: number): number {
  return Math.min(first * 2 ** Math.min(times, 20), most);
}

/** What is in doubt for the first time waits no longer (ms): a later hour was planned by a clock that ran ahead. */
export const LONGEST_FIRST_PAUSE = 2 * MINUTE;

/** 1, 2, 4 ... 64 seconds. */
function pause(attempts: number): number {
  return 1000 * 2 ** Math.min(attempts - 1, 6);
}
