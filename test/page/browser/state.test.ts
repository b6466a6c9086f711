import { describe, expect, it } from 'vitest';
import {
  BLANK,
  heard,
  heardEarlier,
  logOf,
  looked,
  opened,
  openedAt,
  placeOf,
  type State,
  sceneNow,
} from '#src/page/browser/state.ts';
import type { Place, SceneTime, ShownHappening, Told } from '#src/page/protocol.ts';
import { message, place, scene } from './scene.ts';

const VISION = place({ id: '10', name: 'vision' });
const MODELS = place({ id: '11', name: 'language-models' });
const SCENE = scene({ places: [VISION, MODELS] });

/** What the page knows when it was told that, in that order. */
const knowing = (...told: readonly Told[]): State => then(BLANK, ...told);
const then = (state: State, ...told: readonly Told[]): State =>
  told.reduce((before, one) => heard(before, one, 0), state);

const aScene = (value = SCENE): Told => ({ told: 'scene', scene: value });
const some = (channelId: string, ...ids: readonly string[]): Told => ({
  told: 'messages',
  channelId,
  messages: ids.map((id) => message({ id, channelId })),
  hasEarlier: false,
});
const one = (channelId: string, id: string, more = {}): Told => ({
  told: 'message',
  message: message({ id, channelId, ...more }),
});
const idsIn = (state: State, channelId: string) => logOf(state, channelId).messages.map(({ id }) => id);
const unreadIds = (state: State, channelId: string) => state.unread.get(channelId)?.map(({ id }) => id);

describe('the page at its beginning', () => {
  it('opens the first channel, not the category above it', () => {
    const category = place({ id: '9', name: 'Papers', kind: 'category' });
    const state = knowing(aScene(scene({ places: [category, VISION] })));
    expect(state.placeId).toBe(VISION.id);
    expect(state.connection).toBe('live');
  });

  it('takes in nothing before it knows the scene', () => {
    expect(knowing(some(VISION.id, '100'), one(VISION.id, '101'))).toBe(BLANK);
  });

  it('shows what was written before as read', () => {
    const state = knowing(aScene(), some(VISION.id, '100'), some(MODELS.id, '101', '102'));
    expect(idsIn(state, MODELS.id)).toEqual(['101', '102']);
    expect(state.unread.size).toBe(0);
  });

  it('keeps messages when places or rights change', () => {
    const added = place({ id: '12', name: 'new' });
    const state = knowing(
      aScene(),
      some(VISION.id, '100'),
      aScene(scene({ places: [VISION, MODELS, added] })),
    );
    expect(idsIn(state, VISION.id)).toEqual(['100']);
    expect(placeOf(state, added.id)).toEqual(added);
  });

  it('keeps what is said in a thread of which the scene tells only afterwards', () => {
    const thread = place({ id: '12', name: 'TerraScope', kind: 'thread', parentId: VISION.id });
    const state = knowing(aScene(), one(thread.id, '100'), aScene(scene({ places: [VISION, thread] })));
    expect(idsIn(state, thread.id)).toEqual(['100']);
  });
});

describe('a message', () => {
  it('in the open channel is read', () => {
    expect(knowing(aScene(), one(VISION.id, '100')).unread.size).toBe(0);
  });

  it('in another channel is unread until that is opened, and the news begins there', () => {
    const state = knowing(aScene(), some(MODELS.id, '100'), one(MODELS.id, '101'), one(MODELS.id, '102'));
    const read = opened(state, MODELS.id);
    expect(unreadIds(state, MODELS.id)).toEqual(['101', '102']);
    expect(read.unread.size).toBe(0);
    expect(read.newFrom).toBe('101');
  });

  it('in the open channel is unread while the tab is hidden', () => {
    const hidden = looked(knowing(aScene(), some(VISION.id, '100')), false);
    const state = then(hidden, one(VISION.id, '101'));
    const back = looked(state, true);
    expect(unreadIds(state, VISION.id)).toEqual(['101']);
    expect(back.unread.size).toBe(0);
    expect(back.newFrom).toBe('101');
  });

  it('of the viewer is never unread', () => {
    const mine = one(MODELS.id, '100', { author: SCENE.viewer });
    expect(knowing(aScene(), mine).unread.size).toBe(0);
  });

  it('that changes stands where it stood and is no news', () => {
    const state = knowing(
      aScene(),
      some(MODELS.id, '100', '101'),
      one(MODELS.id, '100', { isThinking: true }),
    );
    expect(logOf(state, MODELS.id).messages.map(({ isThinking }) => isThinking)).toEqual([true, false]);
    expect(state.unread.size).toBe(0);
  });

  it('that is not loaded does not come as the newest when it changes', () => {
    const state = knowing(aScene(), some(VISION.id, '100', '101'), one(VISION.id, '99'));
    expect(idsIn(state, VISION.id)).toEqual(['100', '101']);
  });

  it('with a longer id is newer', () => {
    const state = knowing(aScene(), some(VISION.id, '999'), one(VISION.id, '1000'));
    expect(idsIn(state, VISION.id)).toEqual(['999', '1000']);
  });

  it('that is deleted is gone from the channel and from what is unread', () => {
    const state = knowing(aScene(), one(MODELS.id, '100'), one(MODELS.id, '101'), {
      told: 'gone',
      channelId: MODELS.id,
      messageId: '100',
    });
    const empty = then(state, { told: 'gone', channelId: MODELS.id, messageId: '101' });
    expect(idsIn(state, MODELS.id)).toEqual(['101']);
    expect(unreadIds(state, MODELS.id)).toEqual(['101']);
    expect(empty.unread.size).toBe(0);
  });

  it('is opened lit, with its channel', () => {
    const lit = { channelId: MODELS.id, messageId: '101' };
    expect(openedAt(knowing(aScene()), lit)).toMatchObject({ placeId: MODELS.id, lit });
  });
});

describe('the page after the server was away', () => {
  const before = knowing(aScene(), some(VISION.id, '100', '101'), some(MODELS.id, '102'));

  it('keeps earlier messages that were loaded when nothing lies between', () => {
    const loaded = heardEarlier(before, VISION.id, {
      messages: [message({ id: '98' }), message({ id: '100' })],
      hasEarlier: true,
    });
    const state = then(loaded, aScene(), some(VISION.id, '101', '103'));
    expect(idsIn(state, VISION.id)).toEqual(['98', '100', '101', '103']);
    expect(logOf(state, VISION.id).hasEarlier).toBe(true);
  });

  it('lets go of earlier messages when some are missing between', () => {
    const state = then(before, aScene(), some(VISION.id, '200', '201'));
    expect(idsIn(state, VISION.id)).toEqual(['200', '201']);
  });

  it('lets go of what was deleted meanwhile', () => {
    const state = then(before, aScene(), some(VISION.id, '100'));
    expect(idsIn(state, VISION.id)).toEqual(['100']);
  });

  it('marks what came meanwhile in other channels as unread', () => {
    const state = then(before, aScene(), some(MODELS.id, '102', '103'), some(VISION.id, '101', '104'));
    expect(unreadIds(state, MODELS.id)).toEqual(['103']);
    expect(state.unread.has(VISION.id)).toBe(false);
  });

  it('does not repeat what the bot did', () => {
    const happening: ShownHappening = { id: 1, at: 0, text: [], link: null };
    const told: Told = { told: 'happening', happening };
    expect(knowing(aScene(), told, aScene(), told).happenings).toEqual([happening]);
  });

  it('keeps the open channel and what is being written', () => {
    const state = then({ ...opened(before, MODELS.id), draft: '/status' }, aScene());
    expect(state).toMatchObject({ placeId: MODELS.id, draft: '/status' });
  });
});

describe('what the bot did', () => {
  it('is kept a hundred lines long', () => {
    const lines = Array.from({ length: 101 }, (_, id): Told => {
      return { told: 'happening', happening: { id, at: 0, text: [], link: null } };
    });
    const { happenings } = knowing(aScene(), ...lines);
    expect([happenings.length, happenings[0]?.id]).toEqual([100, 1]);
  });
});

describe('a scene that begins anew', () => {
  const before = opened(knowing(aScene(), some(MODELS.id, '100'), one(VISION.id, '101')), MODELS.id);
  const told: Told = { told: 'happening', happening: { id: 1, at: 0, text: [], link: null } };

  it('holds nothing of the old one', () => {
    const state = then(before, told, aScene(scene({ id: 'other', places: [VISION, MODELS] })));
    expect([state.logs.size, state.unread.size, state.happenings.length, state.time]).toEqual([
      0,
      0,
      0,
      null,
    ]);
  });

  it('stays at the channel of that name, whatever its id is now', () => {
    const places = [place({ id: '20', name: 'vision' }), place({ id: '21', name: 'language-models' })];
    expect(then(before, aScene(scene({ id: 'other', places }))).placeId).toBe('21');
  });

  it('does not know that the tab is looked at again by itself', () => {
    const hidden = looked(before, false);
    expect(then(hidden, aScene(scene({ id: 'other', places: [VISION] }))).isLooking).toBe(false);
  });
});

describe('somebody else at the same scene', () => {
  const mods = place({ id: '13', name: 'mods' });
  const asModerator = scene({ places: [VISION, MODELS, mods], viewer: 'Mo' });
  const told: Told = { told: 'happening', happening: { id: 1, at: 0, text: [], link: null } };
  const time: SceneTime = {
    now: 5000,
    speed: 60,
    nextPollAt: null,
    nextDigestAt: null,
    endsAt: 9000,
    isOver: false,
    goingTo: null,
  };

  it('keeps the open channel, the time and what the bot did, not the messages', () => {
    const before = opened(knowing(aScene(), some(MODELS.id, '100'), told, { told: 'time', time }), MODELS.id);
    const state = then(before, aScene(asModerator));
    expect(state).toMatchObject({ placeId: MODELS.id, time });
    expect([state.logs.size, state.happenings.length]).toEqual([0, 1]);
  });

  it('is led to the first channel where the open one is hidden', () => {
    const before = opened(knowing(aScene(asModerator)), mods.id);
    expect(then(before, aScene()).placeId).toBe(VISION.id);
  });

  it('stays in the server when the open channel is deleted', () => {
    const club: Place = place({ id: '30', name: 'general', serverId: 'club' });
    const second: Place = place({ id: '31', name: 'papers', serverId: 'club' });
    const all = scene({
      places: [VISION],
      others: [{ id: 'club', name: 'Reading Club', places: [club, second] }],
    });
    const left = scene({ places: [VISION], others: [{ id: 'club', name: 'Reading Club', places: [club] }] });
    expect(then(opened(knowing(aScene(all)), second.id), aScene(left)).placeId).toBe(club.id);
  });

  it('sees no channel where there is none', () => {
    expect(knowing(aScene(scene({ places: [] }))).placeId).toBeNull();
  });
});

describe('the time of the scene', () => {
  const told = (speed: number): Told => ({
    told: 'time',
    time: {
      now: 5000,
      speed,
      nextPollAt: null,
      nextDigestAt: null,
      endsAt: 9000,
      isOver: false,
      goingTo: null,
    },
  });

  it('goes on by itself at its speed', () => {
    const state = heard(knowing(aScene()), told(60), 1000);
    expect(sceneNow(state, 1010)).toBe(5600);
  });

  it('stands still in a pause', () => {
    expect(sceneNow(heard(knowing(aScene()), told(0), 1000), 2000)).toBe(5000);
  });

  it('is none before it was told', () => {
    expect(sceneNow(BLANK, 1000)).toBe(0);
  });
});

describe('opening', () => {
  it('the open channel once more changes nothing', () => {
    const state = knowing(aScene());
    expect(opened(state, VISION.id)).toBe(state);
  });
});
