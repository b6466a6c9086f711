import { describe, expect, it } from 'vitest';
import { createFindLost, type RoleMention } from '#src/subscription/lost.ts';
import { openZones, type Zones } from '#src/subscription/zone.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const DAILY = { kind: 'daily', at: '09:00', zone: 'Europe/Berlin' } as const;
const QUIET = { from: '22:00', to: '07:00', zone: 'Asia/Tokyo' };

/** What is lost of a subscription where a mention of its role does that. */
function lostOf(
  facts: Parameters<typeof aSubscription>[1],
  mention: RoleMention = 'rings',
  zones: Zones = openZones(),
) {
  const findLost = createFindLost({ problemOf: () => null, mention: () => mention, zones });
  return findLost(aSubscription('a', facts));
}

describe('what a subscription names', () => {
  it('is whole where its zones are there and its role rings, or it names none', () => {
    expect(lostOf({})).toEqual([]);
    expect(lostOf({ when: DAILY, quiet: QUIET, roleId: '7' })).toEqual([]);
    expect(lostOf({ roleId: null }, 'gone')).toEqual([]);
  });

  it('is lost where no zone is called so any more: that of its digest, of its quiet hours, once where both are one', () => {
    const atlantis = { kind: 'zone', zone: 'Atlantis/Port' };
    expect(lostOf({ when: { ...DAILY, zone: 'Atlantis/Port' } })).toEqual([atlantis]);
    expect(lostOf({ quiet: { ...QUIET, zone: 'Atlantis/Port' } })).toEqual([atlantis]);
    const both = { when: { ...DAILY, zone: 'Atlantis/Port' }, quiet: { ...QUIET, zone: 'Atlantis/Port' } };
    expect(lostOf(both)).toEqual([atlantis]);
  });

  it('is lost where its role notifies nobody, was deleted, or is everyone', () => {
    for (const mention of ['silent', 'gone', 'everyone'] as const)
      expect(lostOf({ roleId: '7' }, mention)).toEqual([{ kind: 'role', roleId: '7', mention }]);
  });

  it('is lost with its filter where that cannot be read, beside what else is', () => {
    const problem = phrase('filter.matchesNothing');
    const asked: string[] = [];
    const problemOf = (id: string) => {
      asked.push(id);
      return problem;
    };
    const findLost = createFindLost({ problemOf, mention: () => 'gone', zones: openZones() });
    expect(findLost(aSubscription('a', { roleId: '7' })).map(({ kind }) => kind)).toEqual(['filter', 'role']);
    expect(findLost(aSubscription('b'))).toEqual([{ kind: 'filter', problem }]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('is asked for again where its zone could not be asked for another reason', () => {
    const zones = () => {
      throw new TypeError('odd');
    };
    expect(() => lostOf({ when: DAILY }, 'rings', zones)).toThrow('odd');
  });
});
