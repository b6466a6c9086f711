import { describe, expect, it } from 'vitest';
import { proposalsOf } from '#src/service/propose-subscriptions.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const propose = (
  subscriptions: readonly Subscription[],
  text = '',
  { channel = 'papers' as string | null } = {},
) => proposalsOf(subscriptions, { text, channelName: () => channel });
const nameOf = (facts: Partial<Subscription>) => propose([aSubscription('a', facts)])[0].name;
const DIGEST = { kind: 'daily', at: '07:30', zone: 'UTC' } as const;
const paused = { reason: phrase('subscriptions.pausedByModerator'), at: 5 };

describe('a subscription is offered', () => {
  it.each<[name: string, facts: Partial<Subscription>]>([
    ['#papers · ocean · as it happens', {}],
    ['#papers · ocean · all new, as it happens', { what: { kind: 'all' } }],
    ['#papers · ocean · best 5, daily 07:30', { what: { kind: 'top', n: 5 }, when: DIGEST }],
    ['#papers · ocean · strict, as it happens', { what: { kind: 'trending', sensitivity: 'sure' } }],
    [
      '#papers · ocean · about 3 a day, as it happens',
      { what: { kind: 'trending', sensitivity: { perDay: 3 } } },
    ],
    ['#papers · ocean · Friday 07:30', { when: { ...DIGEST, kind: 'weekly', weekday: 5 } }],
    ['#papers · ocean · as it happens, paused', { paused }],
  ])('as %s', (name, facts) => expect(nameOf(facts)).toBe(name));

  it('with its filter cut where all of it has no room, and its channel too', () => {
    const name = nameOf({ filter: 'ocean '.repeat(16).trim() });
    expect([name.length <= 100, name]).toEqual([
      true,
      expect.stringMatching(/^#papers · ocean ocean .*… · as it happens$/),
    ]);
    const [{ name: called }] = propose([aSubscription('a')], '', { channel: 'p'.repeat(90) });
    expect(called).toMatch(/^#p{30,39}… · ocean · as it happens$/);
  });

  it('by its filter where that is no longer than Discord takes', () => {
    const [fits, long] = [100, 101].map((n) => aSubscription(`a${n}`, { filter: 'x'.repeat(n) }));
    expect(propose([fits, long]).map(({ value }) => value)).toEqual([fits.filter]);
  });

  it('with its mark where another is called the same', () => {
    const [one, two, ice] = [aSubscription('a'), aSubscription('b'), aSubscription('c', { filter: 'ice' })];
    expect(propose([one, two, ice]).map(({ name }) => name)).toEqual([
      '#papers · ocean · as it happens (a)',
      '#papers · ocean · as it happens (b)',
      '#papers · ice · as it happens',
    ]);
  });

  it('where all words occur in its channel, its filter or its terms, in any case', () => {
    const [ocean, ice] = [aSubscription('a'), aSubscription('b', { filter: 'Ice', when: DIGEST })];
    const found = (text: string) => propose([ocean, ice], text).map(({ value }) => value);
    expect(found('PAPERS ocean')).toEqual(['ocean']);
    expect(found('ice  daily')).toEqual(['Ice']);
    expect(found('ice happens')).toEqual([]);
    expect(found('papersice')).toEqual([]);
    expect(found('')).toEqual(['ocean', 'Ice']);
  });

  it('among 25 at most', () => {
    expect(propose(Array.from({ length: 26 }, (_, n) => aSubscription(`a${n}`)))).toHaveLength(25);
  });
});
