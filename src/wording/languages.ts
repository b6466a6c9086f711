import en from './en.json' with { type: 'json' };

/** A sentence for people, by its name: `group.name`. */
export type MessageKey = keyof typeof en;

/** `lists`: the locale by whose rules "A, B and C" is written. */
export type Language = {
  locale: string;
  lists: string;
  messages: Readonly<Partial<Record<MessageKey, string>>>;
};

/** English has every sentence, and serves where another language lacks one. */
export const ENGLISH: Language = { locale: 'en-US', lists: 'en-GB', messages: en };

/** Every language that Paperboy speaks, by the locale that Discord calls it: one file and one line each. */
export const LANGUAGES: readonly Language[] = [ENGLISH];
