import { ChannelType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OrderOptions, readOrder } from '#src/service/read-order.ts';
import { tellTerms } from '#src/service/tell-terms.ts';
import type { SubscriptionDraft } from '#src/subscription/subscription.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const PLAIN: OrderOptions = {
  ...{ mention: '', what: '', sensitivity: '', when: '', at: '', zone: '', quiet: '', cap: null, place: '' },
  ...{ silent: false, publish: false, channel: { type: ChannelType.GuildText }, role: null },
};
const read = (more: Partial<OrderOptions>): SubscriptionDraft => ({
  ...readOrder({ ...PLAIN, ...more }, 'UTC').draft,
  filter: 'a',
});
const shown = (draft: SubscriptionDraft): string => inEnglish(tellTerms(aSubscription('a', draft)));

const two = (number: number) => String(number).padStart(2, '0');
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const number = fc.integer({ min: 1, max: 99 });
const what = fc.oneof(
  fc.constantFrom(
    '',
    'strict',
    'sure',
    'balanced',
    'early',
    'wide',
    'everything rising',
    'all',
    'every new paper',
  ),
  number.map((n) => `best ${n}`),
  number.map((n) => `about ${n} a day`),
);
const when = fc.constantFrom('', 'daily', 'weekly', 'on fridays', 'sun', 'every day', 'weekly tuesday');
const zone = fc.constantFrom(
  ...[
    '',
    'UTC',
    'Munich',
    'Asia/Calcutta',
    'US/Eastern',
    'Kathmandu',
    'AoE',
    'Africa/Porto-Novo',
    'Buenos Aires',
  ],
  ...Intl.supportedValuesOf('timeZone'),
);
const quiet = fc.tuple(clock, clock).map(([from, to]) => (from === to ? '' : `${from}-${to}`));
const order = fc.record({ what, when, at: fc.oneof(fc.constant(''), clock), zone, quiet });

/** The words of the terms, each typed into the option that it is of. */
function typedAgain(terms: string, { when }: SubscriptionDraft): Partial<OrderOptions> {
  const [what, first, ...rest] = terms.split(', ');
  const hours = rest.find((part) => part.startsWith('quiet '))?.split(' so that')[0] ?? '';
  // The best of a day come at nine by UTC where neither an hour nor a zone was named.
  if (when.kind === 'now' && what.startsWith('the best'))
    return { what, when: '', quiet: hours.replace(/ \(UTC\)$/, '') };
  return { what, when: first, quiet: hours };
}

describe('what is shown of a subscription', { timeout: 30_000 }, () => {
  it('is read as the same order when it is typed again', () => {
    fc.assert(
      fc.property(order, (options) => {
        const draft = read(options);
        expect(read(typedAgain(shown(draft), draft))).toEqual(draft);
      }),
      { numRuns: 400, examples: [[{ what: 'best 1', when: '', at: '', zone: '', quiet: '00:00-00:01' }]] },
    );
  });

  it('is the same for one that an earlier version stored under the old name of its zone', () => {
    const now = read({ when: 'daily', zone: 'Kolkata', quiet: '22-7' });
    const old: SubscriptionDraft = {
      ...now,
      when: { kind: 'daily', at: '09:00', zone: 'Asia/Calcutta' },
      quiet: { from: '22:00', to: '07:00', zone: 'Asia/Calcutta' },
    };
    expect(shown(old)).toBe(shown(now));
    expect(shown(old)).toContain('daily at 09:00 (Asia/Kolkata)');
  });
});
