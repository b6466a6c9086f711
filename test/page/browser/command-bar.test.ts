import { describe, expect, it } from 'vitest';
import {
  barFor,
  type CommandBar,
  checkedBar,
  filled,
  newBar,
  optionsLeft,
  typedBehind,
  typedIntoChip,
  valuesOf,
  withOption,
  withoutOption,
} from '#src/page/browser/composer/command-bar.ts';
import { PICKABLES, SEARCH } from './offered.ts';

const [, SORT, LIMIT] = SEARCH.options;
const chips = (bar: CommandBar) =>
  Object.fromEntries(bar.chips.map(({ option, text }) => [option.name, text]));
const faults = (bar: CommandBar) => {
  const checked = checkedBar(bar, PICKABLES);
  return 'bar' in checked ? checked.bar.chips.map(({ fault }) => fault) : [];
};

describe('a command that is being filled in', () => {
  it('shows what it requires at once, and the rest when it is asked for', () => {
    const bar = newBar(SEARCH);

    expect(chips(bar)).toEqual({ query: '' });
    expect(optionsLeft(bar).map(({ name }) => name)).toEqual(['sort', 'limit', 'private']);
    expect(chips(withOption(bar, LIMIT))).toEqual({ query: '', limit: '' });
  });

  it('begins with what was typed already', () => {
    const bar = barFor({ command: SEARCH, texts: new Map([['sort', 'newest']]), left: '' });
    expect(chips(bar)).toEqual({ query: '', sort: 'newest' });
  });

  it('gives the chip of an option up', () => {
    expect(chips(withoutOption(withOption(newBar(SEARCH), SORT), 'sort'))).toEqual({ query: '' });
  });

  it('begins another chip where the name of an option ends what is typed into one', () => {
    const typed = typedIntoChip(newBar(SEARCH), 'query', 'diffusion sort:');

    expect(typed.at).toBe('sort');
    expect(chips(typed.bar)).toEqual({ query: 'diffusion', sort: '' });
  });

  it('keeps a field of the filter language, and what has a chip, as text', () => {
    expect(typedIntoChip(newBar(SEARCH), 'query', 'topic:').bar.chips[0].text).toBe('topic:');
    const bar = withOption(newBar(SEARCH), SORT);
    expect(chips(typedIntoChip(bar, 'query', 'a sort:').bar)).toEqual({ query: 'a sort:', sort: '' });
  });

  it('does not take the name of a chip that is typed into it for its text', () => {
    expect(chips(typedIntoChip(newBar(SEARCH), 'query', 'query:diff').bar)).toEqual({ query: 'diff' });
  });

  it('makes chips of what is pasted behind them', () => {
    const typed = typedBehind(newBar(SEARCH), 'sort:newest limit:');

    expect(chips(typed.bar)).toEqual({ query: '', sort: 'newest', limit: '' });
    expect(typed).toMatchObject({ at: 'limit', bar: { left: '' } });
  });

  it('keeps other text behind the chips', () => {
    expect(typedBehind(newBar(SEARCH), 'so')).toMatchObject({ at: null, bar: { left: 'so' } });
  });
});

describe('before a command is sent', () => {
  it('what it requires must be there', () => {
    expect(faults(newBar(SEARCH))).toEqual(['This option is required.']);
  });

  it('an option that was asked for is filled in, or removed', () => {
    const bar = withOption(filled(newBar(SEARCH), 'query', { text: 'a' }), SORT);
    expect(faults(bar)).toEqual([null, 'Fill this option in, or remove it with Backspace.']);
  });

  it('each value is looked at', () => {
    const bar = withOption(filled(newBar(SEARCH), 'query', { text: 'a'.repeat(21) }), LIMIT);
    expect(faults(filled(bar, 'limit', { text: '99' }))).toEqual([
      'At most 20 characters; this has 21.',
      'The largest is 25.',
    ]);
  });

  it('values are what lines of lists stand for, and texts are read', () => {
    const bar = filled(withOption(withOption(newBar(SEARCH), SORT), LIMIT), 'limit', { text: '5' });
    const whole = filled(filled(bar, 'query', { text: 'diffusion ' }), 'sort', {
      text: 'newest',
      picked: 'new',
    });

    expect(checkedBar(whole, PICKABLES)).toEqual({ options: { query: 'diffusion', sort: 'new', limit: 5 } });
  });

  it('a text that is changed after it was picked is read anew', () => {
    const picked = filled(newBar(SEARCH), 'query', { text: 'TerraScope', picked: '2603.19039' });
    const bar = typedIntoChip(picked, 'query', 'TerraScop').bar;

    expect(valuesOf(bar, PICKABLES)).toEqual({ query: 'TerraScop' });
  });

  it('a file is sent as it is', () => {
    const file = { name: 'a.json', type: 'application/json', base64: 'e30=' };
    expect(valuesOf(filled(newBar(SEARCH), 'query', { text: 'a.json', file }), PICKABLES)).toEqual({
      query: file,
    });
  });
});
