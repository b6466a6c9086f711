import { randomBytes } from 'node:crypto';
import { interactionView } from '../view/interaction-view.ts';
import { messageView } from '../view/message-view.ts';
import type { Channel } from '../world/channel.ts';
import type { Interaction } from '../world/interaction.ts';
import type { Json } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';

export type AskedOfBot = {
  type: number;
  name: string;
  channel: Channel;
  user: User;
  data: Json;
  command?: Interaction['command'];
  openedBy?: string;
  optionType?: number;
  source?: Message;
};

/** Makes an interaction and hands it to the bot, whether or not one is listening. */
export function askBot(world: World, question: AskedOfBot): Interaction {
  const { channel, user, source } = question;
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const interaction: Interaction = {
    id: world.nextId(),
    token: randomBytes(64).toString('base64url'),
    type: question.type,
    userId: user.id,
    channelId: channel.id,
    guildId: channel.guildId,
    askedAt: world.clock.elapsed(),
    name: question.name,
    command: question.command ?? null,
    openedBy: question.openedBy ?? null,
    optionType: question.optionType ?? 3,
    sourceMessageId: source?.id ?? null,
    userInstallOnly: guild !== undefined && !botIsIn(world, guild),
    acknowledged: false,
    originalId: null,
    followUps: 0,
    answers: [],
  };
  world.interactions.set(interaction.id, interaction);
  world.interactionsByToken.set(interaction.token, interaction);
  const payload = interactionView(world, interaction, channel, user, question.data);
  if (source) payload.message = messageView(world, source);
  world.dispatch({ event: 'INTERACTION_CREATE', guildId: channel.guildId, payload });
  return interaction;
}
