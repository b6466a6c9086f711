import { mentionOf } from '#src/wording/command-mentions.ts';
import { writeBare } from '#src/wording/in-english.ts';
import { languageNow } from '#src/wording/language.ts';
import { LANGUAGES, type MessageKey } from '#src/wording/languages.ts';
import { phrase, type Said } from '#src/wording/phrase.ts';
import type { Mark, Phrase, Value } from '#src/wording/values.ts';
import { createWording } from '#src/wording/wording.ts';
import { codeSpan, escapeMarkdown, escapeWords, plain } from './escape-markdown.ts';

/** As Discord renders it. */
function writeMark(mark: Mark): string {
  switch (mark.mark) {
    case 'code':
      return codeSpan(mark.text, mark.most);
    case 'words':
      return escapeWords(mark.text, mark.most);
    case 'markdown':
      return escapeMarkdown(mark.text, mark.most);
    case 'quoted':
      return `“${escapeWords(mark.text, mark.most)}”`;
    case 'command':
      return mentionOf(mark.name) ?? writeBare(mark);
    default:
      return writeBare(mark);
  }
}

/** Where Discord renders no markdown: footers, select options, choices, thread names. */
function writePlainMark(mark: Mark): string {
  switch (mark.mark) {
    case 'code':
    case 'words':
    case 'markdown':
      return plain(mark.text, mark.most ?? Number.POSITIVE_INFINITY);
    case 'quoted':
      return `“${plain(mark.text, mark.most ?? Number.POSITIVE_INFINITY)}”`;
    case 'command':
      return `/${mark.name}`;
    default:
      return writeBare(mark);
  }
}

const marked = createWording(LANGUAGES, writeMark);
const unmarked = createWording(LANGUAGES, writePlainMark);

/** The sentence as Discord's markdown, in the language of whoever is talked to. */
export function say<K extends MessageKey>(key: K, ...values: Said<K>): string {
  return marked.say(languageNow(), phrase(key, ...values));
}

/** A phrase as Discord's markdown. */
export const sayPhrase = (said: Phrase): string => marked.say(languageNow(), said);

/** A value alone: "A, B and C". */
export const sayValue = (value: Value): string => marked.value(languageNow(), value);

/** A value where no markdown is rendered. */
export const sayValuePlain = (value: Value): string => unmarked.value(languageNow(), value);

/** The sentence where no markdown is rendered. */
export function sayPlain<K extends MessageKey>(key: K, ...values: Said<K>): string {
  return unmarked.say(languageNow(), phrase(key, ...values));
}

/** A phrase where no markdown is rendered. */
export const sayPhrasePlain = (said: Phrase): string => unmarked.say(languageNow(), said);
