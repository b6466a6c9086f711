import type { PageMessage } from '../../protocol.ts';
import type { State } from '../state.ts';

/** The bot's newest message that nobody asked for and that a phone would show; null: there is none yet. */
export function lastAlert({ scene, logs }: State): PageMessage | null {
  let newest: PageMessage | null = null;
  for (const { messages } of logs.values()) {
    const one = messages.findLast(
      ({ author, push, asked }) => author.id === scene?.bot.id && push !== null && asked === null,
    );
    if (one && (!newest || one.at > newest.at)) newest = one;
  }
  return newest;
}
