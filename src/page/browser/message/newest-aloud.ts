import type { PageMessage } from '../../protocol.ts';
import { html, useRef } from '../preact.ts';
import { firstWords } from './plain-words.ts';

const MOST_WORDS = 200;

/** Reads the newest message aloud when it comes or is written anew; not those that were there when the place was opened. */
export function NewestAloud({ messages }: { messages: readonly PageMessage[] }) {
  const newest = messages.at(-1);
  const atOpening = useRef(newest);
  const isNew = newest !== undefined && newest !== atOpening.current;
  return html`<div class="aloud" aria-live="polite">${isNew && aloud(newest)}</div>`;
}

function aloud(message: PageMessage): string {
  const words = message.isThinking ? 'is thinking' : firstWords(message).slice(0, MOST_WORDS);
  return `${message.author.name}: ${words}`;
}
