import { type KeptPhrase, readKept } from '#src/wording/kept-phrase.ts';
import type { Destination } from './destination.ts';
import { markOf } from './nonce.ts';
import type { InstantSpan, PostPlace } from './receipt.ts';

/**
 * `catch-up`: what was missed while a channel was held or Discord was away, as one digest. `notice`: a word to moderators.
 * `example`: a paper as a subscription's card, for moderators who asked to see one. These two have no entries, and count as no
 * alert; an example goes where papers may go, a notice also elsewhere.
 */
export type PostKind = AlertKind | 'notice' | 'example';
/** Those that are made of entries. */
export type AlertKind = 'card' | 'digest' | 'catch-up';
/** The same of a row. */
export const IS_ALERT = "kind <> 'notice' AND kind <> 'example'";
type PostState = 'packed' | 'attempted' | 'unknown' | 'sent' | 'refused' | 'dissolved';

/** What is done to a post once it is there: open a thread under it; publish it to the followers of its announcement channel. */
export type SecondStep = 'thread' | 'publish';

/** One message on its way, its papers fixed. Instants are UTC milliseconds. */
export type Post = {
  id: number;
  place: PostPlace;
  kind: PostKind;
  /** In the order they are shown; none for a notice, one for an example. */
  papers: readonly string[];
  /** A notice's text; a digest's heading, from its first attempt on. */
  note: KeptPhrase | null;
  /** At most 25 characters. */
  nonce: string;
  /** The custom id to put on one of its components, at most 100 characters. */
  mark: string;
  state: PostState;
  packedAt: number;
  /** When the oldest of its papers was queued. */
  queuedAt: number;
  attempts: number;
  firstAttemptAt: number | null;
  lastAttemptAt: number | null;
  /** The first attempt that may have been sent without our knowing; null when none may. */
  doubtSince: number | null;
  nextAt: number;
  /** When the attempts that are in doubt were made, by Discord's clock; null before the first. */
  attempted: InstantSpan | null;
  /** How far reading back came. */
  readTo: string | null;
  /** How often it was looked for in vain. */
  checks: number;
  /** In doubt, and Discord has said nothing since it was sent, as in an outage. */
  unheard: boolean;
  /** Discord refused it in full: it goes with its title, link and mark alone. */
  plain: boolean;
  /** What a notice asks moderators about: the nonce of a post in doubt, or the word for first words. Of an example the id of its subscription. */
  about: string | null;
  settledAt: number | null;
  /** Where the message is, once it is sent. */
  message: { channelId: string; messageId: string } | null;
  reason: KeptPhrase | null;
  /** A moderator had it deleted, or found it deleted: it stays sent, so that it never comes again. */
  deletedAt: number | null;
  /** What a living card shows now, as its renderer named it. */
  shown: string | null;
  /** What is still to be done to it once it is there, in that order. */
  steps: readonly SecondStep[];
  /** How often the first of them was tried in vain. */
  stepTries: number;
};

export type PostRow = {
  id: number;
  server: string;
  destination: Destination;
  place: string;
  kind: string;
  papers: string;
  note: string | null;
  nonce: string;
  state: string;
  packed_at: number;
  queued_at: number;
  attempts: number;
  first_attempt_at: number | null;
  last_attempt_at: number | null;
  doubt_since: number | null;
  next_at: number;
  settled_at: number | null;
  message: string | null;
  message_channel: string | null;
  reason: string | null;
  shown: string | null;
  seek_from: number | null;
  seek_until: number | null;
  read_to: string | null;
  checks: number;
  unheard: number;
  notified_at: number | null;
  about: string | null;
  plain: number;
  steps: string;
  step_tries: number;
  deleted_at: number | null;
};

/** Reads a row that the outbox wrote. */
export function postOf(row: PostRow): Post {
  return {
    id: row.id,
    place: { serverId: row.server, destination: row.destination, kind: row.place as PostPlace['kind'] },
    kind: row.kind as PostKind,
    papers: JSON.parse(row.papers),
    note: row.note && readKept(row.note),
    nonce: row.nonce,
    mark: markOf(row.nonce),
    state: row.state as PostState,
    packedAt: row.packed_at,
    queuedAt: row.queued_at,
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    doubtSince: row.doubt_since,
    nextAt: row.next_at,
    attempted:
      row.seek_from === null || row.seek_until === null
        ? null
        : { from: row.seek_from, until: row.seek_until },
    readTo: row.read_to,
    checks: row.checks,
    unheard: row.unheard === 1,
    plain: row.plain === 1,
    about: row.about,
    settledAt: row.settled_at,
    message:
      row.message && row.message_channel ? { channelId: row.message_channel, messageId: row.message } : null,
    reason: row.reason && readKept(row.reason),
    deletedAt: row.deleted_at,
    shown: row.shown,
    steps: JSON.parse(row.steps),
    stepTries: row.step_tries,
  };
}
