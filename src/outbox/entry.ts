import type { Plan } from '#src/decision/day.ts';
import { type KeptPhrase, readKept } from '#src/wording/kept-phrase.ts';
import type { Destination } from './destination.ts';

/**
 * `card`: a message of its own as soon as it is due. `digest`: with the channel's others at its hour.
 * `catch-up`: with all that was missed.
 */
export type SendMode = Plan['mode'];

type EntryState = 'waiting' | 'due' | 'packed' | 'sent' | 'held' | 'refused' | 'elsewhere';

/** The decision that a paper goes to a channel. Instants are UTC milliseconds. */
export type NewEntry = {
  serverId: string;
  destination: Destination;
  paper: string;
  /** The ids of the channel's subscriptions that matched. */
  subscriptions: readonly string[];
  /** What was decided from, as plain JSON: /why prints it. */
  why: unknown;
  /** For ranking in digests: higher goes first. */
  score: number;
  mode: SendMode;
  decidedAt: number;
  dueAt: number;
};

/** An entry and what became of it. */
export type OutboxEntry = NewEntry & {
  state: EntryState;
  postId: number | null;
  settledAt: number | null;
  reason: KeptPhrase | null;
};

export type EntryRow = {
  id: number;
  server: string;
  destination: Destination;
  paper: string;
  subscriptions: string;
  why: string;
  score: number;
  mode: string;
  decided_at: number;
  due_at: number;
  state: string;
  post: number | null;
  settled_at: number | null;
  reason: string | null;
};

/** Reads a row that the outbox wrote. */
export function readEntry(row: EntryRow): OutboxEntry {
  return {
    serverId: row.server,
    destination: row.destination,
    paper: row.paper,
    subscriptions: JSON.parse(row.subscriptions),
    why: JSON.parse(row.why),
    score: row.score,
    mode: row.mode as SendMode,
    decidedAt: row.decided_at,
    dueAt: row.due_at,
    state: row.state as EntryState,
    postId: row.post,
    settledAt: row.settled_at,
    reason: row.reason && readKept(row.reason),
  };
}

/** Which rows, in SQL: those that `where` names, as many as the next parameter says. */
export const someOf = (where: string): string => `id IN (SELECT id FROM entry WHERE ${where} LIMIT ?)`;
