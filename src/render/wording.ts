import type { Phrase } from '#src/wording/values.ts';
import { count, listed } from './count.ts';
import { codeSpan, escapeMarkdown, escapeWords } from './escape-markdown.ts';
import { sayPhrase } from './say.ts';

/** So many are named; the others are counted. */
const NAMED = 8;

function named(categories: readonly string[]): string {
  const rest = categories.length - NAMED;
  const shown = categories.slice(0, NAMED).map((one) => codeSpan(one, 40));
  return listed(rest > 0 ? [...shown, `${rest} more`] : shown);
}

const triedFor = (isOver: boolean): string =>
  isOver ? 'I tried for a week, and stop now.' : 'I try again for a week.';

function unreadWords(unread: number, kept: number): string {
  if (kept > 0) return `${unread} of its papers could not be read; the others were kept`;
  return unread === 1 ? 'its only paper could not be read' : `none of its ${unread} papers could be read`;
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
  /** In /status; `reason`: system first. */
  /** What a source that is only asked is called among those whose lists are read. */
  lookUpsOf: (source: string) => `${source} look-ups`,
  lookUpsFail: (reason: string) => `its last look-up failed: ${reason}`,
  /** `kept`: papers of the same list that could be read. */
  unreadPapers: (unread: number, kept: number) => unreadWords(unread, kept),
  /** `earlier`: when it said so, UTC ms; null: just now. */
  categories: {
    alsoRead: (categories: readonly string[]) =>
      `Because subscriptions name ${categories.length === 1 ? 'it' : 'them'}, arXiv is also read for ${named(categories)}.`,
  },
  unnamedChannel: 'a channel that not everybody here can see',
  unnamedChannels: (number: number) =>
    number === 1 ? wording.unnamedChannel : `${count(number, 'channel')} that not everybody here can see`,
  moreChannels: (number: number) => `${count(number, 'more channel')}`,
  permissionUnnamed: (reason: string) => `Discord says that a permission is missing, not which (${reason})`,
  tagRequired: 'every post in this forum needs a tag, and none of its tags is called like a topic',
  threadLocked: 'the thread is locked',
  nobodyTold:
    'Nobody was told of this: I may write in no channel that moderators read. Give me View Channel and Send Messages in one.',
  toldLostFilter: (where: string, problem: Phrase) =>
    `A filter in ${where} cannot be read any more, so nothing matches it: ${sayPhrase(problem)} It is kept; change it with \`/filter edit\`.`,
  toldLostZone: (where: string, zone: string) =>
    `There is no time zone “${escapeWords(zone, 60)}” any more, so a subscription in ${where} posts nothing. Remove it with \`/subscriptions\`, and add it again with \`/subscribe\`.`,
  toldDeletedRole: (where: string) =>
    `The role that posts in ${where} mentioned was deleted, so they go out without it. To mention another one, remove the subscription with \`/subscriptions\` and add it again with \`/subscribe\` and \`role\`.`,
  unreadableHere:
    'The settings of this channel cannot be read, so nothing new is posted here. They are kept; the operator’s log says what is wrong with them.',
  timedOut: (until: string) => `a moderator has timed Paperboy out until ${until} UTC`,
  noticeLabel: 'For moderators',
  searchCut:
    'This search asks for more work than one may, so the newest papers were not all looked at. Use fewer phrases, or add a rare word or a category.',
  /** What moderators are told of a step that follows a post. */
  stepFailed: {
    thread: (called: string, reason: string, isOver: boolean) =>
      `In ${called} I posted a paper, but cannot open its thread: ${escapeMarkdown(reason, 300)}. ${triedFor(isOver)} In Discord open that channel’s settings, Permissions, and allow Paperboy Create Public Threads; or choose another place with \`/subscribe\`.`,
    publish: (called: string, reason: string, isOver: boolean) =>
      `In ${called} I posted a digest, but cannot publish it: ${escapeMarkdown(reason, 300)}. ${triedFor(isOver)} You can publish it yourself with its button.`,
  },
} as const;
