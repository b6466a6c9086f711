import type { CommandChoice, CommandData, CommandOption } from '#commands/command.ts';
import { say } from '#src/render/say.ts';
import { inLanguage } from '#src/wording/language.ts';
import { ENGLISH, LANGUAGES, type Language } from '#src/wording/languages.ts';
import { isMessage, type PlainKey } from '#src/wording/phrase.ts';

type Described = Readonly<Record<string, unknown>>;

/** A command as Discord is told it: its descriptions and choices in English, and in every other language that has them. */
export function describeCommand(data: CommandData): Described & { name: string } {
  const { name, description, options, ...rest } = data;
  return {
    name,
    ...rest,
    ...describedBy(description),
    ...(options && { options: options.map(describeOption) }),
  };
}

function describeOption({ description, options, choices, ...rest }: CommandOption): Described {
  return {
    ...rest,
    ...describedBy(description),
    ...(choices && { choices: choices.map(describeChoice) }),
    ...(options && { options: options.map(describeOption) }),
  };
}

/** What a choice is called is a sentence, or the same in every language. */
function describeChoice({ name, value }: CommandChoice): Described {
  if (!isMessage(name)) return { name, value };
  return { name: inEnglish(name), ...localized('name_localizations', name), value };
}

function describedBy(key: PlainKey | undefined): Described {
  if (key === undefined) return {};
  return { description: inEnglish(key), ...localized('description_localizations', key) };
}

const inEnglish = (key: PlainKey): string => inLanguage(ENGLISH.locale, () => say(key));

function localized(field: string, key: PlainKey): Described {
  const others = LANGUAGES.filter(
    ({ locale, messages }) => locale !== ENGLISH.locale && Object.hasOwn(messages, key),
  );
  const said = others.map(({ locale }: Language) => [locale, inLanguage(locale, () => say(key))]);
  return said.length === 0 ? {} : { [field]: Object.fromEntries(said) };
}
