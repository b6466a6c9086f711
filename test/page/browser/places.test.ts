import { describe, expect, it } from 'vitest';
import { lastAlert } from '#src/page/browser/frame/last-alert.ts';
import {
  listedPlaces,
  pageTitle,
  placeBeside,
  placeName,
  unreadIn,
  unreadWords,
} from '#src/page/browser/frame/places.ts';
import { BLANK, heard, type State } from '#src/page/browser/state.ts';
import type { Place } from '#src/page/protocol.ts';
import { message, place, scene } from './scene.ts';

const NOTHING: State['unread'] = new Map();
const vision = place({ id: '10', name: 'vision' });
const models = place({ id: '11', name: 'language-models' });
const names = (places: readonly Place[]) => places.map(({ name }) => name);

describe('the list of channels', () => {
  const forum = place({ id: '20', name: 'reading-group', kind: 'forum' });
  const post = place({ id: '21', name: 'TerraScope', kind: 'thread', parentId: forum.id });
  const thread = place({ id: '22', name: 'Motion', kind: 'thread', parentId: vision.id });
  const archived = place({ id: '23', name: 'Old', kind: 'thread', parentId: vision.id, isArchived: true });
  const places = [vision, thread, archived, forum, post];

  it('has threads under their channel, without archived ones and without the posts of forums', () => {
    expect(names(listedPlaces(places, vision.id, NOTHING))).toEqual(['vision', 'Motion', 'reading-group']);
  });

  it('has an archived thread and a post while they are open or have news', () => {
    const unread: State['unread'] = new Map([[post.id, [message({ channelId: post.id })]]]);
    expect(names(listedPlaces(places, archived.id, unread))).toEqual(names(places));
  });

  it('is walked by keys past categories and round its ends', () => {
    const category = place({ id: '9', name: 'Papers', kind: 'category' });
    const rows = [category, vision, place({ id: '12', name: 'Coffee', kind: 'voice' }), models];
    const beside = (openId: string, step: 1 | -1) => placeBeside(rows, openId, step)?.name;
    expect([
      beside(vision.id, 1),
      beside(models.id, 1),
      beside(vision.id, -1),
      beside(models.id, -1),
    ]).toEqual(['language-models', 'vision', 'language-models', 'vision']);
  });

  it('leads nowhere by keys where there is no channel', () => {
    expect(placeBeside([], null, 1)).toBeNull();
  });
});

describe('what is unread', () => {
  it('is counted over places, with what calls the viewer', () => {
    const unread: State['unread'] = new Map([
      [vision.id, [message({ id: '1' }), message({ id: '2', pings: true })]],
      [models.id, [message({ id: '3' })]],
    ]);
    expect(unreadIn([vision, models], unread)).toEqual({ messages: 3, pings: 1 });
  });

  it('is said in words', () => {
    const words = [
      unreadWords({ messages: 0, pings: 0 }),
      unreadWords({ messages: 2, pings: 0 }),
      unreadWords({ messages: 2, pings: 1 }),
      unreadWords({ messages: 3, pings: 2 }),
    ];
    expect(words).toEqual(['', '2 unread', '2 unread, 1 of them calls you', '3 unread, 2 of them call you']);
  });

  it('stands in the title of the tab, without what the viewer may not see', () => {
    const state = heard(BLANK, { told: 'scene', scene: scene({ places: [vision, models] }) }, 0);
    const unread: State['unread'] = new Map([
      [models.id, [message({}), message({})]],
      ['hidden', [message({})]],
    ]);
    expect(pageTitle(BLANK)).toBe('Paperboy sandbox');
    expect(pageTitle(state)).toBe('#vision · Paperboy sandbox');
    expect(pageTitle({ ...state, unread })).toBe('(2) #vision · Paperboy sandbox');
  });
});

describe('a name', () => {
  it('of a channel has its sign, that of a thread or a person has none', () => {
    const kinds = ['text', 'announcement', 'forum', 'thread', 'direct'] as const;
    expect(kinds.map((kind) => placeName({ ...vision, kind }))).toEqual([
      '#vision',
      '#vision',
      '#vision',
      'vision',
      'vision',
    ]);
  });
});

describe('the last alert', () => {
  const told = (...messages: readonly ReturnType<typeof message>[]): State =>
    messages.reduce(
      (state, one) => heard(state, { told: 'message', message: one }, 0),
      heard(BLANK, { told: 'scene', scene: scene({ places: [vision, models] }) }, 0),
    );
  const alert = message({ id: '1', channelId: vision.id, at: 1, push: 'TerraScope' });

  it('is the newest of the bot in any channel', () => {
    const newer = message({ id: '2', channelId: models.id, at: 2, push: 'LongCodeBench' });
    expect(lastAlert(told(alert, newer))).toBe(newer);
    expect(lastAlert(told(newer, alert))).toBe(newer);
  });

  it('is no answer, nothing that a phone would not show, and nothing of people', () => {
    const ana = { id: '1', name: 'Ana', isBot: false };
    const others = [
      message({ id: '2', at: 2, push: 'Asked for', asked: { by: ana, command: 'paper' } }),
      message({ id: '3', at: 3, push: null }),
      message({ id: '4', at: 4, push: 'Hello', author: ana }),
    ];
    expect(lastAlert(told(alert, ...others))).toBe(alert);
  });

  it('is none before the first', () => {
    expect(lastAlert(told())).toBeNull();
  });
});
