/**
 * Tells Discord the bot's commands: a bulk overwrite, and only when they differ from what Discord has, because Discord
 * allows 200 creations a day and shows members a moment without commands.
 */
import type { REST } from '@discordjs/rest';
import { z } from 'zod';
import type { Command, CommandData } from '#commands/command.ts';
import { OutsideError } from '#src/foundation/failure.ts';

/**
 * Registers the commands everywhere the bot is. Returns whether anything had to change.
 * Throws OutsideError when Discord refuses them or cannot be asked.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  commands: readonly Command[],
): Promise<'changed' | 'unchanged'> {
  const path = `/applications/${applicationId}/commands` as const;
  const wanted = commands.map(({ data }) => data);
  try {
    const known = registered.parse(
      await rest.get(path, { query: new URLSearchParams({ with_localizations: 'true' }) }),
    );
    if (sameCommands(known, wanted)) return 'unchanged';
    await rest.put(path, { body: wanted });
    return 'changed';
  } catch (error) {
    throw new OutsideError('Discord', 'the commands could not be registered', {
      retryable: true,
      cause: error,
    });
  }
}

const registered = z.array(z.looseObject({ name: z.string() }));

/** Whether both lists mean the same to Discord, whatever their order and the defaults it fills in. */
export function sameCommands(known: readonly CommandData[], wanted: readonly CommandData[]): boolean {
  return printed(known) === printed(wanted);
}

function printed(commands: readonly CommandData[]): string {
  return JSON.stringify(commands.map((command) => JSON.stringify(plainCommand(command))).sort());
}

type Fields = Record<string, unknown>;

/** Only what we may set, defaults filled in (interactions/application-commands.mdx). */
function plainCommand(command: CommandData): Fields {
  return {
    type: command.type ?? 1,
    name: command.name,
    description: command.description ?? '',
    names: sorted(command.name_localizations),
    descriptions: sorted(command.description_localizations),
    permissions: command.default_member_permissions ?? null,
    // Without it Discord takes those that the application is set up for: server installs unless changed.
    installs: [...(command.integration_types ?? [0])].sort(),
    contexts: command.contexts ? [...command.contexts].sort() : null,
    nsfw: command.nsfw ?? false,
    options: plainOptions(command.options),
  };
}

function plainOptions(options: unknown): Fields[] {
  if (!Array.isArray(options)) return [];
  return options.map((option) => ({
    type: option.type,
    name: option.name,
    description: option.description,
    names: sorted(option.name_localizations),
    descriptions: sorted(option.description_localizations),
    required: option.required ?? false,
    autocomplete: option.autocomplete ?? false,
    choices: plainChoices(option.choices),
    channelTypes: [...(option.channel_types ?? [])].sort(),
    value: [option.min_value ?? null, option.max_value ?? null],
    length: [option.min_length ?? null, option.max_length ?? null],
    options: plainOptions(option.options),
  }));
}

function plainChoices(choices: unknown): Fields[] {
  if (!Array.isArray(choices)) return [];
  return choices.map(({ name, value, name_localizations }) => ({
    name,
    value,
    names: sorted(name_localizations),
  }));
}

function sorted(localisations: unknown): [string, unknown][] {
  return Object.entries(localisations ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
