/**
 * Every sentence for people. It stands in en.json under its name, in ICU's message syntax
 * (https://unicode-org.github.io/icu/userguide/format_parse/messages/):
 *
 * - `{name}` is a placeholder; `{papers, plural, one {# paper} other {# papers}}` counts, and writes 1,200;
 *   `{papers, number}` writes 1,200 where nothing is counted by it; `{day, date, ::MMMMyyyy}` names what it has of a day, UTC ms;
 *   `{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}` orders; `{kind, select, a {…} other {…}}` chooses.
 * - An apostrophe is ’; the straight one quotes: `'{'` is a brace.
 * - What a medium writes in its own way is a mark (phrase.ts), never markdown around a placeholder.
 * - A command between backticks (`/status`) is a link in Discord's answers; with options behind it, it is an example to copy.
 * - `npm run wording` sorts the file and writes placeholders.ts, by which keys and values are typed.
 *
 * Another language is one more file of the same names and one line in languages.ts. No sentences for people: the log, and
 * what the operator reads at a terminal.
 */
import { type Formatters, IntlMessageFormat } from 'intl-messageformat';
import { commandsApart } from './command-mentions.ts';
import { ENGLISH, type Language, type MessageKey } from './languages.ts';
import type { Mark, Phrase, Value } from './values.ts';

/** How a medium writes what is no plain text. */
type Medium = (mark: Mark) => string;

type Wording = {
  /** The sentence in the language of that locale (`de`, `pt-BR`), in English where there is none. */
  say(locale: string, phrase: Phrase): string;
  /** The same of any value. */
  value(locale: string, value: Value): string;
};

/**
 * Messages are read once, when they are first said. Throws where one is malformed. What another version stored, with a name
 * or values that are not those of today, is said in general.
 */
export function createWording(languages: readonly Language[], medium: Medium): Wording {
  const spoken = new Map(languages.map((language) => [language.locale, openLanguage(language)]));
  const english = spoken.get(ENGLISH.locale) ?? openLanguage(ENGLISH);
  const languageOf = (locale: string) => spoken.get(locale) ?? spoken.get(locale.split('-')[0]) ?? english;

  const valueIn = (locale: string, value: Value): string => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    if ('key' in value) return say(locale, value);
    if ('mark' in value) return medium(value);
    const { and, or, list } = languageOf(locale).lists;
    const all = (values: readonly Value[]) => values.map((one) => valueIn(locale, one));
    if ('or' in value) return or.format(all(value.or));
    return 'list' in value ? list.format(all(value.list)) : and.format(all(value));
  };

  const unknownIn = (locale: string): string => say(locale, { key: 'stored.unknown', values: {} });

  const say = (locale: string, { key, values }: Phrase): string => {
    const message = languageOf(locale).message(key) ?? english.message(key);
    if (!message) return unknownIn(locale);
    try {
      const written = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : valueIn(locale, value),
      ]);
      const commands = [...message.commands].map(([placeholder, name]) => [
        placeholder,
        medium({ mark: 'command', name }),
      ]);
      return String(message.format.format(Object.fromEntries([...written, ...commands])));
    } catch {
      // Types hold names and values together in all but what is stored.
      return unknownIn(locale);
    }
  };

  return { say, value: valueIn };
}

/** `commands`: names of commands by their placeholders. */
type ReadMessage = { format: IntlMessageFormat; commands: ReadonlyMap<string, string> };

function openLanguage({ locale, lists, messages }: Language) {
  const read = new Map<MessageKey, ReadMessage>();
  const formatters = sharedFormatters(locale);
  return {
    lists: {
      and: new Intl.ListFormat(lists, { type: 'conjunction' }),
      or: new Intl.ListFormat(lists, { type: 'disjunction' }),
      list: new Intl.ListFormat(lists, { type: 'unit', style: 'short' }),
    },
    message(key: MessageKey): ReadMessage | null {
      const known = read.get(key);
      if (known) return known;
      const text = Object.hasOwn(messages, key) ? messages[key] : undefined;
      if (text === undefined) return null;
      const { message, commands } = commandsApart(text);
      const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true, formatters });
      read.set(key, { format, commands });
      return { format, commands };
    },
  };
}

/** One of each for all messages: each would make its own, which takes ten times as long as reading the message. */
function sharedFormatters(locale: string): Formatters {
  const number = new Intl.NumberFormat(locale);
  const [cardinal, ordinal] = (['cardinal', 'ordinal'] as const).map(
    (type) => new Intl.PluralRules(locale, { type }),
  );
  return {
    getNumberFormat: (_, options) => (options ? new Intl.NumberFormat(locale, options) : number),
    getDateTimeFormat: (_, options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }),
    getPluralRules: (_, options) => (options?.type === 'ordinal' ? ordinal : cardinal),
  };
}
