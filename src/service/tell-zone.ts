import type { ReadZone, ZoneCandidate } from '#src/subscription/read-zone.ts';
import { code, phrase, quoted, words, yesNo } from '#src/wording/phrase.ts';
import type { UserError } from '#src/wording/user-error.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { notSaved } from './not-saved.ts';

type Unread = Exclude<ReadZone, { ok: true }>;

/** Why somebody's zone is none, and what may be meant. */
export function unreadZone(typed: string, { kind, meant }: Unread): UserError {
  const text = quoted(typed, 60);
  switch (kind) {
    case 'several':
      return zoneShared(text, meant);
    case 'country':
      return notSaved('zone.ofCountry', { text, places: { or: meant.map(place) } });
    case 'offset':
      return meant.length === 0
        ? notSaved('zone.noPlaceAt', { text })
        : notSaved('zone.isOffset', { text, places: { or: meant.map(inSeason) } });
    case 'unknown':
      return notSaved('zone.notOne', { text, n: meant.length, places: { or: meant.map(place) } });
  }
}

function zoneShared(text: Value, meant: readonly ZoneCandidate[]): UserError {
  const countries = [...new Set(meant.map(({ country }) => country))];
  const places = { or: meant.map(countries.length === meant.length ? place : withCountry) };
  return notSaved('zone.shared', { text, n: countries.length, countries: countries.map(land), places });
}

const place = ({ write }: ZoneCandidate): Value => code(`zone:${write}`);

const withCountry = (candidate: ZoneCandidate): Value =>
  phrase('zone.placeIn', { place: place(candidate), country: land(candidate.country) });

const inSeason = (candidate: ZoneCandidate): Value =>
  phrase('zone.placeInSeason', { place: place(candidate), season: candidate.season ?? 'always' });

const THE =
  /^(?:the |united |isle |cayman |dominican |solomon |cook |marshall |british |u\.s\. |democratic |republic |central african |philippines|maldives|bahamas|gambia|seychelles|comoros)/i;

function land(country: string): Phrase {
  const name = words(country.replace(/^The /, ''));
  return phrase('zone.country', { hasThe: yesNo(THE.test(country)), country: name });
}
