/**
 * One interaction's course: open -> (deferred) -> answered. Discord allows one first response, within 3 s, and fixes
 * there whether only the asker sees it; a problem is told to the asker alone, whatever was deferred.
 *
 * Each request may fail, or arrive without our hearing of it. Then the next way is tried, such that the asker gets one
 * answer wherever one is possible: a first response that may be there is edited, and what is not there is said first.
 */
import type { Reply } from '#commands/command.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { settled } from '#src/foundation/settled.ts';
import type { ModalForm } from '#src/render/parts.ts';
import { problemMessage } from '#src/render/problem.ts';
import { say } from '#src/render/say.ts';
import { type AnswerFailure, readAnswerFailure } from './answer-failure.ts';
import type { ReceivedInteraction } from './interaction.ts';
import type { MessageReply, Responder } from './responder.ts';

/** How an answer is to be given. */
export type Manner = {
  /** Only the asker sees it. */
  hidden: boolean;
  /** It replaces the message that the component stands on. */
  updates: boolean;
};

export type Conversation = {
  /** Makes time for the answer; does nothing when it was given meanwhile. Never rejects: how it ended is known later. */
  defer(): Promise<void>;
  /** Rejects with what the last try threw. */
  answer(reply: Reply): Promise<void>;
  /** Said beside an answer that was given, to the asker alone. Rejects where it did not arrive. */
  whisper(reply: MessageReply): Promise<void>;
  /** Told to the asker alone. Rejects with what the last try threw. */
  tellProblem(sentence: string): Promise<void>;
};

/** Pauses before an edit that met silence is tried again: "thinking ..." stands there meanwhile. */
const PAUSES_MS = [300, 1_000, 4_000, 15_000];
/** A follow-up that comes twice, to the asker alone, harms less than one that never comes; more often it shall not. */
const MOST_TRIES: Readonly<Record<Way, number>> = { first: 3, edit: 3, follow: 2 };
const TO_ASKER: Manner = { hidden: true, updates: false };

type Failure = { kind: AnswerFailure; error: unknown };
/** `first`: the first response; `edit`: in its place; `follow`: beside it. */
type Way = 'first' | 'edit' | 'follow';
/** A first response: made, perhaps made, not made. */
type Deferral = 'there' | 'doubtful' | 'none';

export function openConversation(
  responder: Responder,
  to: ReceivedInteraction,
  manner: Manner,
  clock: Clock,
): Conversation {
  // Set before the request leaves: there must never be a second first response.
  let deferring: Promise<Failure | null> | null = null;
  let answered = false;

  const go = (way: Way, reply: MessageReply, { hidden, updates }: Manner): Promise<void> => {
    if (way === 'edit') return responder.edit(to, reply);
    if (way === 'follow') return responder.followUp(to, reply, hidden);
    return updates ? responder.update(to, reply) : responder.reply(to, reply, hidden);
  };

  const send = async (start: Way, reply: MessageReply, how: Manner, deferral: Deferral): Promise<void> => {
    const course = { tried: { first: 0, edit: 0, follow: 0 }, isThere: deferral === 'there', start };
    for (let way = start; ; ) {
      const failure = await tryPatiently(clock, way, () => go(way, reply, how));
      if (!failure) return;
      course.tried[way]++;
      course.isThere ||= failure.kind === 'acknowledged';
      const next = nextWay(way, failure.kind, course);
      if (!next || course.tried[next] === MOST_TRIES[next]) throw failure.error;
      way = next;
    }
  };

  /** While "thinking ..." stands there for all to see, the first follow-up would take its place: so that goes first. */
  const sayAside = async (reply: MessageReply, deferral: Deferral): Promise<void> => {
    if (!(await failureOf(() => responder.remove(to)))) return send('follow', reply, TO_ASKER, 'there');
    const placeholder = { content: say('answer.forAskerAlone') };
    const failure = await tryPatiently(clock, 'edit', () => responder.edit(to, placeholder));
    if (failure?.kind === 'absent') return send('follow', reply, TO_ASKER, deferral);
    // It may still stand there: what is said now may be seen by all.
    if (failure) return send('follow', problemMessage(say('answer.didNotWork')), TO_ASKER, deferral);
    const ending = await failureOf(() => send('follow', reply, TO_ASKER, deferral));
    await failureOf(() =>
      ending ? responder.edit(to, problemMessage(say('answer.didNotWork'))) : responder.remove(to),
    );
    if (ending) throw ending.error;
  };

  const deferralNow = async (): Promise<Deferral> => {
    if (deferring === null) return 'none';
    const failure = await deferring;
    if (!failure || failure.kind === 'acknowledged') return 'there';
    return failure.kind === 'unknown' ? 'doubtful' : 'none';
  };

  const sendInPlace = async (reply: MessageReply, how: Manner): Promise<void> => {
    answered = true;
    const deferral = await deferralNow();
    if (deferral === 'none') return send('first', reply, how, deferral);
    if (manner.updates) return send(how.updates ? 'edit' : 'follow', reply, how, deferral);
    return how.hidden && !manner.hidden ? sayAside(reply, deferral) : send('edit', reply, how, deferral);
  };

  return {
    defer: async () => {
      if (answered || deferring !== null) return;
      deferring = failureOf(() =>
        manner.updates ? responder.deferUpdate(to) : responder.defer(to, manner.hidden),
      );
      await deferring;
    },
    answer: async (reply) => {
      answered = true;
      if (reply.modal === undefined) {
        return sendInPlace(reply, { ...manner, hidden: reply.private ?? manner.hidden });
      }
      if ((await deferralNow()) === 'none') return openForm(responder, to, reply.modal);
      return sendInPlace(problemMessage(say('answer.formTooLate')), TO_ASKER);
    },
    whisper: (reply) => responder.followUp(to, reply, true),
    tellProblem: (sentence) => sendInPlace(problemMessage(sentence), TO_ASKER),
  };
}

type Course = { tried: Readonly<Record<Way, number>>; isThere: boolean; start: Way };

/** Where to go on when a way failed; null where nothing is left. */
function nextWay(way: Way, failure: AnswerFailure, { tried, isThere, start }: Course): Way | null {
  // Beside a first response that is not to be touched, only follow-ups are left.
  const there = start === 'follow' || tried.edit > 0 ? 'follow' : 'edit';
  if (failure === 'acknowledged') return way === 'first' ? there : null;
  if (failure === 'absent') return isThere ? 'follow' : 'first';
  if (failure !== 'unknown') return null;
  // What was repeated in vain is not repeated again.
  if (way === 'edit') return null;
  return way === 'follow' || start === 'follow' ? 'follow' : 'edit';
}

/** Tries again what met silence, where trying twice does no harm. */
async function tryPatiently(clock: Clock, way: Way, work: () => Promise<void>): Promise<Failure | null> {
  let failure = await failureOf(work);
  for (const pause of way === 'edit' ? PAUSES_MS : []) {
    if (failure?.kind !== 'unknown') break;
    await clock.sleep(pause);
    failure = await failureOf(work);
  }
  return failure;
}

/** A form that may have arrived cannot be looked for; sent again, Discord tells. */
async function openForm(
  responder: Responder,
  to: ReceivedInteraction,
  modal: ModalForm['modal'],
): Promise<void> {
  let failure = await failureOf(() => responder.openForm(to, modal));
  if (failure?.kind === 'unknown') failure = await failureOf(() => responder.openForm(to, modal));
  if (failure && failure.kind !== 'acknowledged') throw failure.error;
}

async function failureOf(work: () => Promise<void>): Promise<Failure | null> {
  const ending = await settled(work);
  if (ending.status === 'fulfilled') return null;
  return { kind: readAnswerFailure(ending.reason), error: ending.reason };
}
