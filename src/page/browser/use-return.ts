import { useEffect } from './preact.ts';
import { useKnown } from './store.ts';

/** Runs when the server is there again: that it could not be asked is no trouble any more. */
export function useReturn(onReturn: () => void): void {
  const isLive = useKnown(({ connection }) => connection === 'live');
  useEffect(() => {
    if (isLive) onReturn();
  }, [isLive]);
}
