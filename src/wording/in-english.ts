import { ENGLISH, LANGUAGES } from './languages.ts';
import type { Mark, Phrase } from './values.ts';
import { createWording } from './wording.ts';

/** The English sentence as plain text: for logs, tools and whoever debugs. */
export const sayInEnglish = (phrase: Phrase): string => unformatted.say(ENGLISH.locale, phrase);

/** A sentence in which nothing is marked, in the language of that locale. */
export const sayUnmarked = (locale: string, phrase: Phrase): string => unformatted.say(locale, phrase);

/** A mark as plain text; channels, roles and instants as Discord calls them. */
export function writeBare(mark: Mark): string {
  switch (mark.mark) {
    case 'code':
      return `\`${mark.text}\``;
    case 'words':
    case 'markdown':
      return mark.text;
    case 'quoted':
      return `“${mark.text}”`;
    case 'command':
      return `\`/${mark.name}\``;
    case 'channel':
      return `<#${mark.id}>`;
    case 'role':
      return `<@&${mark.id}>`;
    case 'instant':
      return `<t:${Math.floor(mark.at / 1000)}:${mark.style}>`;
  }
}

const unformatted = createWording(LANGUAGES, writeBare);
