import type { Clock } from '#src/foundation/clock.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';
import { messageLines, type Named, unmarked } from './message-lines.ts';

const LONGEST_TITLE = 60;
/** A long answer ends with how to see the rest. */
const MOST_LINES = 30;
const INDENT = '          ';

/** Tells somebody at a terminal what happens in the scene: a line an event, by the scene's time (UTC). */
export type Narrator = {
  say(sentence: string): void;
  typed(channel: string, command: string): void;
  /** What a command brought, in a line. */
  answered(channel: string, message: SeenMessage): void;
  /** What a command brought, to be read. */
  answeredInFull(message: SeenMessage): void;
  posted(channel: string, message: SeenMessage): void;
};

/** `write` takes text with its line ends. */
export function createNarrator(
  write: (text: string) => void,
  clock: Pick<Clock, 'now'>,
  named: Named,
): Narrator {
  const event = (kind: string, text: string) =>
    write(`${timeOfDay(clock.now())}  ${kind.padEnd(14)}  ${text}\n`);
  return {
    say: (sentence) => write(`${sentence}\n`),
    typed: (channel, command) => event('typed', `in #${channel}: ${command}`),
    answered: (channel, message) => event('answered', `in #${channel}: ${tellPost(message, named)}`),
    answeredInFull: (message) => write(`${inFull(message, named)}\n`),
    posted: (channel, message) => event(kindOf(message), `${tellPost(message, named)}  → #${channel}`),
  };
}

function inFull(message: SeenMessage, named: Named): string {
  const lines = messageLines(message, named);
  const shown = lines.slice(0, MOST_LINES);
  const rest = lines.length - shown.length;
  const more = rest === 0 ? [] : [`${rest} more ${rest === 1 ? 'line' : 'lines'}: see the page.`];
  return [...shown, ...more].map((line) => `${INDENT}${line}`).join('\n');
}

/** A card says why it came; everything else Paperboy posts has no such field. */
function kindOf(message: SeenMessage): string {
  return reasonOf(message) === null ? 'posted' : 'newly trending';
}

function tellPost(message: SeenMessage, named: Named): string {
  const title = inOneLine(message.embeds[0]?.title ?? messageLines(message, named)[0] ?? '', named);
  const reason = reasonOf(message);
  return [shortened(title), ...(reason === null ? [] : [inOneLine(reason, named).replace(/\.$/, '')])].join(
    '  ',
  );
}

function reasonOf({ embeds }: SeenMessage): string | null {
  return embeds.flatMap(({ fields }) => fields ?? []).find(({ name }) => name === 'Why now')?.value ?? null;
}

function shortened(title: string): string {
  const signs = [...title];
  return signs.length <= LONGEST_TITLE ? title : `${signs.slice(0, LONGEST_TITLE - 4).join('')} ...`;
}

const inOneLine = (text: string, named: Named): string => unmarked(text, named).replace(/\s+/g, ' ').trim();

const timeOfDay = (at: number): string => new Date(at).toISOString().slice(11, 19);
