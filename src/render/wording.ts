import type { NotAsked, OutsideFault } from '#src/foundation/failure.ts';
import { count, listed } from './count.ts';
import { dayIn } from './days.ts';
import { codeSpan, escapeMarkdown, escapeWords } from './escape-markdown.ts';

/** Why the sources are not asked for a member just now; `until`: UTC ms. */
type AskingLimit = { limit: 'member' | 'member at once' | 'everybody'; until: number };

const LIMIT_REASONS = {
  member: 'you asked the sources many times in the last minutes',
  'member at once': 'several questions of yours are still under way',
  everybody: 'many members are asking the sources right now',
} as const;

const limitReason = ({ limit }: AskingLimit): string => LIMIT_REASONS[limit];

const inTime = (instant: number): string => `<t:${Math.ceil(instant / 1000)}:R>`;

/** So many are named; the others are counted. */
const NAMED = 8;

function named(categories: readonly string[]): string {
  const rest = categories.length - NAMED;
  const shown = categories.slice(0, NAMED).map((one) => codeSpan(one, 40));
  return listed(rest > 0 ? [...shown, `${rest} more`] : shown);
}

const triedFor = (isOver: boolean): string =>
  isOver ? 'I tried for a week, and stop now.' : 'I try again for a week.';

/** What a source said to a member's question: src/service/ask-one-source.ts. */
type Said =
  | { kind: 'found'; papers: number }
  | { kind: 'none' }
  | { kind: 'late'; seconds: number }
  | { kind: 'failed'; reason: string }
  | { kind: 'held'; hold: NotAsked };

function faultWords(fault: OutsideFault): string {
  switch (fault.kind) {
    case 'late':
      return `no answer in ${fault.seconds} s`;
    case 'answered':
      return `an error (${fault.status})`;
    case 'unreachable':
      return 'could not be reached';
    case 'broken off':
      return 'its answer broke off';
    case 'unreadable':
      return 'its answer could not be read';
  }
}

function unreadWords(unread: number, kept: number): string {
  if (kept > 0) return `${unread} of its papers could not be read; the others were kept`;
  return unread === 1 ? 'its only paper could not be read' : `none of its ${unread} papers could be read`;
}

function saidWords(said: Said): string {
  switch (said.kind) {
    case 'found':
      return count(said.papers, 'paper');
    case 'none':
      return 'none';
    case 'late':
      return faultWords(said);
    case 'failed':
      return escapeMarkdown(said.reason, 200);
    case 'held':
      return heldWords(said.hold);
  }
}

function heldWords(hold: NotAsked): string {
  if (hold.kind === 'rest') return `it wants a pause, ask again ${inTime(hold.until)}`;
  if (hold.kind === 'budget')
    return `not asked, Paperboy’s share is used up, ask again ${inTime(hold.until)}`;
  if (hold.before === 0) return 'not asked yet, another question is under way';
  return `not asked yet, ${count(hold.before, 'question')} before yours`;
}

/** Sentences for people, in one place. Each error says what to do next. */
export const wording = {
  /** For the operator, at /healthz. */
  health: {
    silent: (seconds: number) => `Discord has not been connected for ${seconds} s.`,
    notLetIn: (seconds: number) => `Discord has not let the bot in for ${seconds} s.`,
    noDatabase: 'The database does not answer.',
    idle: (minutes: number) => `No job has run for ${minutes} min.`,
    postsWait: 'A post that nothing hinders has waited for over 30 min.',
    late: (source: string, reason: string | null) =>
      reason === null ? `${source} is late.` : `${source} is late: ${reason}`,
  },
  ownPapersOnly: (refusal: AskingLimit) =>
    `This answer is from Paperboy’s own papers alone, because ${limitReason(refusal)}; the sources can be asked again ${inTime(refusal.until)}.`,
  /** In /status; `reason`: system first. */
  /** What a source that is only asked is called among those whose lists are read. */
  lookUpsOf: (source: string) => `${source} look-ups`,
  lookUpsFail: (reason: string) => `its last look-up failed: ${reason}`,
  /** `kept`: papers of the same list that could be read. */
  unreadPapers: (unread: number, kept: number) => unreadWords(unread, kept),
  fault: (fault: OutsideFault) => faultWords(fault),
  /** `earlier`: when it said so, UTC ms; null: just now. */
  sourceSaid: ({ source, said, earlier }: { source: string; said: Said; earlier: number | null }) =>
    `${source}: ${saidWords(said)}${earlier === null ? '' : ` (asked ${inTime(earlier)})`}.`,
  unknownAndNotAsked: (id: string, refusal: AskingLimit) =>
    `Paperboy itself does not know \`${id}\`, and the sources were not asked, because ${limitReason(refusal)}; ask again ${inTime(refusal.until)}.`,
  hiddenPost:
    'You cannot see the channel of this message, so I do not tell what was posted there. Ask a moderator of this server to let you see it.',
  noPaperHasAny: (words: readonly string[]) =>
    `No paper has ${listed(
      words.map((word) => `“${escapeWords(word, 60)}”`),
      'or',
    )}.`,
  categories: {
    alsoRead: (categories: readonly string[]) =>
      `Because subscriptions name ${categories.length === 1 ? 'it' : 'them'}, arXiv is also read for ${named(categories)}.`,
  },
  badSince: (text: string) =>
    `“${escapeWords(text, 30)}” tells no day. Write \`since\` as \`24h\`, \`7d\`, \`4w\`, \`yesterday\`, a month such as \`2026-01\` or a day such as \`2026-01-31\`.`,
  sinceToCome: (text: string) =>
    `“${escapeWords(text, 30)}” is still to come, so no paper can be that new. Write a day that has begun, such as \`today\` or \`7d\`.`,
  twoDays: (text: string, days: readonly string[]) =>
    `“${escapeWords(text, 30)}” may be either of two days. Write ${days.map((day) => codeSpan(day)).join(' or ')}.`,
  unnamedChannel: 'a channel that not everybody here can see',
  unnamedChannels: (number: number) =>
    number === 1 ? wording.unnamedChannel : `${count(number, 'channel')} that not everybody here can see`,
  moreChannels: (number: number) => `${count(number, 'more channel')}`,
  permissionUnnamed: (reason: string) => `Discord says that a permission is missing, not which (${reason})`,
  tagRequired: 'every post in this forum needs a tag, and none of its tags is called like a topic',
  threadLocked: 'the thread is locked',
  nobodyTold:
    'Nobody was told of this: I may write in no channel that moderators read. Give me View Channel and Send Messages in one.',
  toldLostFilter: (where: string, problem: string) =>
    `A filter in ${where} cannot be read any more, so nothing matches it: ${escapeMarkdown(problem, 200)} It is kept; change it with \`/filter edit\`.`,
  toldLostZone: (where: string, zone: string) =>
    `There is no time zone “${escapeWords(zone, 60)}” any more, so a subscription in ${where} posts nothing. Remove it with \`/subscriptions\`, and add it again with \`/subscribe\`.`,
  toldDeletedRole: (where: string) =>
    `The role that posts in ${where} mentioned was deleted, so they go out without it. To mention another one, remove the subscription with \`/subscriptions\` and add it again with \`/subscribe\` and \`role\`.`,
  unreadableHere:
    'The settings of this channel cannot be read, so nothing new is posted here. They are kept; the operator’s log says what is wrong with them.',
  timedOut: (until: string) => `a moderator has timed Paperboy out until ${until} UTC`,
  noticeLabel: 'For moderators',
  nothingKnown: 'No paper is known here yet. `/status` says how the reading of the lists goes.',
  knownSince: (began: number, now: number) =>
    `Papers are known here from ${dayIn(began, now)} on; of earlier days only those that somebody looked up.`,
  searchCut:
    'This search asks for more work than one may, so the newest papers were not all looked at. Use fewer phrases, or add a rare word or a category.',
  tooMuchAtOnce: 'You have asked for a lot at once; try again in a minute.',
  lostWhy: 'What it was decided from cannot be read any more.',
  forgottenPost: 'I no longer know anything about this message: its server asked me to forget.',
  /** What moderators are told of a step that follows a post. */
  stepFailed: {
    thread: (called: string, reason: string, isOver: boolean) =>
      `In ${called} I posted a paper, but cannot open its thread: ${escapeMarkdown(reason, 300)}. ${triedFor(isOver)} In Discord open that channel’s settings, Permissions, and allow Paperboy Create Public Threads; or choose another place with \`/subscribe\`.`,
    publish: (called: string, reason: string, isOver: boolean) =>
      `In ${called} I posted a digest, but cannot publish it: ${escapeMarkdown(reason, 300)}. ${triedFor(isOver)} You can publish it yourself with its button.`,
  },
} as const;
