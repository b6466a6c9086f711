import { commandsFor } from '../ask.ts';
import { useEffect } from '../preact.ts';
import type { State } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';

/** Asks what the viewer is offered in a place, and again whenever places, people or rights changed. */
export function useOffered(placeId: string): void {
  const scene = useKnown((state) => state.scene);
  useEffect(() => {
    const viewer = scene?.viewer.id;
    void loadOffered(placeId, (state) => state.scene?.viewer.id === viewer && state.scene?.id === scene?.id);
  }, [placeId, scene]);
}

/** Asks once more: a bot that has just started tells its commands after the page was opened. */
export async function loadOffered(
  placeId: string,
  holds: (state: State) => boolean = () => true,
): Promise<void> {
  const commands = await commandsFor(placeId);
  changeKnown((state) => {
    if (!holds(state) || JSON.stringify(state.offered.get(placeId)) === JSON.stringify(commands))
      return state;
    return { ...state, offered: new Map(state.offered).set(placeId, commands) };
  });
}
