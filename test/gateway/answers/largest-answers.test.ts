import { describe, expect, it } from 'vitest';
import { writeAnswer } from '#src/gateway/answers/write-answer.ts';
import { FIGURE_NAMES, recordOf } from '#src/paper/figures.ts';
import { digestMessage } from '#src/render/digest.ts';
import { CHANNELS_PER_PAGE, doctorMessage } from '#src/render/doctor-page.ts';
import { exampleMessage } from '#src/render/example-page.ts';
import { exportMessage } from '#src/render/export-page.ts';
import { editedMessage, testMessage } from '#src/render/filter-page.ts';
import { helpMessage, helpTopics } from '#src/render/help-page.ts';
import { CHANGES_PER_PAGE, historyMessage } from '#src/render/history-page.ts';
import { importMessage, importUndoneMessage } from '#src/render/import-page.ts';
import { likeMessage } from '#src/render/like-page.ts';
import { mutingMessage } from '#src/render/mute-page.ts';
import { paperCard } from '#src/render/paper-card.ts';
import type { ListItem } from '#src/render/paper-list.ts';
import type { ShownMessage } from '#src/render/parts.ts';
import { previewMessage } from '#src/render/preview-page.ts';
import { askMessage, storedMessage } from '#src/render/privacy-page.ts';
import { refusedMessage } from '#src/render/refused-page.ts';
import { searchMessage } from '#src/render/search-page.ts';
import { serverSettingsMessage } from '#src/render/server-settings-page.ts';
import { statusMessage } from '#src/render/status-page.ts';
import { SUBSCRIPTIONS_PER_PAGE, subscriptionsMessage } from '#src/render/subscription-list.ts';
import { subscribedMessage } from '#src/render/subscription-page.ts';
import { trendingMessage } from '#src/render/trending-page.ts';
import { undoneMessage } from '#src/render/undone-page.ts';
import {
  abstractMessage,
  WHYS_OFFERED,
  WHYS_SHOWN,
  whyHereMessage,
  whyMessage,
} from '#src/render/why-page.ts';
import { checkMessage } from '#src/sandbox/rules/message-rules.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { aWhy } from '#test/builders/a-why.ts';
import { blocksOf } from '#test/read-message.ts';
import { listFound } from '#test/render/list-found.ts';

/** Longer than any that arXiv has had, with what has to be escaped. */
const TITLE = 'On *the* [structure] of `very` long_titles and what they do to lists of papers '
  .repeat(4)
  .trim();
const FILTER = '("state space" OR mamba) -survey author:"van der Maaten" '.repeat(20).slice(0, 1000);
const CHANNEL = '1'.repeat(19);
const many = <T>(n: number, make: (at: number) => T): T[] => Array.from({ length: n }, (_, at) => make(at));
const sentence = (words: number) => phrase('stored.text', { text: `${'word '.repeat(words).trim()}.` });

const paper = aPaper('2603.12345', {
  title: TITLE,
  abstract: 'Waves of the *sea* break on [shores] of sand_and_stone, which nobody counts. '.repeat(60),
  authors: many(40, (at) => `Maria-Magdalena van der Hoogeveen-Oosterhuis ${at}`),
  categories: ['cs.LG', 'cs.CV', 'cs.CL', 'cs.AI', 'stat.ML', 'eess.IV', 'cs.RO'],
  organization: 'Institute for the Study of Very Long Names and of Their Consequences, Department of Lists',
  publishedAt: Date.UTC(2026, 2, 10),
  repository: 'laboratory/repository',
  projectPage: 'https://example.org/project',
  thumbnail: 'https://example.org/p.png',
  withdrawn: { at: Date.UTC(2026, 2, 11) },
});
const signals = { ...recordOf(FIGURE_NAMES, () => 123_456), trendingRank: 1 };
const page = 'https://huggingface.co/papers/2603.12345';
const card = { paper, signals, page };
const items: ListItem[] = many(10, (at) => ({
  ...{ ...card, paper: { ...paper, id: `2603.${10_000 + at}` } },
  note: 'A **passage** that matches, as long as they come. '.repeat(9),
}));
const AT = Date.UTC(2026, 2, 10);
const largestWhy = (at: number) =>
  aWhy({
    ...{ paper: `2603.${10_000 + at}`, title: TITLE, channelId: CHANNEL, serverId: CHANNEL, more: 20 },
    asked: { day: '2026-03-10', zone: 'America/Argentina/Buenos_Aires' },
    samePaper: { was: 'line', is: 'none' },
    elsewhere: { channelId: CHANNEL, isDeleted: true },
    mute: { told: { text: FILTER, who: CHANNEL, at: AT } },
    mutedNow: { text: FILTER, at: AT },
    subscriptions: many(3, () => ({
      ...{ n: 500, filter: FILTER },
      verdict: {
        ...({ kind: 'fails', lacking: [], passage: 'a passage '.repeat(24) } as const),
        excluded: many(12, () => FILTER),
      },
      ...{ obstacle: 'filter' as const, since: AT, pausedUntil: AT },
    })),
    troubles: many(5, () => ({ trouble: sentence(30), since: AT, endedAt: AT })),
    changes: many(5, () => ({
      ...{ at: AT, who: CHANNEL, what: 'changed' as const, channelId: CHANNEL },
      ...{
        id: 1,
        channelName: 'a',
        before: FILTER,
        after: FILTER,
        about: '',
        steps: [sentence(40)],
        until: null,
      },
    })),
    tries: many(2, (n) => ({
      ...{ key: `key ${n}`, days: 30, more: 12_345 },
      what: { kind: 'without' as const, clauses: many(12, () => FILTER) },
    })),
  });
const terms = sentence(40);
const backTest = {
  ...{ days: 30, posts: 12_345, perDay: many(30, (at) => at % 7), countsAll: true },
  examples: many(5, () => ({ title: [{ text: TITLE, hit: true }], url: page, at: Date.UTC(2026, 2, 10) })),
  sensitivities: (['sure', 'balanced', 'early', 'wide'] as const).map((name) => ({ name, posts: 12_345 })),
  hints: many(4, () => sentence(40)),
};
const correction = { customId: 'preview:key', label: 'Use something else' };
const subscription = {
  ...{
    id: 'a',
    channelId: CHANNEL,
    filter: FILTER,
    terms,
    lost: [sentence(40)],
    channelName: 'c'.repeat(100),
  },
  ...{ paused: sentence(20), unusual: { kind: 'quiet' as const, told: sentence(15) } },
};
const entries = many(SUBSCRIPTIONS_PER_PAGE, (at) => ({
  ...{ ...subscription, id: `id${at}`, channelId: `${at}`.repeat(19) },
  ...{ differences: many(12, () => sentence(6)) },
  held: { since: 0, told: sentence(20), mend: [sentence(20)] },
}));
const figures = { lastPostAt: 0, usual: 400, matched: 12_345, posted: 12_345, waiting: 12_345 };
const difference = { total: 12_345, titles: many(5, () => TITLE) };

const stored = recordOf(
  [
    ...(['vote', 'typed', 'change', 'others', 'subscription', 'mute', 'channel', 'unread'] as const),
    ...(['settings', 'subscriptions', 'mutes', 'changes', 'papers', 'posts', 'votes', 'troubles'] as const),
  ],
  () => 12_345_678,
);
const everythingStored = { about: 'me' as const, stored, contact: 'x'.repeat(400), most: 2000 };
const imported = {
  channels: many(40, (at) => ({
    ...{ channelId: `${10 + at}`.repeat(9), added: 12_345, changed: 12_345, same: 12_345 },
  })),
  differs: many(1000, () => ({
    ...{ channelId: CHANNEL, filter: FILTER, newFilter: FILTER },
    ...{ before: many(3, () => sentence(4)), after: many(3, () => sentence(4)) },
  })),
  mutes: many(100, () => FILTER),
  settings: {
    before: { samePaper: 'full' as const, zone: 'America/Argentina/ComodRivadavia', notices: CHANNEL },
    after: { samePaper: 'line' as const, zone: null, notices: null },
    isRoomSeen: true,
  },
  notes: many(1000, (at) => ({ place: `subscriptions[${at}]`, told: sentence(30) })),
};

/** Each face at its largest: what sources, moderators and members can make of it. */
const LARGEST: Record<string, ShownMessage> = {
  ...Object.fromEntries(helpTopics.map((topic) => [`/help ${topic}`, helpMessage(topic)])),
  'a card': paperCard(card),
  'a whole abstract': abstractMessage({ ...card, paper: { ...paper, abstract: paper.abstract.repeat(3) } }),
  '/search': searchMessage(
    listFound({
      ...{
        query: FILTER,
        items,
        total: 12_345,
        page: 3,
        since: Date.UTC(2026, 1, 1, 14),
        now: Date.UTC(2026, 2, 11),
      },
      hints: many(5, () => sentence(60)),
      sources: { said: [sentence(30), sentence(30)], found: true, canAskAgain: true },
      offers: many(4, (at) => ({ query: FILTER, allDays: true, key: `k${at}` })),
    }),
  ),
  '/trending': trendingMessage({
    ...{ period: 'month', topic: FILTER, others: false, items, outstanding: 1234, total: 12_345, page: 3 },
    ...{ key: 'k', otherKey: 'o', hints: [sentence(40)], isLonger: false, knownSince: 0, readAt: 0, now: 1 },
    instead: { label: FILTER, key: 'i' },
  }),
  'a further page of a digest': digestMessage({
    ...{ heading: sentence(50), cause: sentence(30), mark: 'why:abc', page: 1 },
    items: many(30, (at) => ({
      ...{ ...card, paper: { ...paper, id: `2603.${10_000 + at}` } },
      passage: [{ text: 'a passage '.repeat(60), hit: true }],
    })),
    groups: [{ filter: FILTER, papers: [paper.id] }],
  }),
  'Why here?': whyHereMessage({
    ...{
      nonce: '1',
      total: 30,
      shown: many(WHYS_SHOWN, largestWhy),
      offered: many(WHYS_OFFERED, largestWhy),
    },
  }),
  'why?': whyMessage(largestWhy(0)),
  'a preview': previewMessage(
    {
      ...{ channelId: CHANNEL, filter: FILTER, terms, backTest, isAmber: true, sensitivity: 'balanced' },
      differences: many(12, () => sentence(6)),
      ...{
        matched: 12_345,
        corrected: FILTER,
        covering: FILTER,
        uncommon: { word: 'model', filter: FILTER },
      },
      also: {
        papers: 12_345,
        channels: many(20, () => CHANNEL),
        hidden: 12,
        samePaper: 'line',
        notInFull: 12_345,
        left: 700,
      },
    },
    {
      shown: 'a',
      corrected: correction,
      weekly: 'b',
      best: 'c',
      covering: 'd',
      uncommon: { word: 'model', key: 'e' },
    },
  ),
  'what was subscribed': subscribedMessage({
    subscription,
    backTest,
    isAmber: true,
    correction,
    hasExample: true,
  }),
  'an example': exampleMessage({
    channelId: CHANNEL,
    filter: FILTER,
    title: TITLE,
    nonce: CHANNEL,
    isNew: true,
    isEarlier: false,
    isDigest: true,
    url: page,
  }),
  'a filter that was changed': editedMessage({
    ...{
      before: FILTER,
      after: `${FILTER}x`,
      channelId: CHANNEL,
      backTest,
      isAmber: true,
      correction,
      undo: 'u',
    },
    ...{ gained: difference, lost: difference },
  }),
  'a filter on one paper': testMessage({
    ...{ kind: 'paper', filter: FILTER, title: TITLE, matches: false, hints: backTest.hints },
    ...{ passages: many(6, () => 'passage '.repeat(60)), missing: many(8, () => FILTER.slice(0, 200)) },
  }),
  '/subscriptions': subscriptionsMessage(
    {
      ...{
        items: entries,
        total: 12_345,
        hidden: 123,
        page: 3,
        unreadable: 12,
        isUntold: true,
        read: 12_345,
      },
      channels: new Map(entries.map(({ channelId }) => [channelId, figures])),
    },
    { told: 'Removed. '.repeat(50), undo: 'u' },
  ),
  '/doctor': doctorMessage({
    ...{ asked: CHANNEL, ill: 12_345, page: 3, hidden: 123, unreadable: 12, lookIn: [0] },
    channels: many(CHANNELS_PER_PAGE, (at) => ({
      ...{
        channelId: CHANNEL,
        isGone: at > 2,
        isSubscribed: true,
        isPublishing: true,
        waiting: 123,
        since: 0,
      },
      findings: many(50, () => ({ kind: 'stops' as const, told: sentence(60) })),
    })),
    well: many(500, () => ({
      ...{ channelId: CHANNEL, isGone: false, isSubscribed: true, isPublishing: true, waiting: 0 },
      ...{ since: null, findings: [] },
    })),
    notices: { goTo: CHANNEL, chosen: CHANNEL, how: 'instead', isPublic: true, mayChange: true },
    done: { what: 'saved', from: CHANNEL, to: null },
  }),
  'Server settings': serverSettingsMessage({
    settings: { samePaper: 'line', zone: 'America/Argentina/ComodRivadavia', notices: CHANNEL },
    notices: { goTo: CHANNEL, chosen: '2', how: 'instead', isPublic: true, mayChange: true },
    done: { what: 'saved', from: { samePaper: 'full', zone: null, notices: null } },
    mutes: many(100, (at) => ({ text: FILTER, who: CHANNEL, at })),
    mute: { text: FILTER, undo: 'u' },
    unread: { settings: false, mutes: false },
  }),
  'the history': historyMessage({
    changes: many(CHANGES_PER_PAGE, (at) => ({
      ...{
        at: 0,
        who: CHANNEL,
        what: 'changed' as const,
        channelId: CHANNEL,
        before: FILTER,
        after: `${FILTER}x`,
        about: '',
      },
      ...{ id: at, channelName: 'c'.repeat(100), steps: many(8, () => sentence(60)), until: null },
    })),
    own: [],
    ...{ subscription: null, channelId: CHANNEL },
    channels: many(30, (at) => ({ channelId: `${at}`, name: 'c'.repeat(100), changes: 10_000 })),
    pauses: many(5, () => ({ channelId: CHANNEL, trouble: sentence(40), since: 0, endedAt: 1 })),
    ...{ total: 12_345, hidden: 123, page: 3 },
  }),
  'what was undone': undoneMessage({
    kind: 'undone',
    isDone: false,
    items: entries.map((view) => ({ kind: 'filter' as const, view })),
    more: 1000,
  }),
  '/privacy': storedMessage(everythingStored),
  '/privacy, which asks once more': askMessage({ ...everythingStored, about: 'server' }),
  'a mute': mutingMessage({
    ...{ what: 'muted', text: FILTER, isOld: true, undo: 'k', hints: many(5, () => sentence(60)) },
    keptAway: {
      days: 30,
      posted: { taken: 12_345, of: 12_345 },
      papers: { taken: 12_345, of: 12_345 },
    },
  }),
  'an export': exportMessage({
    ...{ name: 'a.json', text: '{}', subscriptions: 12_345, channels: 500, hidden: 12_345, mutes: 100 },
  }),
  'what an import would change': importMessage({
    ...{ kind: 'preview', key: 'k', isOther: true, summary: imported },
  }),
  'what was imported': importMessage({ kind: 'imported', undo: 'k', summary: imported }),
  'an import that was undone': importUndoneMessage({
    ...{ kind: 'undone', isDone: true, subscriptions: 12_345, mutes: 100, hasSettings: true },
  }),
  'what is wrong with a file': importMessage({
    kind: 'problems',
    problems: many(3000, (at) => ({
      ...{ place: `subscriptions[${at}].filter`, told: sentence(100) },
    })),
  }),
  'what is refused': refusedMessage({
    sentence: sentence(390),
    texts: [FILTER, 'x '.repeat(250)],
    change: 'k',
  }),
  'filters from examples': likeMessage(
    { examples: 10, filters: many(3, () => ({ filter: FILTER, finds: 10, recent: 12_345 })), nearest: [] },
    ['a', 'b', 'c'],
    'k',
  ),
  '/status': statusMessage({
    ...{
      version: '10.20.30',
      startedAt: 0,
      lastRunAt: 0,
      nextRunAt: 0,
      readToday: 123,
      papers: 123_456,
      waiting: 123,
    },
    sources: many(3, (at) => ({
      ...{
        name: `Source ${at}`,
        state: 'late' as const,
        lastSuccessAt: 0,
        nextAt: 0,
        reasons: [sentence(60)],
      },
    })),
    alsoRead: many(30, (at) => `cs.A${at}`),
    channel: {
      ...{ filters: many(30, () => FILTER), held: sentence(60), isUntold: true, isUnreadable: false },
      paused: many(5, () => ({ filter: FILTER, told: sentence(20) })),
      lost: many(5, () => ({ filter: FILTER, sentence: sentence(40) })),
      ...{
        lastPostAt: 0,
        postsInFourWeeks: 123,
        nextDigestAt: 0,
        matchedToday: 123,
        samePaper: 'line',
        postedToday: 9,
        nearest: { paper: '2603.12345', channelId: CHANNEL, told: sentence(40) },
      },
    },
  }),
};

const draftsOf = ({ files = [] }: ShownMessage) =>
  files.map(({ name, text }, index) => ({
    ...{ index, name, contentType: 'application/json', content: Buffer.from(text) },
  }));

describe('the largest that a face can become', () => {
  it.each(Object.entries(LARGEST))('fits an answer, without a part left out: %s', (_, message) => {
    const { body, cut } = writeAnswer(message, true);
    expect(() => checkMessage({ body, files: draftsOf(message) })).not.toThrow();
    expect(cut).toEqual([]);
  });

  it('keeps its last words: what a list leaves out is said', () => {
    const { body } = writeAnswer(LARGEST['/subscriptions'], true);
    const [{ text }] = blocksOf({ content: '', embeds: [], components: body.components });
    expect(text).toContain('123 more in channels you cannot see.');
  });
});
