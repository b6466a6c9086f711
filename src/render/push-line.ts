/**
 * A post's content line: what a phone shows of it, cut at its end. The title stands first, the mention of roles last, and
 * the title gives way where the reason and the mention would not be seen.
 */
import { phrase } from '#src/wording/phrase.ts';
import { cutCharacters } from './cut.ts';
import { escapeWords } from './escape-markdown.ts';
import { say } from './say.ts';

/** Characters of a title that leave room for a reason's beginning and a role. */
const TITLE = 80;
const REASON = 60;
/** Papers of a digest that are named, and characters of each name. */
const NAMED = 3;
const NAME = 40;
const SHORTEST_NAME = 3;
/** UTF-16 units of one part, for titles whose characters have many: a line and its roles stay within a message. */
const PART = 300;

/** "TerraScope: Pixel-Grounded Visual Reasoning · 1st of 24 papers of 10 March". */
export function cardLine(title: string, reason: string | undefined): string {
  const parts = [part(title, TITLE), part(reason ?? '', REASON)];
  return parts.filter((told) => told !== '').join(' · ');
}

/** "12 papers: TerraScope, Motion-as-Language, LongCodeBench and 9 more". */
export function digestLine(titles: readonly string[]): string {
  const names = titles.slice(0, NAMED).map((title) => part(shortName(title), NAME));
  const shown = names.filter((name) => name !== '');
  const n = titles.length;
  if (shown.length === 0) return say('paper.count', { n });
  const rest = n - shown.length;
  return say('digest.line', { n, titles: rest > 0 ? [...shown, phrase('list.more', { n: rest })] : shown });
}

/** The line with its roles behind it. */
export function withRoles(line: string, roleIds: readonly string[]): string {
  return [line, ...roleIds.map((id) => `<@&${id}>`)].filter((part) => part !== '').join(' ');
}

/** What a paper calls itself: what stands before the colon, where that is a name. The colon of 12:30 or https:// is none. */
function shortName(title: string): string {
  const colon = title.search(/:\s|：/);
  const name = title.slice(0, colon).trim();
  const isName = colon > 0 && name.length >= SHORTEST_NAME && name.length <= NAME && isWhole(name);
  return isName ? name : title;
}

/** Every quote and bracket in it is closed. */
function isWhole(name: string): boolean {
  const times = (signs: RegExp): number => name.match(signs)?.length ?? 0;
  return times(/"/g) % 2 === 0 && times(/[([{“«「『]/g) === times(/[)\]}”»」』]/g);
}

function part(text: string, characters: number): string {
  return escapeWords(cutCharacters(text.trim(), characters), PART);
}
