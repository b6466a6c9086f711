import { InteractionType } from 'discord-api-types/v10';
import { tellPeople } from '../world/heard.ts';
import type { Interaction } from '../world/interaction.ts';
import type { World } from '../world/world.ts';
import { type AskedOfBot, askBot } from './ask.ts';
import { type SlashInput, slashQuestion } from './command-question.ts';
import { type ChooseInput, type ClickInput, chooseQuestion, clickQuestion } from './component-question.ts';
import { userOf } from './known.ts';
import { type Life, lifeOf } from './life.ts';
import { type MenuInput, menuQuestion } from './menu-question.ts';
import { type ModalFields, modalAnswer } from './modal-answer.ts';
import { channelSeenBy } from './people.ts';

type ModalInput = {
  user: string;
  channel: string;
  /** The interaction that was answered with the modal. */
  life: Pick<Life, 'id'>;
  /** By custom id: a text for text fields and radio groups, true for a checkbox, a list for selects, checkbox groups and files. */
  fields: ModalFields;
};

/** What members ask of the bot. Each throws an Error for what a client would not let them send. */
export type DriverAsking = {
  /** Types a slash command and sends it. */
  slash(input: SlashInput): Life;
  /** Chooses a command from the menu of a message or of a member. */
  useOn(input: MenuInput): Life;
  /** Types in one option; `focused` names it. Its text is in `options`. */
  autocomplete(input: SlashInput & { focused: string }): Life;
  /** Clicks a button: by custom id, or by the label that stands on it. */
  click(input: ClickInput): Life;
  /** Chooses in a select. */
  choose(input: ChooseInput): Life;
  /** Fills in the modal once it is open. */
  submitModal(input: ModalInput): Promise<Life>;
  /** The token that the bot got, for tests that answer without discord.js. */
  tokenOf(interaction: string): string;
};

/** The asking part of the driver. `patience`: real ms that a first answer may take. */
export function createAsking(world: World, patience: number): DriverAsking {
  const start = (question: AskedOfBot): Life => {
    const interaction = askBot(world, question);
    tellFailure(world, interaction, patience);
    return lifeOf(world, interaction, patience);
  };
  return {
    slash: (input) => start(slashQuestion(world, input)),
    autocomplete: (input) => start(slashQuestion(world, input, input.focused)),
    useOn: (input) => start(menuQuestion(world, input)),
    click: (input) => start(clickQuestion(world, input)),
    choose: (input) => start(chooseQuestion(world, input)),
    submitModal: async (input) => start(await modalQuestion(world, input, patience)),
    tokenOf: (id) => world.interactions.get(id)?.token ?? '',
  };
}

// As a client shows "The application did not respond".
function tellFailure(world: World, interaction: Interaction, patience: number): void {
  const tell = () => {
    if (interaction.answers.length > 0) return;
    tellPeople(world, { kind: 'interaction', interactionId: interaction.id, answer: 'none' });
  };
  setTimeout(tell, patience).unref();
}

async function modalQuestion(world: World, input: ModalInput, patience: number): Promise<AskedOfBot> {
  const asked = world.interactions.get(input.life.id);
  if (!asked) throw new Error(`There is no interaction ${input.life.id}.`);
  const modal = await lifeOf(world, asked, patience).modal();
  const user = userOf(world, input.user);
  if (user.id !== asked.userId) throw new Error(`The modal is open for ${asked.userId} alone.`);
  const channel = channelSeenBy(world, user.id, input.channel);
  const source = channel.messages.get(asked.sourceMessageId ?? '');
  return {
    type: InteractionType.ModalSubmit,
    name: String(modal.custom_id),
    channel,
    user,
    openedBy: asked.id,
    data: modalAnswer({ world, user, place: channel }, modal, input.fields),
    ...(source && { source }),
  };
}
