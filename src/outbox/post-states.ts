import type { Post } from './post.ts';
import type { Found, Receipt, Refusal } from './receipt.ts';

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
export type Outcome =
  | { to: 'sent'; messageId: string; channelId: string }
  | { to: 'packed'; nextAt: number; reason: string | null }
  | { to: 'unknown'; nextAt: number; doubtSince: number; reason: string; hold: Hold | null }
  | { to: 'refused'; reason: string }
  /** Surely unsent: its papers wait for the channel, then go as one catch-up. */
  | { to: 'dissolved'; papers: 'held'; hold: Hold; reason: string }
  /** Surely unsent, for one paper's words: two posts with half the papers each take its place. */
  | { to: 'dissolved'; papers: 'halved'; reason: string };

export type Hold = { code: Refusal; reason: string };

/** How to make sure of a post that may have been sent. */
export type Check =
  /** The nonce still guards it: send it again, before the given instant. */
  | { kind: 'resend'; before: number }
  /** Look for it in its place among messages since the given instant. */
  | { kind: 'read-back'; since: number };

/** The next state of an attempted post. */
export function afterReceipt(post: Post, receipt: Receipt, now: number, patience: Patience): Outcome {
  if (receipt.kind === 'delivered')
    return { to: 'sent', messageId: receipt.messageId, channelId: receipt.channelId };
  if (receipt.kind === 'unknown')
    return doubted(post, post.lastAttemptAt ?? now, now, receipt.reason, patience);
  // This attempt surely failed, but an earlier one may have been sent: only reading back tells.
  if (post.doubtSince !== null) return stillDoubted(post.doubtSince, receipt, patience);
  if (receipt.kind === 'later') return { to: 'packed', nextAt: receipt.at, reason: receipt.reason };
  return refused(post, receipt.code, receipt.reason);
}

/** The next state of a doubted post whose place was read back. */
export function afterReadBack(post: Post, found: Found, now: number): Outcome {
  if (found.kind === 'found') return { to: 'sent', messageId: found.messageId, channelId: found.channelId };
  if (found.kind === 'absent') return { to: 'packed', nextAt: now, reason: null };
  const doubtSince = post.doubtSince ?? now;
  return { to: 'unknown', doubtSince, nextAt: now + pause(post.attempts), reason: found.reason, hold: null };
}

/** What a process that starts makes of a post which the one before it was sending. */
export function afterCrash(post: Post, now: number, patience: Patience): Outcome {
  return doubted(
    post,
    post.lastAttemptAt ?? now,
    now,
    'Paperboy stopped while this was being sent',
    patience,
  );
}

/** How to make sure of a doubted post at `now`. */
export function checkOf(post: Post, now: number, { nonceWindow }: Patience): Check {
  const doubtSince = post.doubtSince ?? now;
  const age = now - doubtSince;
  // A negative age is a clock that was set back: it proves nothing. Threads and forum posts carry no nonce.
  if (post.place.kind === 'message' && age >= 0 && age < nonceWindow)
    return { kind: 'resend', before: doubtSince + nonceWindow };
  return { kind: 'read-back', since: (post.firstAttemptAt ?? doubtSince) - CLOCKS_DIFFER };
}

/** Discord's clock and ours. */
const CLOCKS_DIFFER = 60_000;

function doubted(post: Post, attemptAt: number, now: number, reason: string, patience: Patience): Outcome {
  const doubtSince = post.doubtSince ?? attemptAt;
  const soon =
    post.place.kind === 'message' ? now + pause(post.attempts) : attemptAt + patience.readBackDelay;
  return { to: 'unknown', doubtSince, nextAt: Math.max(now, soon), reason, hold: null };
}

function stillDoubted(
  doubtSince: number,
  receipt: Extract<Receipt, { kind: 'later' | 'refused' }>,
  { nonceWindow }: Patience,
): Outcome {
  const { reason } = receipt;
  if (receipt.kind === 'later') return { to: 'unknown', doubtSince, nextAt: receipt.at, reason, hold: null };
  const hold = isOfTheChannel(receipt.code) ? { code: receipt.code, reason } : null;
  return { to: 'unknown', doubtSince, nextAt: doubtSince + nonceWindow, reason, hold };
}

function refused(post: Post, code: Refusal, reason: string): Outcome {
  if (post.kind === 'notice') return { to: 'refused', reason };
  if (isOfTheChannel(code)) return { to: 'dissolved', papers: 'held', hold: { code, reason }, reason };
  if (post.papers.length > 1) return { to: 'dissolved', papers: 'halved', reason };
  return { to: 'refused', reason };
}

/** Whether the place refuses, and not this post's content. */
function isOfTheChannel(code: Refusal): boolean {
  return code !== 'content-refused' && code !== 'malformed' && code !== 'message-gone';
}

/** 1, 2, 4 ... 64 seconds. */
function pause(attempts: number): number {
  return 1000 * 2 ** Math.min(Math.max(attempts - 1, 0), 6);
}
