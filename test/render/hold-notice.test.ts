import { describe, expect, it } from 'vitest';
import { deletedNotice, holdNotice } from '#src/render/hold-notice.ts';

const deleted = (names: readonly string[], others: number) =>
  /^(.*?), so nothing more is posted for (it|them)\. (Its|Their) subscriptions/.exec(
    deletedNotice(names, others),
  );

describe('a notice of channels that were deleted', () => {
  it.each([
    [['a'], 0, 'The channel #a was deleted', 'it', 'Its'],
    [[], 1, 'A channel that I posted in was deleted', 'it', 'Its'],
    [[], 2, '2 channels that I posted in were deleted', 'them', 'Their'],
    [['a', 'b'], 0, 'The channels #a and #b were deleted', 'them', 'Their'],
    [['a', 'b'], 3, 'The channels #a, #b and 3 more that I posted in were deleted', 'them', 'Their'],
  ] as const)('calls %j and %d others what they are', (names, others, ...words) => {
    expect(deleted(names, others)?.slice(1)).toEqual(words);
  });

  it('stays within a message however many they are', () => {
    const names = Array.from({ length: 300 }, (_, i) => `${'x'.repeat(95)}-${i}`);
    expect(deletedNotice(names, 5).length).toBeLessThan(2000);
    expect(deletedNotice(names, 5)).toContain('and 295 more that I posted in were deleted');
  });
});

it('a notice of forums that want a tag speaks of all of them', () => {
  const refused = { code: 'tag-required', reason: '' };
  expect(holdNotice({ text: '<#1> and <#2>', count: 2 }, refused)).toContain(
    'Open the forums’ settings and switch',
  );
});
