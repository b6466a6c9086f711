import type { REST } from '@discordjs/rest';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Choice, Reply } from '#commands/command.ts';
import type { Log } from '#src/foundation/log.ts';
import { visible } from '#src/foundation/visible-text.ts';
import type { AnswerFile, ModalForm } from '#src/render/parts.ts';
import { WHOLE_MS } from '../connection/rest.ts';
import { cutText } from '../posts/fit-text.ts';
import { answeredByDiscord } from './answer-failure.ts';
import type { ReceivedInteraction } from './interaction.ts';
import { sendOrPlainer } from './plain-reply.ts';
import { type AnswerBody, replacing, writeAnswer } from './write-answer.ts';

/** A reply that is a message. */
export type MessageReply = Exclude<Reply, ModalForm>;

/**
 * The ways to answer an interaction (interactions/receiving-and-responding.mdx). One of the first six within 3 s; then
 * edit, remove and followUp for 15 minutes. Each rejects with Discord's refusal (DiscordAPIError), with NoAnswer, or with a
 * mistake of ours in the reply.
 */
export type Responder = {
  reply(to: ReceivedInteraction, reply: MessageReply, hidden: boolean): Promise<void>;
  /** Replaces the message that the component stands on. */
  update(to: ReceivedInteraction, reply: MessageReply): Promise<void>;
  openForm(to: ReceivedInteraction, modal: ModalForm['modal']): Promise<void>;
  propose(to: ReceivedInteraction, choices: readonly Choice[]): Promise<void>;
  /** "Thinking ..." until `edit`. */
  defer(to: ReceivedInteraction, hidden: boolean): Promise<void>;
  /** Nothing visible until `edit` replaces the message that the component stands on. */
  deferUpdate(to: ReceivedInteraction): Promise<void>;
  edit(to: ReceivedInteraction, reply: MessageReply): Promise<void>;
  remove(to: ReceivedInteraction): Promise<void>;
  followUp(to: ReceivedInteraction, reply: MessageReply, hidden: boolean): Promise<void>;
};

const MOST_CHOICES = 25;

/** What requests go through: first responses, and all that comes after them. */
type AnswerLines = { callbacks: REST; webhooks: REST };

export function createResponder({ callbacks, webhooks }: AnswerLines, log: Log): Responder {
  const callback = (
    to: ReceivedInteraction,
    type: InteractionResponseType,
    data?: object,
    files: readonly AnswerFile[] = [],
  ) => {
    const path = `/interactions/${to.id}/${to.token}/callback` as const;
    const sent = { ...within(WHOLE_MS.callback), body: { type, data }, files: sentFiles(files) };
    return answeredByDiscord(callbacks.post(path, sent));
  };
  const webhook = (to: ReceivedInteraction) => `/webhooks/${to.application_id}/${to.token}` as const;
  const sendWritten = (reply: MessageReply, hidden: boolean, send: (body: AnswerBody) => Promise<void>) =>
    sendOrPlainer(reply, log, async (reply) => {
      const { body, cut } = writeAnswer(reply, hidden);
      if (cut.length > 0) log.error({ cut }, 'A reply over Discord’s limits was cut');
      await send(body);
    });
  return {
    reply: (to, reply, hidden) =>
      sendWritten(reply, hidden, (body) =>
        callback(to, InteractionResponseType.ChannelMessageWithSource, body, reply.files),
      ),
    update: (to, reply) =>
      sendWritten(reply, false, (body) =>
        callback(to, InteractionResponseType.UpdateMessage, replacing(body), reply.files),
      ),
    openForm: (to, modal) => callback(to, InteractionResponseType.Modal, modal),
    propose: (to, choices) =>
      callback(to, InteractionResponseType.ApplicationCommandAutocompleteResult, {
        choices: fitChoices(choices),
      }),
    defer: (to, hidden) =>
      callback(to, InteractionResponseType.DeferredChannelMessageWithSource, {
        flags: hidden ? MessageFlags.Ephemeral : 0,
      }),
    deferUpdate: (to) => callback(to, InteractionResponseType.DeferredMessageUpdate),
    edit: (to, reply) =>
      sendWritten(reply, false, async (body) => {
        const path = `${webhook(to)}/messages/@original` as const;
        const sent = { body: replacing(body), files: sentFiles(reply.files) };
        await answeredByDiscord(webhooks.patch(path, { ...within(WHOLE_MS.webhook), ...sent }));
      }),
    remove: async (to) => {
      await answeredByDiscord(webhooks.delete(`${webhook(to)}/messages/@original`, within(WHOLE_MS.webhook)));
    },
    followUp: (to, reply, hidden) =>
      sendWritten(reply, hidden, async (body) => {
        const sent = { body, files: sentFiles(reply.files) };
        await answeredByDiscord(webhooks.post(webhook(to), { ...within(WHOLE_MS.webhook), ...sent }));
      }),
  };
}

/** The interaction's token says who asks. */
const within = (ms: number) => ({ auth: false, signal: AbortSignal.timeout(ms) });

const sentFiles = (files: readonly AnswerFile[] = []) =>
  files.map(({ name, text }) => ({ name, data: text, contentType: 'application/json' }));

function fitChoices(choices: readonly Choice[]): Choice[] {
  const shown = choices.map(({ name, value }) => ({ name: visible(name).trim(), value }));
  const fitting = shown.filter(({ name, value }) => name !== '' && value.length <= 100);
  return fitting.slice(0, MOST_CHOICES).map(({ name, value }) => ({ name: cutText(name, 100), value }));
}
