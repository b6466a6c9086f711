import type { NotAsked, OutsideFault } from '#src/foundation/failure.ts';
import { count, listed } from './count.ts';
import { dayIn } from './days.ts';
import { codeSpan, escapeMarkdown, escapeWords } from './escape-markdown.ts';
import { pointAt } from './point-at.ts';

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

const areOrIs = (things: readonly string[]): string => (things.length === 1 ? 'is' : 'are');

const triedFor = (isOver: boolean): string =>
  isOver ? 'I tried for a week, and stop now.' : 'I try again for a week.';

/** Short enough to stand among others: a proposal is shown whole or not at all, for it is to be copied. */
const isShort = (proposal: string | null): proposal is string => proposal !== null && proposal.length <= 300;

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
  moderatorsOnly: (command: string) =>
    `Only members with the Manage Channels permission, and those whom this server’s Integrations page lets use \`/${command}\`, can do this. Ask a moderator of this server.`,
  hiddenChannel:
    'This is about a channel that you cannot see, so nothing was changed. Ask somebody who can see it, or pick another channel.',
  cannotWrite: (channelId: string, permission: string) =>
    `You may not change what is posted in <#${channelId}>, because you may not write there yourself: ${permission} is missing. Nothing was changed. Ask somebody who may, or pick another channel.`,
  otherChannel: (channelId: string) =>
    `You may not change what is posted in <#${channelId}>, because you do not have Manage Channels there. Nothing was changed. Ask somebody who has it, or pick another channel.`,
  hiddenPost:
    'You cannot see the channel of this message, so I do not tell what was posted there. Ask a moderator of this server to let you see it.',
  serverOnly: 'This works in a server only: subscriptions belong to a server’s channels.',
  badFilter: (problem: { position: number; message: string; proposal: string | null }, filter: string) => {
    const { line, column, pointer } = pointAt(filter, problem.position);
    const proposal = problem.proposal ? `\nTry: ${codeSpan(problem.proposal, 1000)}` : '';
    const problemTold = escapeMarkdown(problem.message, 600);
    return `I cannot read that filter: line ${line}, column ${column}: ${problemTold}${pointer}${proposal}`;
  },
  filterHint: ({ message, proposal }: { message: string; proposal: string | null }) =>
    `${escapeMarkdown(message, 600)}${isShort(proposal) ? ` Try: ${codeSpan(proposal)}` : ''}`,
  noPaperHas: (word: string, meant: { near: string; proposal: string } | null) =>
    meant === null
      ? `No paper has “${escapeWords(word, 60)}” yet.`
      : `No paper has “${escapeWords(word, 60)}”. Try: ${codeSpan(isShort(meant.proposal) ? meant.proposal : meant.near)}`,
  noPaperHasAny: (words: readonly string[]) =>
    `No paper has ${listed(
      words.map((word) => `“${escapeWords(word, 60)}”`),
      'or',
    )}.`,
  noPaperOfLastYearHas: (word: string) => `No paper of the last year has “${escapeWords(word, 60)}”.`,
  noPaperBy: (name: string, near: readonly string[]) =>
    `No paper that Paperboy knows is by “${escapeWords(name, 60)}”. ${near.length === 0 ? 'Names match as papers write them; check the spelling.' : `Near it: ${near.map((one) => codeSpan(`author:"${one}"`, 80)).join(', ')}`}`,
  noPaperFrom: (name: string) =>
    `No paper that Paperboy knows names the organisation “${escapeWords(name, 60)}”. Few papers name one; without \`org:\` title, abstract and keywords are searched.`,
  noPaperWithKeyword: (word: string) =>
    `No paper that Paperboy knows has the keyword “${escapeWords(word, 60)}”. Without \`keyword:\` title and abstract are searched too.`,
  isOnePaper: (id: string) => `\`/paper ${id}\` shows the paper of that id; here it is looked for as a word.`,
  matchesNothing: 'This filter can match nothing: its conditions exclude each other.',
  nothingBefore: (day: string) =>
    `Nothing can match before ${day}: \`after:${day}\` lets papers from that day on through.`,
  nothingNew: (day: string) =>
    `\`before:${day}\` leaves only papers that were published before ${day}, and new ones are published later. Leave it out to get new papers.`,
  noPaperOf: (venues: readonly string[]) =>
    `No paper is known to match ${venues.map((venue) => codeSpan(venue, 60)).join(' or ')} yet. Venues are read from what arXiv says of a paper; papers read before Paperboy kept that have none.`,
  categories: {
    begun: (categories: readonly string[]) =>
      `${named(categories)} ${areOrIs(categories)} read from today on.`,
    notYet: (categories: readonly string[]) =>
      `${named(categories)} ${areOrIs(categories)} not read yet: that begins on the day on which a subscription names ${categories.length === 1 ? 'it' : 'them'}.`,
    full: (categories: readonly string[], { own, limit }: { own: readonly string[]; limit: number }) => {
      const why =
        limit === 0
          ? `Paperboy’s operator lets it read ${named(own)} alone`
          : `Paperboy already reads ${count(limit, 'more category', 'more categories')}, the most its operator allows`;
      return `${named(categories)} ${areOrIs(categories)} not read: ${why}. Papers of ${categories.length === 1 ? 'it' : 'them'} come only when Hugging Face lists them.`;
    },
    tooWide: (read: readonly string[]) =>
      read.length === 0
        ? '`cs.*` is not read as a whole, because arXiv cuts a list of that size. Name those of it that you want, such as `cat:cs.RO`.'
        : `\`cs.*\` is not read as a whole, because arXiv cuts a list of that size. Of it ${named(read)} ${areOrIs(read)} read; name the others that you want, such as \`cat:cs.RO\`.`,
    oldPapers: (category: string, instead: string | null) =>
      `New papers are not filed under ${codeSpan(category, 40)} any more.${instead === null ? '' : ` For those: \`cat:${instead}\`.`}`,
    rarelyTrending: (categories: readonly string[], days: number) =>
      `Newly trending are only papers that Hugging Face lists, and of ${named(categories)} none was in the last ${count(days, 'day')}. With \`scope\` \`all\` every new paper comes.`,
    alsoRead: (categories: readonly string[]) =>
      `Because subscriptions name ${categories.length === 1 ? 'it' : 'them'}, arXiv is also read for ${named(categories)}.`,
  },
  topicAndKeywords:
    'Say either `topic` or `keywords`, not both; or write both as one filter in `keywords`, such as `topic:llm video`. Change has yours ready.',
  topicOrKeywords:
    'Say what to subscribe to: either `topic` (pick one from the list) or `keywords` (for example `diffusion OR "score matching" -survey`).',
  onlyNegative:
    'This filter only says what you do not want, so it would match almost every paper. Add what you do want, for example `diffusion -survey`.',
  negativePart:
    'One side of an OR here only says what you do not want, so the filter would match almost every paper. Put what is not wanted behind all of it, for example `(diffusion OR flow) -survey`.',
  unknownTopic: (name: string, nearest: string | null) =>
    `There is no topic “${escapeWords(name, 60)}”.${nearest ? ` Did you mean \`${nearest}\`?` : ''} Start typing in the topic option to see the list, or use keywords.`,
  cannotPost: (channelId: string, missing: readonly string[]) =>
    `I cannot post in <#${channelId}>: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. In Discord open that channel’s settings, Permissions, add Paperboy (or its role) and allow ${missing.length === 1 ? 'it' : 'them'}; then try again. Nothing was saved.`,
  everyoneNotMentioned:
    'Paperboy mentions no @everyone. Pick a role whose members want to hear of papers, or leave the role out. Nothing was saved.',
  cannotMention: (roleId: string, channelId: string) =>
    `A mention of <@&${roleId}> would notify nobody: the role is not mentionable, and Mention Everyone is missing for me in <#${channelId}>. In Server Settings, Roles, open the role and allow anyone to @mention it; then try again. Nothing was saved.`,
  askerCannotMention: (roleId: string, channelId: string) =>
    `You may not mention <@&${roleId}> in <#${channelId}>, so neither do I for you: the role is not mentionable, and Mention Everyone is missing for you there. Ask who manages the roles of this server to make it mentionable. Nothing was saved.`,
  wrongChannelType: (channelId: string) =>
    `<#${channelId}> is not a channel I can post in. Pick a text, announcement or forum channel.`,
  tooManySubscriptions: (limit: number) =>
    `This channel already has ${count(limit, 'subscription')}, the most there can be. Remove one with /subscriptions first, or join two filters with OR.`,
  noRoomBack: (channelId: string, subscriptions: number, most: number) =>
    `<#${channelId}> has no room for ${subscriptions === 1 ? 'it' : `these ${subscriptions}`}: there can be ${count(most, 'subscription')} in a channel. Nothing was undone. Remove others with \`/subscriptions\` first, then press Undo again.`,
  subscribedAlready: (channelId: string, filter: string, terms: string, isPaused: boolean) =>
    `<#${channelId}> is subscribed to ${codeSpan(filter, 300)} already${isPaused ? ', and paused' : ''}: ${terms}. Nothing was changed. \`/subscriptions\` resumes or removes it; \`/filter edit\` changes its filter; for other options remove it and subscribe anew.`,
  badSince: (text: string) =>
    `“${escapeWords(text, 30)}” tells no day. Write \`since\` as \`24h\`, \`7d\`, \`4w\`, \`yesterday\`, a month such as \`2026-01\` or a day such as \`2026-01-31\`.`,
  sinceToCome: (text: string) =>
    `“${escapeWords(text, 30)}” is still to come, so no paper can be that new. Write a day that has begun, such as \`today\` or \`7d\`.`,
  twoDays: (text: string, days: readonly string[]) =>
    `“${escapeWords(text, 30)}” may be either of two days. Write ${days.map((day) => codeSpan(day)).join(' or ')}.`,
  forgottenForm: 'That form is too old. Use the command again; what you typed stands in the answer.',
  notAnOption: (line: string, names: readonly string[]) =>
    `“${escapeWords(line, 60)}” is not an option of \`/subscribe\`. Write one a line, such as \`when: daily\`; there are ${names.map((name) => `\`${name}\``).join(', ')}.`,
  saidTwice: (name: string) =>
    `\`${name}\` stands in two lines, and a subscription has one. Leave one of them out. Nothing was saved.`,
  notANumber: (name: string, value: string) =>
    `“${escapeWords(value, 30)}” is not a number. Write it such as \`${name}: 10\`.`,
  forgottenChange:
    'That is too old to be undone: changes are kept for 30 days. `/subscriptions` shows what is there now.',
  forgottenCorrection:
    'That proposal is too old. `/subscriptions` shows what is there now; `/filter edit` changes a filter.',
  undoDeletedChannel:
    'The channel of this subscription was deleted, so it cannot be brought back. Nothing was undone. `/subscribe` begins anew in another channel.',
  undoChangedSince: (channelId: string, filter: string, terms: string, isPaused: boolean) =>
    `This was changed again since. <#${channelId}> now has ${codeSpan(filter, 300)}${isPaused ? ', paused' : ''}: ${terms}. Nothing was undone. \`/subscriptions\` shows it, and its History who changed it.`,
  undoRemovedSince:
    'This subscription was removed since. Nothing was undone. The History of `/subscriptions` tells who removed it.',
  noSuchSubscription: 'That subscription is no longer there. Use /subscriptions to see the current list.',
  pickSubscription: (text: string) =>
    `There is no subscription “${escapeWords(text, 60)}”. Pick one from the list that opens while you type in \`subscription\`; what you type there is looked for in channels and filters.`,
  forgottenQuestion: 'That list is too old to turn its pages. Ask again with the command.',
  unnamedChannel: 'a channel that not everybody here can see',
  unnamedChannels: (number: number) =>
    number === 1 ? wording.unnamedChannel : `${count(number, 'channel')} that not everybody here can see`,
  moreChannels: (number: number) => `${count(number, 'more channel')}`,
  permissionUnnamed: (reason: string) => `Discord says that a permission is missing, not which (${reason})`,
  tagRequired: 'every post in this forum needs a tag, and none of its tags is called like a topic',
  threadLocked: 'the thread is locked',
  deletedChannel: 'the channel was deleted; nothing more is posted for it',
  heldChannel: (trouble: string) => `${trouble}. It runs again by itself as soon as that is mended`,
  nobodyTold:
    'Nobody was told of this: I may write in no channel that moderators read. Give me View Channel and Send Messages in one.',
  cannotResume: (channelId: string, trouble: string) =>
    `No moderator paused this, but Discord takes nothing in <#${channelId}>: ${escapeMarkdown(trouble, 300)}. As soon as that is mended it runs again by itself, with what was held as one digest.`,
  lostFilter: (problem: string) =>
    `Its filter cannot be read any more, so nothing matches it: ${escapeMarkdown(problem, 200)} Change it with \`/filter edit\`.`,
  lostZone: (zone: string) =>
    `There is no time zone “${escapeWords(zone, 60)}” any more, so nothing is posted. Remove it with \`/subscriptions\`, and add it again with \`/subscribe\`.`,
  deletedRole: 'Its role was deleted, so its posts mention nobody.',
  namesEveryone: 'It names @everyone, whom Paperboy does not mention.',
  silentRole: (roleId: string) =>
    `A mention of <@&${roleId}> notifies nobody: the role is not mentionable, and Mention Everyone is missing for me here.`,
  toldLostFilter: (where: string, problem: string) =>
    `A filter in ${where} cannot be read any more, so nothing matches it: ${escapeMarkdown(problem, 200)} It is kept; change it with \`/filter edit\`.`,
  toldLostZone: (where: string, zone: string) =>
    `There is no time zone “${escapeWords(zone, 60)}” any more, so a subscription in ${where} posts nothing. Remove it with \`/subscriptions\`, and add it again with \`/subscribe\`.`,
  toldDeletedRole: (where: string) =>
    `The role that posts in ${where} mentioned was deleted, so they go out without it. To mention another one, remove the subscription with \`/subscriptions\` and add it again with \`/subscribe\` and \`role\`.`,
  unreadableHere:
    'The settings of this channel cannot be read, so nothing new is posted here. They are kept; the operator’s log says what is wrong with them.',
  timedOut: (until: string) => `a moderator has timed Paperboy out until ${until} UTC`,
  cannotResumeDeleted:
    'The channel of this subscription was deleted, so it cannot run again. Remove it from the list, and begin anew with `/subscribe` in another channel.',
  changedMeanwhile: (filter: string) =>
    `This filter was changed in the meantime; it is now ${codeSpan(filter, 300)}, and stays so. Open \`/filter edit\` again to go on from there.`,
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
