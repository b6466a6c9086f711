import type { Scene, Told, Viewer } from '../protocol.ts';
import { heard, withMinute } from './state.ts';
import { changeKnown, known } from './store.ts';

const AGAIN_MS = 1000;
let stream: EventSource | null = null;

/** Listens to the scene as that person, null: the first; goes on by itself when the server was away. */
export function followScene(viewerId: string | null): void {
  listen(viewerId, null);
}

/** `wanted`: as whom to go on if the scene has somebody of that name, once it is known who is in it. */
function listen(viewerId: string | null, wanted: { name: string } | null): void {
  stream?.close();
  const own = new EventSource(viewerId === null ? '/live' : `/live?as=${encodeURIComponent(viewerId)}`);
  stream = own;
  own.onmessage = ({ data }) => {
    if (stream !== own) return;
    const told: Told = JSON.parse(String(data));
    const other = told.told === 'scene' ? otherViewer(told.scene, wanted) : null;
    if (other) return listen(other.id, null);
    changeKnown((state) => heard(state, told, performance.now()));
  };
  own.onerror = () => {
    if (stream !== own) return;
    // An answer that is no stream: a scene that has begun anew does not know this person any more.
    const isRefused = own.readyState === EventSource.CLOSED;
    own.close();
    changeKnown((state) => ({ ...state, connection: 'lost' }));
    const before = wanted ?? known().scene?.viewer ?? null;
    setTimeout(() => {
      if (stream === own) listen(isRefused ? null : viewerId, before);
    }, AGAIN_MS);
  };
}

function otherViewer({ viewer, people }: Scene, wanted: { name: string } | null): Viewer | null {
  if (!wanted || viewer.name === wanted.name) return null;
  return people.find(({ name }) => name === wanted.name) ?? null;
}

const TICK_MS = 500;

/** Lets the scene's minutes pass between the times that the server tells, while it is there. */
export function keepSceneMinute(): void {
  setInterval(
    () =>
      changeKnown((state) => (state.connection === 'live' ? withMinute(state, performance.now()) : state)),
    TICK_MS,
  );
}
