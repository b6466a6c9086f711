import type { Json } from './json.ts';

/** What the bot did with an interaction, in order. */
export type BotAnswer =
  | { kind: 'message'; messageId: string; ephemeral: boolean; at: number }
  | { kind: 'deferred'; messageId: string; ephemeral: boolean; at: number }
  | { kind: 'deferred-update'; at: number }
  | { kind: 'updated'; messageId: string; at: number }
  | { kind: 'modal'; modal: Json; at: number }
  | { kind: 'choices'; choices: Json[]; at: number }
  | { kind: 'edited'; messageId: string; at: number }
  | { kind: 'follow-up'; messageId: string; ephemeral: boolean; at: number }
  | { kind: 'deleted'; messageId: string; at: number };

export type Interaction = {
  id: string;
  token: string;
  type: number;
  userId: string;
  channelId: string;
  guildId: string | null;
  /** By the clock's `elapsed()`: whoever answers is as quick as ever, whatever time the scene makes of it. */
  askedAt: number;
  /** Command or custom id, for `interaction_metadata`. */
  name: string;
  /** The command's type, and the message or user whose menu it was chosen from; null for what is no command. */
  command: { type: number; targetId: string | null } | null;
  /** The interaction that was answered with the form which this one sends. */
  openedBy: string | null;
  /** Of the autocompleted option. */
  optionType: number;
  /** The message whose component was used. */
  sourceMessageId: string | null;
  /** Only user-installed here: five follow-ups at most. */
  userInstallOnly: boolean;
  acknowledged: boolean;
  /** `@original`: the answer, or the component's message. */
  originalId: string | null;
  followUps: number;
  answers: BotAnswer[];
};
