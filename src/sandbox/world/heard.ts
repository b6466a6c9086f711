import type { Bell } from './bell.ts';
import type { BotAnswer } from './interaction.ts';

/**
 * What changed for those who look. `touched`: the message as it was written, shown otherwise (votes, a thread, published, pinned).
 * `place`: channels, threads, roles, rights, members or commands; a null `guildId`: everywhere, or in a DM.
 * `interaction`: the bot's first answer to it, `none` once a client says that the application did not respond.
 */
export type Heard =
  | { kind: 'created' | 'edited' | 'touched' | 'deleted'; channelId: string; messageId: string }
  | { kind: 'place'; guildId: string | null }
  | { kind: 'interaction'; interactionId: string; answer: BotAnswer['kind'] | 'none' };

/** Tells everybody who listens, and lets waiting checks be tried again. */
export function tellPeople(
  world: { readonly heard: ReadonlySet<(heard: Heard) => void>; readonly bell: Bell },
  heard: Heard,
): void {
  for (const listener of world.heard) listener(heard);
  world.bell.ring();
}
