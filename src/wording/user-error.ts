import { sayInEnglish } from './in-english.ts';
import type { MessageKey } from './languages.ts';
import { phrase, type Said } from './phrase.ts';
import type { Phrase } from './values.ts';

/** For the asker: a whole sentence that says what to do next. `message` is the English one, for whoever debugs. */
export class UserError<K extends MessageKey = MessageKey> extends Error {
  override name = 'UserError';
  readonly phrase: Phrase;

  constructor(key: K, ...values: Said<K>) {
    const said = phrase(key, ...values);
    super(sayInEnglish(said));
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
