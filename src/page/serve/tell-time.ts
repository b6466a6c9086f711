import type { SceneTime } from '../protocol.ts';
import type { EventStream } from './event-stream.ts';
import type { PageScene } from './page-scene.ts';

/** So often is the clock looked at for what nobody tells: which poll is the next one, that the sample days are over. */
const LOOKS_EVERY_MS = 1000;

/** Tells what the scene's clock says, now and whenever that is more than time going by. Returns how to stop. */
export function tellTime({ time }: Pick<PageScene, 'time'>, stream: Pick<EventStream, 'tell'>): () => void {
  let told = '';
  const tell = () => {
    const state = time.state();
    told = standing(state);
    stream.tell({ told: 'time', time: state });
  };
  tell();
  const stop = time.onChange(tell);
  const looking = setInterval(() => {
    if (standing(time.state()) !== told) tell();
  }, LOOKS_EVERY_MS);
  return () => {
    stop();
    clearInterval(looking);
  };
}

/** Everything but the time that it is, which the page reckons itself. */
function standing(state: SceneTime): string {
  return JSON.stringify({ ...state, now: 0 });
}
