import { listed } from './count.ts';
import { codeSpan, escapeWords } from './escape-markdown.ts';

/** A zone that may be meant. `write`: what to type for it. */
type Meant = { write: string; zone: string; country: string; season?: 'summer' | 'winter' | null };

const said = (text: string): string => `“${escapeWords(text, 60)}”`;
const option = (name: string, value: string): string => codeSpan(`${name}:${value}`);
const NOTHING = 'Nothing was saved.';

const THE =
  /^(?:united |isle |cayman |dominican |solomon |cook |marshall |british |u\.s\. |democratic |republic |central african |philippines|maldives|bahamas|gambia|seychelles|comoros)/i;
const land = (country: string): string =>
  THE.test(country) ? `the ${country}` : country.replace(/^The /, 'the ');
const places = (meant: readonly Meant[]): string =>
  listed(
    meant.map(({ write }) => option('zone', write)),
    'or',
  );
const withLands = (meant: readonly Meant[]): string =>
  listed(
    meant.map(({ write, country }) => `${option('zone', write)} (${land(country)})`),
    'or',
  );

const SEASONS = { summer: 'in summer', winter: 'in winter' } as const;
const inSeason = ({ write, season }: Meant): string =>
  `${option('zone', write)} (${season ? SEASONS[season] : 'all year'})`;

/** Sentences on the options of /subscribe: how each is written, and what cannot be meant together. */
export const orderWording = {
  badTime: (text: string) =>
    `${said(text)} is not a time of day. Write it like \`9am\`, \`09:00\` or \`17:30\`. ${NOTHING}`,
  badQuiet: (text: string) =>
    `${said(text)} is not a span of hours. Write when quiet begins and when it ends, like \`22:00-07:00\` or \`10pm-7am\`. ${NOTHING}`,
  halfQuiet: (text: string) =>
    `${said(text)} can be meant in two ways. Write am or pm with both hours, like \`10pm-7am\`, or 24 hours, like \`22:00-07:00\`. ${NOTHING}`,
  sameQuiet: (hour: string) =>
    `Quiet from ${hour} to ${hour} can mean no hour or all of them. Leave \`quiet\` out to have none; to stop posts for a while, use Pause in \`/subscriptions\`. ${NOTHING}`,

  zoneShared: (text: string, meant: readonly Meant[]) => {
    const lands = [...new Set(meant.map(({ country }) => land(country)))];
    const where =
      lands.length > 1 ? ` is used in ${listed(lands)}` : ' is the name of more than one time zone';
    return `${said(text)}${where}. Pick one: ${lands.length === meant.length ? places(meant) : withLands(meant)}. ${NOTHING}`;
  },
  zoneOfCountry: (text: string, meant: readonly Meant[]) =>
    `${said(text)} has more than one time zone. Write the city whose time it is, for example ${places(meant)}. ${NOTHING}`,
  zoneOffset: (text: string, meant: readonly Meant[]) =>
    meant.length === 0
      ? `No place has the time ${said(text)}. Write your city, for example \`zone:Berlin\`. ${NOTHING}`
      : `${said(text)} is a distance from UTC and no place, so it would be an hour wrong wherever clocks change. Write the place; these have it: ${listed(meant.map(inSeason), 'or')}. ${NOTHING}`,
  badZone: (text: string, meant: readonly Meant[]) =>
    `${said(text)} is not a time zone, nor a city or country that I know.${meant.length === 0 ? '' : ` Did you mean ${places(meant)}?`} Write a large city near you, or a name such as \`Europe/Berlin\`, \`America/New_York\` or \`UTC\`. ${NOTHING}`,
  twoZones: (zones: readonly string[]) =>
    `You named ${zones.length === 2 ? 'two' : zones.length} time zones, ${listed(zones)}; a subscription has one for its digest and its quiet hours. Write it in \`zone\` alone. ${NOTHING}`,

  badScope: (text: string, nearest: string | null) =>
    `${said(text)} is not a scope.${nearest ? ` Did you mean \`${nearest}\`?` : ''} Write \`strict\`, \`balanced\`, \`early\` or \`everything rising\` for newly trending papers, \`about 3 a day\`, \`best 5\` or \`all\`. ${NOTHING}`,
  badCount: (text: string, like: string) =>
    `The number in ${said(text)} must be from 1 to 99. Write for example \`${like}\`, or \`all\` for every new paper. ${NOTHING}`,
  bareCount: (number: string) =>
    `${said(number)} can be meant in two ways. Write \`best ${number}\` for the best of a day, or \`about ${number} a day\` for a sensitivity. ${NOTHING}`,
  aboutAWeek: (text: string) =>
    `${said(text)} cannot be had: a sensitivity is counted by the day. Write \`about 1 a day\`, or \`best 5 a week\` for a weekly digest. ${NOTHING}`,
  scopeMixed: (one: string, other: string) =>
    `\`${one}\` and ${codeSpan(other, 60)} cannot both hold: a sensitivity is for newly trending papers, and there is one. Write ${option('scope', one)} or ${option('scope', other)}. ${NOTHING}`,

  badWhen: (text: string, nearest: string | null) =>
    `${said(text)} is not a time to post.${nearest ? ` Did you mean \`${nearest}\`?` : ''} Write \`as it happens\`, \`daily\` or \`weekly\` (also \`weekly friday\`, \`daily 9am\`). ${NOTHING}`,
  whenNotOffered: (text: string) =>
    `${said(text)} is not a time to post here: papers come as they happen, in a digest every day, or in one on one day of the week. Write \`when:as it happens\`, \`when:daily\` or \`when:weekly friday\`. ${NOTHING}`,

  badCap: (cap: number) => `A cap of ${cap} cannot be kept. Write a whole number from 1 to 100. ${NOTHING}`,
  badPlace: (text: string) =>
    `${said(text)} is no place for a paper. Write \`message\` or \`thread\`. ${NOTHING}`,
  twoHours: (one: string, other: string) =>
    `You named two hours, ${one} in \`when\` and ${other} in \`at\`. Leave one of them out. ${NOTHING}`,
  hourWithoutDigest: (at: string) =>
    `\`at\` is the hour of a digest, and \`when:as it happens\` has none. Write ${option('when', `daily ${at}`)} to have a digest, or leave \`at\` out. ${NOTHING}`,
  bestAsItHappens: (scope: string) =>
    `The best of a day are known when it is over, so ${option('scope', scope)} cannot come as it happens. Write \`when:daily\` to have them in a digest, or \`scope:balanced\` to have papers as they happen. ${NOTHING}`,
  bestOfWeek: (n: number) =>
    `The best ${n} of a week come once a week. Write \`when:weekly\`, or ${option('scope', `best ${n} a day`)}. ${NOTHING}`,
  bestOfDay: (n: number) =>
    `The best ${n} of each day come every day. Write \`when:daily\`, or ${option('scope', `best ${n} a week`)} for a weekly digest. ${NOTHING}`,

  publishLeftOut: 'Publishing needs an announcement channel, so it is left out.',
  publishesDigests:
    'Only digests are published to followers. Papers that come as they happen stay in this channel; what is over the cap comes as a digest, and that is published.',
  zoneLeftOut: 'No hour of this subscription depends on a time zone, so `zone` is left out.',
  capLeftOut: 'A cap counts single cards, and here all papers come in a digest, so `cap` is left out.',
  threadInDigest: 'A digest is one message for all its papers, so threads are left out.',
  threadInForum: 'A forum has a post for each paper, with its own discussion, so `place:thread` is left out.',
  messageInForum: 'A forum takes no plain messages, so `place:message` is left out: each paper gets a post.',
  digestInForum: 'A forum takes no plain messages, so `place` is left out: each digest gets a post.',
  silentMention:
    'Silent posts make no sound and send no push; members with the role see the mention when they look.',
  capBelowPace: (cap: number, perDay: number) =>
    `About ${perDay} a day over all topics is more than the cap of ${cap}: where that many match here, ${cap} ${cap === 1 ? 'comes as a card' : 'come as cards'} and the rest in a digest.`,
  hoursAreUtc:
    'The hours are UTC. Write your city in `zone`, for example `zone:Berlin`, to have them in your own time.',
  signTurned: (zone: string, offset: string) =>
    `${codeSpan(zone)} is ${offset}: these names turn the sign round.`,
} as const;
