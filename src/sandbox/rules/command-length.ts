import { isObject, type Json } from '../world/json.ts';
import { lengthOf } from './primitives.ts';

/**
 * What counts towards the 8000 characters of a command: name, description and value of it, its options and
 * choices; of a field and its localisations only the longest counts.
 * https://discord.com/developers/docs/interactions/application-commands#create-global-application-command
 */
export function commandLength(part: Json): number {
  const own =
    longest(part.name, part.name_localizations) + longest(part.description, part.description_localizations);
  const value = typeof part.value === 'string' ? lengthOf(part.value) : 0;
  const inner = [...listOf(part.options), ...listOf(part.choices)];
  return inner.reduce((sum, one) => sum + commandLength(one), own + value);
}

function longest(text: unknown, localized: unknown): number {
  const texts = [text, ...(isObject(localized) ? Object.values(localized) : [])];
  return Math.max(0, ...texts.map((one) => (typeof one === 'string' ? lengthOf(one) : 0)));
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
