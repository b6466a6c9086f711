import { cut } from '#src/render/cut.ts';
import { plain } from '#src/render/escape-markdown.ts';
import { sayValuePlain } from '#src/render/say.ts';
import type { Value } from '#src/wording/values.ts';

export type Proposals = readonly { name: string; value: string }[];

/** A choice that is not said yet; `told`: what stands behind its name. */
export type Proposal = { name: Value; told?: Value; value: string };

/** Discord's limits: choices of one autocomplete, characters of a name and of a value. */
const MOST = 25;
const LONGEST = 100;

/** As Discord takes them: each value once, those too long to come back whole left out, names cut between letters. */
export function proposals(choices: readonly Proposal[]): Proposals {
  const byValue = new Map<string, { name: string; value: string }>();
  for (const { name, told, value } of choices) {
    if (byValue.size === MOST) break;
    const said = [name, ...(told === undefined ? [] : [told])].map(sayValuePlain);
    const shown = plain(said.join(' · '), LONGEST);
    if (value.trim() === '' || value.length > LONGEST || shown === '' || byValue.has(value)) continue;
    byValue.set(value, { name: shown, value });
  }
  return [...byValue.values()];
}

/** `A very long title … · why`, the end whole. */
export function withEnd(text: string, end: string): string {
  if (end === '') return text;
  const tail = ` · ${cut(end, 60)}`;
  return `${cut(text, LONGEST - tail.length)}${tail}`;
}
