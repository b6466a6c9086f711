const COLOURS = 6;

/** Two letters at most: of the first and the last word, or of the only one. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const taken = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return taken.map((word) => (word.match(/[\p{L}\p{N}]/u)?.[0] ?? '').toUpperCase()).join('') || '?';
}

/** Always the same colour for the same person, by number. */
export function colourOf(id: string): number {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.charCodeAt(0)) % 65_521;
  return sum % COLOURS;
}
