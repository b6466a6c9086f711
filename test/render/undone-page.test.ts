import { expect, it } from 'vitest';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import { tellUndone, type UndoneView, undoneMessage } from '#src/render/undone-page.ts';
import { phrase } from '#src/wording/phrase.ts';
import { pageOf } from './whole-page.ts';

const text = (words: string) => phrase('stored.text', { text: words });
const saved = (facts: Partial<SubscriptionView> = {}) =>
  ({
    ...{ channelId: '1', filter: 'ocean', terms: text('daily'), paused: null, lost: [] },
    ...facts,
  }) as SubscriptionView;
const view = (facts: Partial<UndoneView> = {}): UndoneView => ({
  ...{ kind: 'undone', isDone: false, items: [], more: 0 },
  ...facts,
});
const ITEMS: UndoneView['items'] = [
  { kind: 'gone', channelId: '1', filter: 'ocean' },
  { kind: 'filter', view: saved() },
  { kind: 'terms', view: saved() },
  { kind: 'paused', view: saved() },
  { kind: 'paused', view: saved({ pausedUntil: 60_000 }) },
  { kind: 'muted', text: 'survey' },
  { kind: 'unmuted', text: 'survey' },
  { kind: 'settings', steps: [text('one line'), text('no zone')] },
];
const GOES_ON: UndoneView['items'] = [
  { kind: 'back', view: saved() },
  { kind: 'back', view: saved({ paused: phrase('subscriptions.pausedByModerator') }) },
  { kind: 'runs', view: saved({ lost: [text('The role is gone.')] }) },
];

it('what was undone is told one by one, with what is so again', () => {
  expect(pageOf(undoneMessage(view({ items: ITEMS })))).toEqual([
    'saved | Undone',
    '<#1> is not subscribed to `ocean` any more.',
    '<#1> has the filter `ocean` again.',
    '<#1> gets `ocean` as before: daily.',
    '`ocean` is paused again in <#1>.',
    '`ocean` is paused again in <#1>, until <t:60:f>.',
    '`survey` is muted again.',
    'Removed: `survey` is not muted any more. Papers of the last days that it took away may still come.',
    'The server’s settings are as they were: one line, no zone.',
    'All subscriptions = subscriptions:0',
    'History = history:0',
  ]);
});

it('what is back or runs again goes on from now, and says what of it could not come back', () => {
  expect(pageOf(undoneMessage(view({ items: GOES_ON })))).toEqual([
    'saved | Undone',
    '<#1> is subscribed to `ocean` again: daily.',
    '<#1> is subscribed to `ocean` again: daily, paused by a moderator.',
    '`ocean` runs again in <#1>. The role is gone.',
    '(What came in between is not posted: it goes on with the next paper.)',
    'All subscriptions = subscriptions:0',
    'History = history:0',
  ]);
});

it('a second Undo says that it was so already, and what is not told is counted', () => {
  expect(pageOf(undoneMessage(view({ isDone: true, items: ITEMS.slice(0, 1), more: 3 })))).toEqual([
    'saved | Undone already',
    '<#1> is not subscribed to `ocean` any more.',
    'and 3 more',
    'All subscriptions = subscriptions:0',
    'History = history:0',
  ]);
});

it('above the list one is told, of several their number', () => {
  expect([
    tellUndone(view({ items: ITEMS.slice(0, 1) })),
    tellUndone(view({ items: GOES_ON.slice(0, 1), isDone: true })),
    tellUndone(view({ items: ITEMS.slice(0, 2), more: 3 })),
    tellUndone(view({ items: GOES_ON.slice(0, 2) })),
  ]).toEqual([
    'Undone. <#1> is not subscribed to `ocean` any more.',
    'Undone already. <#1> is subscribed to `ocean` again: daily. What came in between is not posted: it goes on with the next paper.',
    'Undone. 5 subscriptions are as they were.',
    'Undone. 2 subscriptions are as they were. What came in between is not posted: it goes on with the next paper.',
  ]);
});
