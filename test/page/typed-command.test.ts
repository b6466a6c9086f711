import { describe, expect, it } from 'vitest';
import type { OfferedOption } from '#src/page/protocol.ts';
import { checkedValue, readTypedCommand } from '#src/page/typed-command.ts';
import { OFFERED, option, PICKABLES } from './browser/offered.ts';

const read = (line: string) => {
  const typed = readTypedCommand(line, OFFERED);
  return typed && { name: typed.command.name, texts: Object.fromEntries(typed.texts), left: typed.left };
};

describe('a line that is typed', () => {
  it('names its options', () => {
    expect(read('/search query:diffusion models sort:newest')).toEqual({
      name: 'search',
      texts: { query: 'diffusion models', sort: 'newest' },
      left: '',
    });
  });

  it('may leave the name of what the command requires away', () => {
    expect(read('/search diffusion')?.texts).toEqual({ query: 'diffusion' });
    expect(read('/search diffusion sort:newest')?.texts).toEqual({ query: 'diffusion', sort: 'newest' });
  });

  it('gives the first option what has no name where none is required', () => {
    expect(read('/trending week')?.texts).toEqual({ period: 'week' });
  });

  it('may name its options in any case and order', () => {
    expect(read('/SEARCH Sort:newest Query:diffusion')?.texts).toEqual({
      sort: 'newest',
      query: 'diffusion',
    });
  });

  it('keeps the fields of the filter language in the value', () => {
    expect(read('/search query:topic:llm -survey votes:>5')?.texts).toEqual({
      query: 'topic:llm -survey votes:>5',
    });
  });

  it('takes a name that stands there twice as text the second time', () => {
    expect(read('/search query:a query:b')?.texts).toEqual({ query: 'a query:b' });
  });

  it('tells what no option takes', () => {
    expect(read('/research deep')).toEqual({ name: 'research', texts: {}, left: 'deep' });
  });

  it('means the subcommand where there is one', () => {
    expect(read('/filter  test topic:llm')).toMatchObject({
      name: 'filter test',
      texts: { filter: 'topic:llm' },
    });
    expect(read('/filter tested')).toMatchObject({ name: 'filter', texts: { name: 'tested' } });
  });

  it.each(['search diffusion', '/sear', '/searching', '/', '', '/Papers in this message'])(
    'is none of a command: %j',
    (line) => {
      expect(read(line)).toBeNull();
    },
  );
});

const check = (one: OfferedOption, text: string) => checkedValue(one, text, PICKABLES);

describe('the value of an option', () => {
  it.each([
    [option('limit', 'integer'), '12', 12],
    [option('share', 'number'), '0.5', 0.5],
    [option('private', 'boolean'), 'True', true],
    [option('private', 'boolean'), 'no', false],
    [option('sort', 'text', { choices: [{ name: 'newest', value: 'new' }] }), 'Newest', 'new'],
    [option('sort', 'text', { choices: [{ name: 'newest', value: 'new' }] }), 'new', 'new'],
    [option('channel', 'channel'), '#vision', '3'],
    [option('channel', 'channel'), '3', '3'],
    [option('role', 'role'), '@readers', '2'],
    [option('who', 'mentionable'), 'ana', '1'],
    [option('query', 'text'), '#vision', '#vision'],
  ])('%# is read from what was typed', (one, text, value) => {
    expect(check(one, text)).toEqual({ value });
  });

  it.each([
    [option('limit', 'integer', { min: 1 }), '0', 'The smallest is 1.'],
    [option('limit', 'integer', { max: 25 }), '26', 'The largest is 25.'],
    [option('limit', 'integer'), '1.5', 'Write a whole number.'],
    [option('share', 'number'), 'many', 'Write a number.'],
    [option('private', 'boolean'), 'perhaps', 'Write True or False.'],
    [option('query', 'text', { shortest: 3 }), 'ab', 'At least 3 characters; this has 2.'],
    [option('query', 'text', { longest: 1 }), 'ab', 'At most 1 character; this has 2.'],
    [
      option('sort', 'text', { choices: [{ name: 'newest', value: 'new' }] }),
      'oldest',
      'Choose one from the list.',
    ],
    [
      option('channel', 'channel', { channelKinds: ['text'] }),
      '#reading-group',
      'Choose a channel of the list.',
    ],
    [option('member', 'user'), '@readers', 'Choose a member of the list.'],
    [option('file', 'attachment'), 'a.json', 'Choose a file.'],
  ])('%# is refused with what to write', (one, text, fault) => {
    expect(check(one, text)).toEqual({ fault });
  });
});
