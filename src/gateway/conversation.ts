/**
 * One interaction's course: open -> (deferred) -> answered. Discord allows one first response, within 3 s, and fixes
 * there whether only the asker sees it; a problem is told to the asker alone, whatever was deferred.
 */
import type { Reply } from '#commands/command.ts';
import type { Interaction } from './interaction.ts';
import type { MessageReply, Responder } from './responder.ts';
import { sentences } from './sentences.ts';

/** How an answer is to be given. */
export type Manner = {
  /** Only the asker sees it. */
  hidden: boolean;
  /** It replaces the message that the component stands on. */
  updates: boolean;
};

export type Conversation = {
  /** Makes time for the answer; does nothing when it was given meanwhile. */
  defer(): Promise<void>;
  answer(reply: Reply): Promise<void>;
  /** Told to the asker alone. */
  tellProblem(sentence: string): Promise<void>;
};

export function openConversation(responder: Responder, to: Interaction, manner: Manner): Conversation {
  // Set before the request leaves: there must never be a second first response.
  let deferring: Promise<void> | null = null;
  let answered = false;

  const say = async (reply: MessageReply, { hidden, updates }: Manner): Promise<void> => {
    answered = true;
    if (!deferring) return updates ? responder.update(to, reply) : responder.reply(to, reply, hidden);
    await deferring;
    if (updates) return responder.edit(to, reply);
    const deferredHidden = manner.updates ? null : manner.hidden;
    if (deferredHidden === hidden || deferredHidden === true) return responder.edit(to, reply);
    // The first follow-up after a visible "thinking ..." would take its place, visible to all: so that goes first.
    if (deferredHidden === false) await responder.remove(to);
    return responder.followUp(to, reply, hidden);
  };

  return {
    defer: async () => {
      if (answered || deferring) return;
      deferring = manner.updates ? responder.deferUpdate(to) : responder.defer(to, manner.hidden);
      await deferring;
    },
    answer: async (reply) => {
      if (reply.modal === undefined) return say(reply, { ...manner, hidden: reply.private ?? manner.hidden });
      if (deferring) return say({ content: sentences.formTooLate }, { hidden: true, updates: false });
      answered = true;
      return responder.openForm(to, reply.modal);
    },
    tellProblem: (sentence) => say({ content: sentence }, { hidden: true, updates: false }),
  };
}
