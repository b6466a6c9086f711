import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { messageView } from '../view/message-view.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';

/** A message as a person sees it, in Discord's own words. */
export type SeenMessage = APIMessage & {
  /** Only its asker sees it. */
  ephemeral: boolean;
  /** "Paperboy is thinking ...". */
  loading: boolean;
  /** Kept for tests, whatever `showNonce` says. */
  nonce?: string | number;
};

/** The message as it stands now; a copy. `reader`: whose votes are marked as their own. */
export function seen(world: World, message: Message, reader?: string): SeenMessage {
  // messageView builds Discord's message object; test/sandbox reads it back with discord.js.
  const view = messageView(world, message, reader) as unknown as APIMessage;
  return {
    ...view,
    ephemeral: message.onlyFor !== null,
    loading: (message.flags & MessageFlags.Loading) !== 0,
    ...(message.nonce !== null && { nonce: message.nonce }),
  };
}
