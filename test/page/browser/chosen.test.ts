import { describe, expect, it } from 'vitest';
import { activeAfter } from '#src/page/browser/composer/active-line.ts';
import { howManyWords, isNews, selectChoices, toggled } from '#src/page/browser/composer/chosen.ts';
import { PICKABLES } from './offered.ts';
import { select } from './select.ts';

describe('a select', () => {
  it('offers its own choices, or what of the server it may mean', () => {
    const labels = (of: 'options' | 'channel' | 'mentionable') =>
      selectChoices(select({ of }), PICKABLES).map(({ label }) => label);

    expect(labels('options')).toEqual(['X']);
    expect(labels('channel')).toEqual(['#vision', 'Papers', '#reading-group']);
    expect(labels('mentionable')).toEqual(['@Ana', '@readers']);
  });

  it('of one lets the other give way', () => {
    expect(toggled(select(), ['x'], 'y')).toEqual(['y']);
    expect(toggled(select(), ['x'], 'x')).toEqual(['x']);
  });

  it('of none or one gives its value up when it is pressed again', () => {
    expect(toggled(select({ least: 0 }), ['x'], 'x')).toEqual([]);
  });

  it('of several adds and takes away, up to its most', () => {
    const two = select({ most: 2 });
    expect(toggled(two, ['x'], 'y')).toEqual(['x', 'y']);
    expect(toggled(two, ['x', 'y'], 'x')).toEqual(['y']);
    expect(toggled(two, ['x', 'y'], 'z')).toEqual(['x', 'y']);
  });

  it('tells nothing when nothing changed, or too few are chosen', () => {
    const several = select({ least: 1, most: 3 });
    expect(isNews(several, ['x', 'y'], ['y', 'x'])).toBe(false);
    expect(isNews(several, ['x'], [])).toBe(false);
    expect(isNews(several, ['x'], ['x', 'y'])).toBe(true);
  });

  it('says how many there are to choose', () => {
    expect(howManyWords(select({ least: 0, most: 3 }), ['x'])).toBe(
      'Choose up to 3; 1 chosen. Close the list to confirm.',
    );
    expect(howManyWords(select({ least: 2, most: 3 }), [])).toBe(
      'Choose 2 to 3; 0 chosen. Close the list to confirm.',
    );
    expect(howManyWords(select({ least: 2, most: 2 }), [])).toBe(
      'Choose 2; 0 chosen. Close the list to confirm.',
    );
  });
});

describe('the arrow keys', () => {
  it('go through a list and begin anew at its ends', () => {
    expect(activeAfter('ArrowDown', -1, 3)).toBe(0);
    expect(activeAfter('ArrowDown', 2, 3)).toBe(0);
    expect(activeAfter('ArrowUp', 0, 3)).toBe(2);
    expect(activeAfter('ArrowUp', -1, 3)).toBe(2);
  });

  it('of pages stop at its ends', () => {
    expect(activeAfter('PageDown', 1, 20)).toBe(9);
    expect(activeAfter('PageDown', 18, 20)).toBe(19);
    expect(activeAfter('PageUp', 3, 20)).toBe(0);
  });

  it('are the text’s where there is no list', () => {
    expect(activeAfter('ArrowDown', -1, 0)).toBeNull();
    expect(activeAfter('ArrowLeft', 0, 3)).toBeNull();
  });
});
