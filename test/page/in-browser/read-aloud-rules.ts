import type { Heard } from './read-aloud.ts';

const PICTURES: readonly string[] = ['image', 'img'];
const LABELLED: readonly string[] = [
  ...['button', 'link', 'combobox', 'textbox', 'checkbox', 'radio', 'switch', 'menuitem'],
];
const TEXTS: readonly string[] = ['StaticText', 'text'];

/** Two letters, of any script. */
const WORD = /\p{L}.*\p{L}/su;
/** Says something only to who sees it: arrows, stars, circles, pictures of faces. */
const SYMBOL = /[\p{S}\p{Extended_Pictographic}]/u;

/** What somebody who hears this instead of seeing it would miss; empty: nothing. */
export function missedAloud(heard: readonly Heard[]): readonly string[] {
  const text = heard.filter(({ role }) => TEXTS.includes(role)).map(({ name }) => name);
  const figures = new Set(text.flatMap(figuresIn));
  return [...heard.flatMap((one) => missedOf(one, figures)), ...jumps(heard)];
}

const figuresIn = (text: string): string[] => text.match(/\d+(?:[.,]\d+)*/g) ?? [];

function missedOf({ role, name }: Heard, figures: ReadonlySet<string>): string[] {
  if (PICTURES.includes(role)) {
    if (!WORD.test(name)) return ['a picture says nothing'];
    return figuresIn(name)
      .filter((figure) => !figures.has(figure))
      .map((figure) => `${figure} stands in a picture only: ${name}`);
  }
  if (LABELLED.includes(role) && !WORD.test(name)) return [`a ${role} has no word: "${name}"`];
  if (TEXTS.includes(role) && SYMBOL.test(name) && !/\p{L}/u.test(name))
    return [`a symbol is all there is: ${name}`];
  return [];
}

/** A message begins at any level: Discord has three sizes, and no page around them. */
function jumps(heard: readonly Heard[]): string[] {
  const levels = heard.filter(({ role }) => role === 'heading').map(({ level }) => level ?? 0);
  return levels
    .map((level, index) => [levels[index - 1] ?? level, level])
    .filter(([before, level]) => level > before + 1)
    .map(([before, level]) => `a heading of level ${level} comes after one of level ${before}`);
}
