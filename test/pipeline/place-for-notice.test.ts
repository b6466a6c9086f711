import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import {
  calledThere,
  calledTogether,
  isHiddenThere,
  isSeenByAll,
  placeForNotice,
  roomForNotices,
  withChosenRoom,
} from '#src/pipeline/place-for-notice.ts';
import type { Audience, KnownChannel, Servers, ShownTo } from '#src/pipeline/postman.ts';
import { SETTINGS_OF_NEW } from '#src/subscription/server-settings.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aGateway, textChannel } from './some-servers.ts';

const about = { serverId: 's', destination: 'channel:c' } as const;
const at = (id: string): PostPlace => ({ serverId: 's', destination: `channel:${id}`, kind: 'message' });
const mods: Audience = [{ id: 'mods', manages: true }];
const members: Audience = [{ id: 'members', manages: false }];
const both: Audience = [...mods, ...members];
const no = { moderators: null, system: null };
const reason = phrase('hold.threadLocked');

type Gateway = {
  channels: readonly (string | KnownChannel)[];
  /** Who sees a channel; everybody, where it is not named. */
  seen?: Record<string, Audience | null>;
  named?: Record<string, ShownTo>;
  rooms?: Partial<ReturnType<Servers['ownRooms']>>;
  /** Channels that take no words, nor papers. */
  shut?: readonly string[];
  /** Channels that take words though no papers. */
  wordsOnly?: readonly string[];
};

function gateway({
  channels,
  seen = {},
  named = {},
  rooms = {},
  shut = [],
  wordsOnly = [],
}: Gateway): Servers {
  const known = channels.map((one) => (typeof one === 'string' ? textChannel(one) : one));
  return aGateway(known, {
    audience: (id) => (id in seen ? seen[id] : 'everybody'),
    named: (id) => named[id] ?? {},
    ownRooms: () => ({ ...no, ...rooms }),
    obstacle: (place, carries = 'papers') => {
      const id = channelOfDestination(place);
      const hinders =
        place.kind !== 'message' || shut.includes(id) || (carries !== 'words' && wordsOnly.includes(id));
      return hinders ? { code: 'permission-missing', reason } : null;
    },
  });
}

/** The channel in which moderators are told of trouble in `c`. */
const roomIn = (of: Gateway, isDeaf = false) => {
  const where = placeForNotice(gateway(of), about, isDeaf);
  return where && channelOfDestination(where);
};

describe('words to moderators go', () => {
  it('where the moderators chose, in front of all others, be it the channel in trouble; else as if they had not', () => {
    const rooms = { chosen: 'mods', moderators: 'updates', system: 'lobby' };
    expect(roomIn({ channels: ['c', 'updates', 'mods'], rooms })).toBe('mods');
    expect(roomIn({ channels: ['c', 'updates'], rooms: { ...rooms, chosen: 'c' } })).toBe('c');
    expect(roomIn({ channels: ['c', 'updates'], rooms: { ...rooms, chosen: 'c' } }, true)).toBe('updates');
    expect(roomIn({ channels: ['c', 'updates', 'mods'], rooms, shut: ['mods'] })).toBe('updates');
    expect(roomIn({ channels: ['c', 'updates'], rooms })).toBe('updates');
  });

  it('about no channel in particular to the same place, as the settings of the server say it', () => {
    const servers = gateway({ channels: ['updates', 'mods'], rooms: { moderators: 'updates' } });
    expect(roomForNotices(servers, 's')).toBe('updates');
    const settings = (id: string) => ({ ...SETTINGS_OF_NEW, notices: id === 's' ? 'mods' : null });
    const chosen = withChosenRoom(servers, { settings });
    expect(chosen.ownRooms('s')).toEqual({ moderators: 'updates', system: null, chosen: 'mods' });
    expect([roomForNotices(chosen, 's'), roomForNotices(gateway({ channels: [] }), 's')]).toEqual([
      'mods',
      null,
    ]);
  });

  it('as plain words into the server that they are about', () => {
    expect(placeForNotice(gateway({ channels: ['c', 'staff'] }), about)).toEqual(at('staff'));
  });

  it.each<[string, Gateway, string | null]>([
    [
      'to what Discord calls the moderators’ channel, whatever else is hidden',
      { channels: ['c', 'lounge', 'updates'], seen: { lounge: mods }, rooms: { moderators: 'updates' } },
      'updates',
    ],
    [
      'not to a moderators’ channel that takes no words',
      { channels: ['c', 'updates', 'staff'], rooms: { moderators: 'updates' }, shut: ['updates'] },
      'staff',
    ],
    [
      'rather where not everybody reads than by a name',
      { channels: ['c', 'mods', 'lounge'], seen: { lounge: members } },
      'lounge',
    ],
    [
      'rather by a name than to the system channel',
      { channels: ['c', 'system', 'mods'], rooms: { system: 'system' } },
      'mods',
    ],
    [
      'to the system channel where no name tells of moderators',
      { channels: ['c', 'general', 'system'], rooms: { system: 'system' } },
      'system',
    ],
    ['to the channel itself where nothing else is there', { channels: ['c', 'general'] }, 'c'],
    ['nowhere where nothing takes words', { channels: ['c'], shut: ['c'] }, null],
    ['nowhere where the channel is gone and no other is meant for it', { channels: ['general'] }, null],
    [
      'not into the channel itself before others, though it is the moderators’ own',
      { channels: ['c', 'mods'], rooms: { moderators: 'c' } },
      'mods',
    ],
    [
      'into the channel itself like any other where it takes words though no papers',
      { channels: ['c', 'mods'], rooms: { moderators: 'c' }, wordsOnly: ['c'] },
      'c',
    ],
    [
      'to whom it is not known who reads there only by a name',
      { channels: ['c', 'lounge', 'staff'], seen: { lounge: null } },
      'staff',
    ],
  ])('%s', (_, of, room) => {
    expect(roomIn(of)).toBe(room);
  });

  it('not into the channel itself where Discord refuses and the gateway does not see why', () => {
    const alone: Gateway = { channels: ['c'] };
    expect(placeForNotice(gateway(alone), about)).toEqual(at('c'));
    expect(roomIn(alone, true)).toBeNull();
    expect(roomIn({ channels: ['c', 'mods'] }, true)).toBe('mods');
  });

  it.each([
    ...['mod', 'mods', 'moderator', 'moderators', 'staff', 'admin', 'Admins', 'mod-room'],
    ...['staff-chat', 'mods-only', 'mod-log', 'admin-logs', 'staff-notices'],
  ])('into a room called %s', (name) => {
    const room = textChannel('room', { name });
    expect(roomIn({ channels: ['c', room, 'system'], rooms: { system: 'system' } })).toBe('room');
  });

  it.each(['multimodal-models', 'staff-picks', 'mod-loaders', 'the-mods', 'mods-', 'bot-logs'])(
    'not into %s, which is no room of moderators',
    (name) => {
      const room = textChannel('room', { name });
      expect(roomIn({ channels: ['c', room, 'system'], rooms: { system: 'system' } })).toBe('system');
    },
  );

  it.each<[string, number, boolean]>([
    ['a text channel', ChannelType.GuildText, true],
    ['an announcement channel', ChannelType.GuildAnnouncement, true],
    ['a forum', ChannelType.GuildForum, false],
    ['a voice channel', ChannelType.GuildVoice, false],
  ])('where Discord’s own room is %s: %i, %s', (_, type, isTaken) => {
    const room = textChannel('room', { type });
    expect(roomIn({ channels: ['c', room], rooms: { moderators: 'room' } })).toBe(isTaken ? 'room' : 'c');
  });

  it('not into an announcement channel only because few see it, or because of its name', () => {
    const news = textChannel('mods', { type: ChannelType.GuildAnnouncement });
    expect(roomIn({ channels: ['c', news], seen: { mods } })).toBe('c');
  });
});

describe('of several channels that not everybody sees', () => {
  it.each<[string, Record<string, Audience>, string]>([
    [
      'one that moderators see, though others do too',
      { a: members, b: [...both, { id: 'x', manages: false }] },
      'b',
    ],
    ['one that moderators see, though it comes first', { a: both, b: [] }, 'a'],
    ['the one with fewer others', { a: [...both, { id: 'x', manages: false }], b: both }, 'b'],
    ['the first of equals', { a: both, b: both }, 'a'],
    ['the one where moderators are among themselves', { a: both, b: mods, d: mods }, 'b'],
    ['the one with the fewest where moderators see none', { a: members, b: [] }, 'b'],
  ])('it is %s', (_, seen, room) => {
    expect(roomIn({ channels: ['c', ...Object.keys(seen)], seen })).toBe(room);
  });
});

describe('a channel is hidden from those who read a notice', () => {
  const isHidden = (seen: Record<string, Audience | null>, named: Record<string, ShownTo> = {}) =>
    isHiddenThere(gateway({ channels: ['c', 'room'], seen, named }), at('room'), 'c');

  it.each<[string, boolean, Record<string, Audience | null>, Record<string, ShownTo>?]>([
    ['where everybody sees both', false, {}],
    ['where few read the notice, and everybody sees the channel', false, { room: mods }],
    ['where everybody reads the notice, and few see the channel', true, { c: mods }],
    ['where all who read see the channel too', false, { c: both, room: mods }],
    ['where one who reads does not see it', true, { c: mods, room: both }],
    ['where nobody knows who sees it', true, { c: null }],
    ['where nobody knows who sees it, and few read', true, { c: null, room: mods }],
    ['where nobody knows who reads', true, { room: null }],
    ['where it is closed to somebody who is among everybody', true, {}, { c: { ben: false } }],
    ['where it is shown to somebody apart', false, {}, { c: { ben: true } }],
    ['where it is closed to who reads', true, { room: mods }, { c: { mods: false } }],
    ['where it is closed to one of those who read', true, { room: both }, { c: { mods: false } }],
    ['where it is closed to who does not read', false, { room: mods }, { c: { ben: false } }],
    ['where both are closed to the same', false, {}, { c: { ben: false }, room: { ben: false } }],
    [
      'where it is closed to one to whom the room is open',
      true,
      { room: mods },
      { c: { ben: false }, room: { ben: true } },
    ],
  ])('%s: %s', (_, expected, seen, named) => {
    expect(isHidden(seen, named)).toBe(expected);
  });

  it('never from those who read it there', () => {
    expect(isHiddenThere(gateway({ channels: ['c'], seen: { c: null } }), at('c'), 'c')).toBe(false);
  });

  it('that was deleted when nothing was noted of single members, by who saw it', () => {
    const servers = gateway({ channels: ['room'], seen: { room: mods } });
    expect(isSeenByAll(servers, at('room'), { audience: both })).toBe(true);
    expect(isSeenByAll(servers, at('room'), { audience: members })).toBe(false);
  });
});

describe('in a notice channels', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`);
  const called = (channelIds: string[], hidden: string[] = []) => {
    const seen = Object.fromEntries(hidden.map((id) => [id, mods]));
    const { named, count } = calledTogether(gateway({ channels: ['room'], seen }), at('room'), channelIds);
    return { count, text: inEnglish(phrase('hold.cannotPost', { channels: named, trouble: reason })) };
  };

  it('are named once each', () => {
    expect(called(['c1', 'c2', 'c1'])).toEqual({
      count: 2,
      text: 'I cannot post in <#c1> and <#c2> any more: the thread is locked.',
    });
  });

  it('that are hidden there are counted', () => {
    expect(called(['c1', 'c2', 'c3'], ['c2', 'c3'])).toEqual({
      count: 3,
      text: 'I cannot post in <#c1> and 2 channels that not everybody here can see any more: the thread is locked.',
    });
  });

  it('are named as far as a message takes them: forty, and then the number of the rest', () => {
    expect(called(ids(40)).text).not.toContain('more channel');
    expect(called(ids(42)).text).toContain('<#c39> and 2 more channels any more');
    expect(called(ids(42)).text).not.toContain('<#c40>');
  });

  it('stand there alone as among others', () => {
    const servers = gateway({ channels: ['room'], seen: { c2: mods } });
    expect(calledThere(servers, at('room'), 'c1')).toEqual(calledTogether(servers, at('room'), ['c1']).named);
    expect(
      inEnglish(
        phrase('step.thread', { channel: calledThere(servers, at('room'), 'c2'), reason: 'x', isOver: 'no' }),
      ),
    ).toContain('In a channel that not everybody here can see I posted a paper');
  });
});
