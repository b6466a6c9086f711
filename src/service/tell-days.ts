import { modernZone } from '#src/subscription/modern-zone.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** 1 is Monday. */
export const weekday = (day: number): Phrase => phrase(`weekday.${WEEKDAYS[day - 1]}`);

/** On which day it ends, as that was written. */
export const tellEnd = ({ day, zone }: NonNullable<Subscription['until']>): Phrase =>
  phrase('terms.until', { day, zone: words(modernZone(zone)) });
