import { LANGUAGES, type MessageKey } from './languages.ts';
import { phrase, type Said } from './phrase.ts';
import type { Mark, Phrase } from './values.ts';
import { createWording } from './wording.ts';

/** For the asker: a whole sentence that says what to do next. `message` is the English one, for whoever debugs. */
export class UserError<K extends MessageKey = MessageKey> extends Error {
  override name = 'UserError';
  readonly phrase: Phrase;

  constructor(key: K, ...values: Said<K>) {
    const said = phrase(key, ...values);
    super(inEnglish(said));
    this.phrase = said;
  }
}

/** What was asked is not the asker's to do: no other words would change that. */
export class DeniedError<K extends MessageKey = MessageKey> extends UserError<K> {
  override name = 'DeniedError';
}

/** What it was about is gone: no other words would bring it back. */
export class GoneError<K extends MessageKey = MessageKey> extends UserError<K> {
  override name = 'GoneError';
}

/** Somebody else changed it meanwhile; `mark` stands for how it is now, which the sentence shows. */
export class ChangedError<K extends MessageKey = MessageKey> extends UserError<K> {
  override name = 'ChangedError';
  readonly mark: string;

  constructor(mark: string, key: K, ...values: Said<K>) {
    super(key, ...values);
    this.mark = mark;
  }
}

function writeMark(mark: Mark): string {
  switch (mark.mark) {
    case 'code':
      return `\`${mark.text}\``;
    case 'words':
    case 'markdown':
      return mark.text;
    case 'quoted':
      return `“${mark.text}”`;
    case 'channel':
      return `<#${mark.id}>`;
    case 'role':
      return `<@&${mark.id}>`;
    case 'instant':
      return `<t:${Math.floor(mark.at / 1000)}:${mark.style}>`;
  }
}

const unformatted = createWording(LANGUAGES, writeMark);

/** A phrase for whoever debugs, and for tools and files that are in English. */
export const inEnglish = (said: Phrase): string => unformatted.say('en', said);
