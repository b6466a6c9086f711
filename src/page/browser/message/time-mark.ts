import { html } from '../preact.ts';
import { useKnown } from '../store.ts';
import { ownTimes } from './time-words.ts';

/** A time mark; what is told by its distance from now goes with the scene's time, by itself. */
export function TimeMark({ at, style }: { at: number; style: string }) {
  const words = useKnown(({ sceneMinute }) => ownTimes.mark(at, style, sceneMinute ?? at));
  const instant = new Date(at);
  const iso = Number.isNaN(instant.getTime()) ? null : instant.toISOString();
  return html`<time class="time-mark" datetime=${iso} title=${ownTimes.mark(at, 'F', at)}>${words}</time>`;
}
