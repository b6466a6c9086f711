import type { BotAnswer, Interaction } from '../world/interaction.ts';
import type { Json } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { type SeenMessage, seen } from './seen-message.ts';

/** One interaction, from the asker's chair. */
export type Life = {
  readonly id: string;
  /** Everything the bot has done with it so far, in order. */
  answers(): readonly BotAnswer[];
  /** The first answer; rejects when there is none in time, as a client shows "did not respond". */
  answered(): Promise<BotAnswer>;
  /** The answer's message once it is no longer loading. */
  message(): Promise<SeenMessage>;
  /** The n-th follow-up, from 0. */
  followUp(index?: number): Promise<SeenMessage>;
  /** The modal that was opened: `data` of the callback. */
  modal(): Promise<Json>;
  /** The proposals of an autocomplete. */
  choices(): Promise<readonly { name: string; value: string | number }[]>;
  /** Resolves once `times` edits of its messages were made. */
  edited(times?: number): Promise<SeenMessage>;
};

/** Watches one interaction. `patience`: how long a first answer may take, in real ms. */
export function lifeOf(world: World, interaction: Interaction, patience: number): Life {
  const messageOf = (id: string | null): Message | undefined =>
    world.channels.get(interaction.channelId)?.messages.get(id ?? '');

  const answered = () =>
    world.bell.until(
      `an answer to "${interaction.name}" (the application did not respond)`,
      () => interaction.answers[0],
      patience,
    );

  const finished = (): SeenMessage | undefined => {
    const original = messageOf(interaction.originalId);
    if (!original) return undefined;
    const view = seen(world, original);
    return view.loading ? undefined : view;
  };

  const message = async (): Promise<SeenMessage> => {
    await answered();
    return world.bell.until(`the message that answers "${interaction.name}"`, finished);
  };

  const nth = (kind: 'follow-up' | 'edited', index: number) => () => {
    const one = interaction.answers.filter((answer) => answer.kind === kind)[index];
    const found = one && 'messageId' in one ? messageOf(one.messageId) : undefined;
    return found && seen(world, found);
  };

  const first = async <Kind extends BotAnswer['kind']>(
    kind: Kind,
  ): Promise<Extract<BotAnswer, { kind: Kind }>> => {
    const answer = await answered();
    if (answer.kind !== kind)
      throw new Error(`"${interaction.name}" was answered with ${answer.kind}, not with ${kind}.`);
    return answer as Extract<BotAnswer, { kind: Kind }>;
  };

  return {
    id: interaction.id,
    answers: () => interaction.answers,
    answered,
    message,
    followUp: (index = 0) => world.bell.until(`follow-up ${index}`, nth('follow-up', index)),
    edited: (times = 1) => world.bell.until(`edit ${times}`, nth('edited', times - 1)),
    modal: async () => (await first('modal')).modal,
    choices: async () => (await first('choices')).choices as { name: string; value: string | number }[],
  };
}
