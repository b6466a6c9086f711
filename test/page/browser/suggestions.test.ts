import { describe, expect, it } from 'vitest';
import { pickablesIn } from '#src/page/browser/composer/pickables.ts';
import { choicesFor, commandsLike, optionsLike } from '#src/page/browser/composer/suggestions.ts';
import type { OfferedOption, Scene } from '#src/page/protocol.ts';
import { OFFERED, option, PICKABLES, SEARCH } from './offered.ts';

const namesOf = (found: readonly { name: string }[]) => found.map(({ name }) => name);
const labels = (one: OfferedOption, typed: string) =>
  choicesFor(one, typed, PICKABLES).map(({ label }) => label);

describe('what is proposed while somebody types', () => {
  it('is every command after a slash, and none of the menus of messages', () => {
    expect(namesOf(commandsLike('/', OFFERED))).toEqual([
      'search',
      'trending',
      'filter test',
      'filter',
      'research',
    ]);
  });

  it('is what begins with it first, then what contains it', () => {
    expect(namesOf(commandsLike('/Sea', OFFERED))).toEqual(['search', 'research']);
    expect(namesOf(commandsLike('/filter t', OFFERED))).toEqual(['filter test']);
  });

  it('is the options that are left, by name', () => {
    expect(namesOf(optionsLike('so', SEARCH.options))).toEqual(['sort']);
    expect(namesOf(optionsLike('', SEARCH.options))).toEqual(['query', 'sort', 'limit', 'private']);
  });

  it('is the choices of an option', () => {
    expect(labels(SEARCH.options[1], 'new')).toEqual(['newest']);
    expect(labels(option('private', 'boolean'), '')).toEqual(['True', 'False']);
  });

  it('is members, roles and channels of the kinds that are wanted, with or without their signs', () => {
    expect(labels(option('channel', 'channel'), '#v')).toEqual(['#vision']);
    expect(labels(option('channel', 'channel', { channelKinds: ['forum'] }), '')).toEqual(['#reading-group']);
    expect(labels(option('who', 'mentionable'), 'a')).toEqual(['@Ana', '@readers']);
    expect(labels(option('who', 'user'), '@a')).toEqual(['@Ana']);
  });

  it('is nothing where any text goes', () => {
    expect(labels(option('filter', 'text'), '')).toEqual([]);
  });
});

it('in direct messages one picks one of the two who talk', () => {
  const viewer = { id: '1', name: 'Ana', isBot: false };
  const bot = { id: '9', name: 'Paperboy', isBot: true };
  const scene: Scene = { id: 's', viewer, bot, people: [], servers: [], directs: [], tasks: [] };

  expect(pickablesIn(scene, null).map(({ name }) => name)).toEqual(['Ana', 'Paperboy']);
});
