import { AsyncLocalStorage } from 'node:async_hooks';
import { ENGLISH } from './languages.ts';

const current = new AsyncLocalStorage<string>();

/** What is said meanwhile is said in the language of that locale: whoever talks to somebody opens it. */
export const inLanguage = <T>(locale: string, work: () => T): T => current.run(locale, work);

/** The locale of whoever is talked to; English for everybody else. */
export const languageNow = (): string => current.getStore() ?? ENGLISH.locale;
