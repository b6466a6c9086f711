import { ChannelType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderLines, withStored } from '#src/service/order-lines.ts';
import { type OrderOptions, readOrder } from '#src/service/read-order.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

/** What the lines say, read as they are read when they were typed. */
function readLines(lines: string, { roleId }: SubscriptionDraft, type = ChannelType.GuildText) {
  const typed = new Map(lines.split('\n').map((line) => line.split(': ', 2) as [string, string]));
  const text = (name: string) => typed.get(name) ?? '';
  const options: OrderOptions = {
    ...{ mention: text('mention'), what: text('what'), sensitivity: text('sensitivity'), when: text('when') },
    ...{ at: text('at'), zone: text('zone'), quiet: text('quiet'), place: text('place') },
    cap: text('cap') === '' ? null : Number(text('cap')),
    ...{ silent: text('silent') === 'yes', publish: text('publish') === 'yes' },
    ...{ channel: { type }, role: roleId === null ? null : { id: roleId } },
  };
  return readOrder(options, 'UTC').draft;
}

const hour = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
const count = fc.integer({ min: 1, max: 99 });
const anyDraft = fc
  .record({
    what: fc.oneof(
      fc.constant('all new'),
      count.map((n) => `best ${n}`),
      fc.constantFrom('', 'strict', 'early', 'everything rising'),
      count.map((n) => `about ${n} a day`),
    ),
    when: fc.constantFrom('', 'daily', 'weekly', 'weekly friday'),
    at: fc.oneof(fc.constant(''), hour),
    zone: fc.constantFrom('', 'UTC', 'Europe/Berlin', 'Asia/Calcutta', 'Kathmandu'),
    quiet: fc.oneof(
      fc.constant(''),
      fc.tuple(hour, hour).map(([from, to]) => (from === to ? '' : `${from}-${to}`)),
    ),
    mention: fc.constantFrom('', 'every', 'digests', 'hourly'),
    cap: fc.option(count),
    place: fc.constantFrom('', 'thread'),
    silent: fc.boolean(),
    publish: fc.boolean(),
    role: fc.option(fc.constant({ id: '7' })),
    type: fc.constantFrom(ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum),
  })
  .map(({ type, ...order }) => {
    const { what } = order;
    const isSensitivity = /strict|early|rising|about/.test(what);
    const options = {
      ...order,
      ...{ what: isSensitivity ? '' : what, sensitivity: isSensitivity ? what : '', channel: { type } },
    };
    return { type, draft: { ...readOrder(options, 'UTC').draft, filter: 'a' } as SubscriptionDraft };
  });

describe('a saved subscription as it is typed', () => {
  it('says nothing of what is as everywhere', () => {
    expect(orderLines({ ...DEFAULTS, filter: 'a' })).toBe('');
  });

  it('says each option that is not, one a line', () => {
    const saved = aSubscription('a', {
      ...{ what: { kind: 'top', n: 5 }, roleId: '7', mention: 'hourly', silent: true, publish: true },
      when: { kind: 'weekly', weekday: 5, at: '08:30', zone: 'Europe/Berlin' },
      quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' },
    });
    expect(orderLines(saved).split('\n')).toEqual([
      ...['what: best 5 a week', 'when: weekly friday', 'at: 08:30', 'zone: Europe/Berlin'],
      ...['quiet: 22:00-07:00', 'mention: hourly', 'silent: yes', 'publish: yes'],
    ]);
  });

  it('reads back as it was, whatever it is', () => {
    fc.assert(
      fc.property(anyDraft, ({ draft, type }) => {
        const read = { ...readLines(orderLines(draft), draft, type), filter: 'a' };
        expect(withStored(read, draft)).toEqual(draft);
      }),
    );
  });

  it('keeps what is stored and cannot be typed where its line stays', () => {
    const when = { kind: 'daily', at: '09:00', zone: 'Asia/Calcutta', weekdays: [1, 2] } as const;
    const saved: SubscriptionDraft = { ...DEFAULTS, filter: 'a', when: { ...when, weekdays: [1, 2] } };
    const lines = orderLines(saved);
    const read = (text: string) => withStored({ ...readLines(text, saved), filter: 'a' }, saved).when;
    expect(read(lines)).toEqual(when);
    expect(read(lines.replace('09:00', '10:00'))).toEqual({
      ...{ kind: 'daily', at: '10:00', zone: 'Asia/Kolkata' },
    });
  });
});
