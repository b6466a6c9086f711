import { describe, expect, it } from 'vitest';
import { UserError } from '#src/foundation/failure.ts';
import { readHour, readQuiet, readScope, readWhen } from '#src/service/read-order.ts';

describe('what moderators type', () => {
  it.each([
    ['', { kind: 'trending', dial: 'balanced' }],
    ['Trending', { kind: 'trending', dial: 'balanced' }],
    ['sure', { kind: 'trending', dial: 'sure' }],
    ['about 3 a day', { kind: 'trending', dial: { perDay: 3 } }],
    ['3/day', { kind: 'trending', dial: { perDay: 3 } }],
    ['all', { kind: 'all' }],
    ['top 5', { kind: 'top', n: 5 }],
    ['top5', { kind: 'top', n: 5 }],
  ])('as scope %j is understood', (text, scope) => expect(readScope(text)).toEqual(scope));

  it.each([
    ['', '', { kind: 'now' }],
    ['as it happens', '', { kind: 'now' }],
    ['', '17:30', { kind: 'daily', at: '17:30', zone: 'Europe/Berlin' }],
    ['daily', '', { kind: 'daily', at: '09:00', zone: 'Europe/Berlin' }],
    ['weekly', '8', { kind: 'weekly', weekday: 1, at: '08:00', zone: 'Europe/Berlin' }],
    ['weekly on Fridays', '', { kind: 'weekly', weekday: 5, at: '09:00', zone: 'Europe/Berlin' }],
  ])('as when %j at %j is understood', (when, at, read) =>
    expect(readWhen(when, at, 'Europe/Berlin')).toEqual(read),
  );

  it.each([
    ['9:00', '09:00'],
    ['17.30', '17:30'],
    ['7', '07:00'],
    ['23:59', '23:59'],
  ])('as hour %j is understood', (text, hour) => expect(readHour(text)).toBe(hour));

  it('as quiet hours is understood, with any dash', () => {
    expect(readQuiet('22:00–7', 'UTC')).toEqual({ from: '22:00', to: '07:00', zone: 'UTC' });
    expect(readQuiet(' ', 'UTC')).toBeNull();
  });

  it.each([
    () => readScope('top 0'),
    () => readScope('best'),
    () => readWhen('hourly', '', ''),
    () => readWhen('weekly on someday', '', ''),
    () => readWhen('daily', '24:00', ''),
    () => readWhen('daily', '', 'Mars/Olympus'),
    () => readQuiet('22:00', ''),
  ])('and means nothing is answered with what to write (%#)', (read) => expect(read).toThrow(UserError));
});
