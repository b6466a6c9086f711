import { describe, expect, it } from 'vitest';
import { missedBecause } from '#src/render/digest-heading.ts';
import { deletedNotice, holdNotice, recoveredNotice } from '#src/render/hold-notice.ts';
import { tellMissing } from '#src/render/missing-permissions.ts';
import { sayPhrase } from '#src/render/say.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { channel, phrase } from '#src/wording/phrase.ts';

const deleted = (names: readonly string[], others: number) =>
  /^(.*?), so nothing more is posted for (it|them)\. (Its|Their) subscriptions/.exec(
    sayPhrase(deletedNotice(names, others)),
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
    expect(sayPhrase(deletedNotice(names, 5)).length).toBeLessThan(2000);
    expect(sayPhrase(deletedNotice(names, 5))).toContain('and 295 more that I posted in were deleted');
  });
});

it('a notice of forums that want a tag speaks of all of them', () => {
  const refused = { code: 'tag-required', reason: '' };
  expect(sayPhrase(holdNotice({ named: [channel('1'), channel('2')], count: 2 }, refused))).toContain(
    'Open Edit channel of each forum and switch',
  );
});

describe('what an earlier version noted of a hold', () => {
  const sending = phrase('permission.sendMessages');
  const embedding = phrase('permission.embedLinks');

  it.each([
    ['permission-missing', 'Send Messages is missing', tellMissing([sending])],
    [
      'permission-missing',
      'In #a the bot lacks: Send Messages, Embed Links',
      tellMissing([sending, embedding]),
    ],
    ['thread-locked', 'the thread is locked', phrase('hold.threadLocked')],
    [
      'timed-out',
      'a moderator has timed Paperboy out until 2026-03-10 12:00 UTC',
      phrase('hold.timedOut', { until: '2026-03-10 12:00' }),
    ],
    ['channel-gone', 'the channel was deleted', phrase('hold.deleted')],
  ])('is told like today’s: %s, “%s”', (code, before, now) => {
    const there = { named: [channel('1')], count: 1 };
    const said = (reason: KeptPhrase) => [
      sayPhrase(holdNotice(there, { code, reason })),
      sayPhrase(recoveredNotice(there, { code, reason }, { at: 0, hasPosted: true })),
      sayPhrase(missedBecause(reason, true)),
    ];
    expect(said(before)).toEqual(said(now));
  });

  it('is told word by word where Discord said it', () => {
    const refused = { code: 'permission-missing', reason: 'Missing *Permissions* (50013)' };
    const said = sayPhrase(holdNotice({ named: [channel('1')], count: 1 }, refused));
    expect(said).toContain(
      'Discord says that a permission is missing, not which (Missing \\*Permissions\\* (50013)).',
    );
    expect(said).toContain('; allow View Channel, Send Messages, Embed Links and Read Message History.');
  });
});
