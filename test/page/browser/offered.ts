import type { OfferedCommand, OfferedOption } from '#src/page/protocol.ts';
import type { Pickable } from '#src/page/typed-command.ts';

export function option(
  name: string,
  kind: OfferedOption['kind'],
  more: Partial<OfferedOption> = {},
): OfferedOption {
  return {
    name,
    kind,
    description: '',
    isRequired: false,
    choices: [],
    completes: false,
    min: null,
    max: null,
    shortest: null,
    longest: null,
    channelKinds: null,
    ...more,
  };
}

export function command(name: string, options: readonly OfferedOption[] = []): OfferedCommand {
  return { id: name, name, description: '', kind: 'slash', options };
}

const ORDERS = [
  { name: 'best match', value: 'best' },
  { name: 'newest', value: 'new' },
];

export const SEARCH = command('search', [
  option('query', 'text', { isRequired: true, completes: true, longest: 20 }),
  option('sort', 'text', { choices: ORDERS }),
  option('limit', 'integer', { min: 1, max: 25 }),
  option('private', 'boolean'),
]);

export const OFFERED: readonly OfferedCommand[] = [
  SEARCH,
  command('trending', [option('period', 'text')]),
  command('filter test', [option('filter', 'text', { isRequired: true })]),
  command('filter', [option('name', 'text')]),
  command('research'),
  { ...command('Papers in this message'), kind: 'message' },
];

export const PICKABLES: readonly Pickable[] = [
  { id: '1', name: 'Ana', of: 'user', channelKind: null },
  { id: '2', name: 'readers', of: 'role', channelKind: null },
  { id: '3', name: 'vision', of: 'channel', channelKind: 'text' },
  { id: '4', name: 'Papers', of: 'channel', channelKind: 'category' },
  { id: '5', name: 'reading-group', of: 'channel', channelKind: 'forum' },
];
