import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ChannelType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { showCommands } from '#src/page/show/commands.ts';

const command = (body: Partial<APIApplicationCommand>): APIApplicationCommand => ({
  id: '1',
  application_id: '2',
  version: '3',
  type: ApplicationCommandType.ChatInput,
  name: 'paper',
  description: 'Show a paper',
  default_member_permissions: null,
  ...body,
});

it('commands of all menus are told by their kind, and what clients do not offer is left out', () => {
  const shown = showCommands(
    [
      command({}),
      command({ name: 'Why here', type: ApplicationCommandType.Message, description: '' }),
      command({ name: 'Papers', type: ApplicationCommandType.User, description: '' }),
      command({ name: 'launch', type: ApplicationCommandType.PrimaryEntryPoint }),
    ],
    'en-US',
  );

  expect(shown.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    'slash paper',
    'message Why here',
    'user Papers',
  ]);
});

it('each subcommand is one of its own, with its own words and options', () => {
  const options: APIApplicationCommand['options'] = [
    {
      type: Option.Subcommand,
      name: 'test',
      description: 'Try a filter',
      options: [{ type: Option.String, name: 'words', description: 'What', required: true }],
    },
    {
      type: Option.SubcommandGroup,
      name: 'list',
      description: 'Lists',
      options: [{ type: Option.Subcommand, name: 'all', description: 'All of them' }],
    },
  ];

  const shown = showCommands([command({ name: 'filter', options })], 'en-US');

  expect(shown).toMatchObject([
    {
      id: '1',
      name: 'filter test',
      description: 'Try a filter',
      options: [{ name: 'words', isRequired: true }],
    },
    { id: '1', name: 'filter list all', description: 'All of them', options: [] },
  ]);
});

it('options carry what is checked before they are sent', () => {
  const options: APIApplicationCommand['options'] = [
    {
      type: Option.String,
      name: 'words',
      description: 'd',
      min_length: 2,
      max_length: 9,
      choices: [{ name: 'One', name_localizations: { de: 'Eins' }, value: 'one' }],
    },
    { type: Option.Integer, name: 'count', description: 'd', min_value: 1, max_value: 5, autocomplete: true },
    { type: Option.Channel, name: 'where', description: 'd', channel_types: [ChannelType.GuildForum] },
    { type: Option.Mentionable, name: 'whom', description: 'd' },
    { type: Option.Attachment, name: 'file', description: 'd' },
  ];

  const [shown] = showCommands([command({ options })], 'de');

  expect(shown.options).toMatchObject([
    { kind: 'text', shortest: 2, longest: 9, choices: [{ name: 'Eins', value: 'one' }], completes: false },
    { kind: 'integer', min: 1, max: 5, completes: true, choices: [], shortest: null },
    { kind: 'channel', channelKinds: ['forum'], isRequired: false },
    { kind: 'mentionable', channelKinds: null },
    { kind: 'attachment' },
  ]);
});

it('descriptions are in the viewer’s language where there is one', () => {
  const told = command({ description_localizations: { de: 'Zeigt eine Arbeit' } });

  expect(showCommands([told], 'de')[0].description).toBe('Zeigt eine Arbeit');
  expect(showCommands([told], 'fr')[0].description).toBe('Show a paper');
  expect(showCommands([told], '__proto__')[0].description).toBe('Show a paper');
});
