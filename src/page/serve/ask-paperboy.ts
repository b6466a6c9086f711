import { settled } from '#src/foundation/settled.ts';
import type { Life } from '#src/sandbox/driver/life.ts';
import type { Json } from '#src/sandbox/world/json.ts';
import type { Answer, FieldValue, Modal, PageQuestion, SentFile } from '../protocol.ts';
import { showModal } from '../show/modal.ts';
import type { PageScene } from './page-scene.ts';
import { DONE, NO_RESPONSE } from './refusal.ts';

/** What somebody asks of the bot. */
type BotQuestion = Extract<
  PageQuestion,
  { ask: 'command' | 'complete' | 'use on message' | 'use on person' | 'click' | 'choose' | 'submit' }
>;

/**
 * Asks the bot. Answers as soon as the bot has answered first: what it writes comes by the live stream.
 * Throws the sandbox's Error for what a client would not send.
 */
export async function askPaperboy(scene: PageScene, question: BotQuestion): Promise<Answer> {
  const life = await lifeOf(scene, question);
  const answered = await settled(life.answered);
  if (answered.status === 'rejected') return NO_RESPONSE;
  const first = answered.value;
  if (first.kind === 'modal')
    return { answer: 'modal', modal: opened(scene, question, life.id, first.modal) };
  if (first.kind === 'choices') return { answer: 'choices', choices: await life.choices() };
  return DONE;
}

function opened({ world }: PageScene, question: BotQuestion, life: string, modal: Json): Modal {
  const { as: viewerId, channelId } = question;
  const guild = world.guilds.get(world.channels.get(channelId)?.guildId ?? '') ?? null;
  return showModal(modal, life, { world, viewerId, guild, calls: null });
}

function lifeOf({ driver, world }: PageScene, question: BotQuestion): Life | Promise<Life> {
  const { as: user, channelId: channel } = question;
  switch (question.ask) {
    case 'command':
      return driver.slash({ user, channel, name: question.name, options: withFiles(question.options) });
    case 'complete': {
      const { name, options, focused } = question;
      return driver.autocomplete({ user, channel, name, options, focused });
    }
    case 'use on message':
      return driver.useOn({ user, channel, name: question.name, message: question.messageId });
    case 'use on person':
      return driver.useOn({ user, channel, name: question.name, member: question.personId });
    case 'click':
      return driver.click({ user, channel, message: question.messageId, customId: question.customId });
    case 'choose': {
      const { messageId: message, customId, values } = question;
      return driver.choose({ user, channel, message, customId, values });
    }
    case 'submit': {
      const isOwn = world.interactions.get(question.life)?.userId === user;
      if (!isOwn) throw new Error('This form was opened by somebody else, or before the start again.');
      const fields = Object.entries(question.fields).map(([name, value]) => [name, fieldValue(value)]);
      return driver.submitModal({
        user,
        channel,
        life: { id: question.life },
        fields: Object.fromEntries(fields),
      });
    }
  }
}

function withFiles<Value>(options: Readonly<Record<string, Value | SentFile>>) {
  const given = Object.entries(options).map(([name, value]) => [name, isSent(value) ? fileOf(value) : value]);
  return Object.fromEntries(given);
}

function fieldValue(value: FieldValue) {
  return Array.isArray(value) ? value.map((one) => (isSent(one) ? fileOf(one) : one)) : value;
}

const fileOf = ({ name, type, base64 }: SentFile) => ({
  name,
  contentType: type,
  content: Buffer.from(base64, 'base64'),
});

function isSent(value: unknown): value is SentFile {
  return typeof value === 'object' && value !== null && 'base64' in value;
}
