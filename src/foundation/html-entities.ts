import { createRequire } from 'node:module';

type Entities = typeof import('entities/decode');

let loaded: Entities | undefined;
/** Two thousand names take five milliseconds to load: when the first text needs one. */
const entities = (): Entities => {
  loaded ??= createRequire(import.meta.url)('entities/decode') as Entities;
  return loaded;
};

/** Text in which HTML's entities (`&eacute;`, `&#233;`) are the characters they stand for; others stay. */
export const decodeEntities = (text: string): string => entities().decodeHTMLStrict(text);
