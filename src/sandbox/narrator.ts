import { systemClock } from '#src/foundation/clock.ts';
import type { SeenMessage } from './driver/seen-message.ts';

const LONGEST_TITLE = 60;

/** Tells somebody at a terminal what happens in the sandbox: a line an event. */
export type Narrator = {
  say(sentence: string): void;
  typed(channel: string, command: string): void;
  /** What only the asker sees, or what a command brought. */
  answered(channel: string, message: SeenMessage): void;
  posted(channel: string, message: SeenMessage): void;
};

/** `write` takes a line with its end. */
export function createNarrator(write: (line: string) => void): Narrator {
  const event = (kind: string, text: string) => write(`${timeOfDay()}  ${kind.padEnd(14)}  ${text}\n`);
  return {
    say: (sentence) => write(`${sentence}\n`),
    typed: (channel, command) => event('typed', `in #${channel}: ${command}`),
    answered: (channel, message) => event('answered', `in #${channel}: ${tellPost(message)}`),
    posted: (channel, message) => event(kindOf(message), `${tellPost(message)}  → #${channel}`),
  };
}

/** A card says why it came; everything else Paperboy posts has no such field. */
function kindOf(message: SeenMessage): string {
  return reasonOf(message) === null ? 'posted' : 'newly trending';
}

function tellPost(message: SeenMessage): string {
  const title = unmarked(message.embeds[0]?.title ?? message.content.split('\n', 1)[0]);
  const reason = reasonOf(message);
  return [shortened(title), ...(reason === null ? [] : [unmarked(reason).replace(/\.$/, '')])].join('  ');
}

function reasonOf({ embeds }: SeenMessage): string | null {
  return embeds.flatMap(({ fields }) => fields ?? []).find(({ name }) => name === 'Why now')?.value ?? null;
}

function shortened(title: string): string {
  const signs = [...title];
  return signs.length <= LONGEST_TITLE ? title : `${signs.slice(0, LONGEST_TITLE - 4).join('')} ...`;
}

function unmarked(text: string): string {
  return text
    .replace(/<t:(\d+):[a-zA-Z]>/g, (_, seconds: string) => dayOf(Number(seconds) * 1000))
    .replace(/\*\*|\\(?=[!-/:-@[-`{-~])/g, '')
    .replace(/\s+/g, ' ');
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function timeOfDay(): string {
  return new Date(systemClock.now()).toTimeString().slice(0, 8);
}
