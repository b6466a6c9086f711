import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { sayPhrase } from '#src/render/say.ts';
import { type OrderOptions, readOrder, ZoneNeededError } from '#src/service/read-order.ts';
import { refusalOf } from './refusal-of.ts';

const PLAIN_ORDER: OrderOptions = {
  ...{
    mention: '',
    what: '',
    sensitivity: '',
    when: '',
    at: '',
    zone: '',
    quiet: '',
    cap: null,
    place: '',
  },
  ...{ silent: false, publish: false, channel: { type: ChannelType.GuildText }, role: null },
};

describe('options beside each other', () => {
  const order = (more: Partial<OrderOptions>) => readOrder({ ...PLAIN_ORDER, ...more }, 'UTC');
  const [NEWS, FORUM] = [{ type: ChannelType.GuildAnnouncement }, { type: ChannelType.GuildForum }];
  const berlin = { kind: 'daily', at: '09:00', zone: 'Europe/Berlin' };

  it.each<[Partial<OrderOptions>, string]>([
    [{ cap: 0 }, 'A cap of 0 cannot be kept. Write a whole number from 1 to 100.'],
    [{ cap: 101 }, 'A cap of 101'],
    [{ cap: 1e300 }, 'A cap of 1e+300'],
    [{ cap: 2.5 }, 'A cap of 2.5'],
    [{ place: 'sideways' }, 'Write `message` or `thread`.'],
    [{ at: '9 Tokyo', zone: 'Berlin' }, 'You named two time zones, Europe/Berlin and Asia/Tokyo'],
    [{ when: 'daily 9am', at: '10' }, 'You named two hours, 09:00 in `when` and 10:00 in `at`.'],
    [{ when: 'as it happens', at: '9' }, 'Write `when:daily 09:00` to have a digest, or leave `at` out.'],
    [{ when: 'now 9am' }, 'Write `when:daily 09:00` to have a digest'],
    [
      { when: 'as it happens', what: ' top 5 ' },
      'so `what:top 5` cannot come as it happens. Write `when:daily` to have them in a digest, or `what:newly trending`',
    ],
    [{ when: 'now 9am', what: 'top 5' }, 'so `what:top 5` cannot come as it happens.'],
    [{ when: 'daily', what: 'best 5 a week' }, 'Write `when:weekly`, or `what:best 5 a day`.'],
    [
      { when: 'weekly', what: 'best 5 a day' },
      'Write `when:daily`, or `what:best 5 a week` for a weekly digest.',
    ],
    [{ quiet: '22-22', when: 'daily' }, 'can mean no hour or all of them'],
    [
      { zone: 'EST' },
      '“EST” is used in the United States, Canada, Panama and Jamaica. Pick one: `zone:New York`, ',
    ],
    [
      { zone: 'HST' },
      '“HST” is the name of more than one time zone. Pick one: `zone:Honolulu` (the United States)',
    ],
    [{ zone: 'PST' }, 'in the United States, Canada, Mexico and the Philippines.'],
    [{ zone: 'USA' }, '“USA” has more than one time zone. Write the city whose time it is'],
    [{ zone: 'UTC+2' }, '`zone:Berlin` (in summer)'],
    [{ zone: 'UTC+9' }, '`zone:Tokyo` (all year)'],
    [{ zone: 'UTC+20' }, 'No place has the time “UTC+20”.'],
    [{ zone: 'Berln' }, 'Did you mean `zone:Berlin`'],
    [{ at: '9 foo bar' }, '“9 foo bar” is not a time of day.'],
  ])('%o are refused, with the ways to mend it', (more, sentence) => {
    expect(refusalOf(() => order(more))).toContain(sentence);
    expect(refusalOf(() => order(more))).toMatch(/Nothing was saved\.$/);
  });

  it.each<[Partial<OrderOptions>, object, string[]]>([
    [{}, { when: { kind: 'now' }, cap: 10, quiet: null, place: 'message', silent: false, roleId: null }, []],
    [{ at: ' ', zone: ' ' }, { when: { kind: 'now' } }, []],
    [{ silent: true }, { silent: true }, []],
    [{ when: 'fridays', zone: 'Berlin' }, { when: { ...berlin, kind: 'weekly', weekday: 5 } }, []],
    [{ when: 'daily 9am', at: '9', zone: 'Berlin' }, { when: berlin }, []],
    [{ cap: 1 }, { cap: 1 }, []],
    [{ cap: 100 }, { cap: 100 }, []],
    [{ cap: 1, what: 'all' }, { cap: 1 }, []],
    [{ what: 'about 3 a day' }, { cap: 10 }, []],
    [{ cap: 3, what: 'about 3 a day' }, { cap: 3 }, []],
    [{ cap: 5, what: 'about 3 a day' }, { cap: 5 }, []],
    [
      { cap: 1, what: 'about 3 a day', when: 'daily Berlin' },
      { when: berlin, cap: 10 },
      ['A cap counts single cards, and here all papers come in a digest, so `cap` is left out.'],
    ],
    [{ publish: true }, { publish: false }, ['Publishing needs an announcement channel, so it is left out.']],
    [
      { publish: true, channel: FORUM },
      { publish: false },
      ['Publishing needs an announcement channel, so it is left out.'],
    ],
    [
      { publish: true, channel: NEWS },
      { publish: true },
      [
        'Only digests are published to followers. Papers that come as they happen stay in this channel; what is over the cap comes as a digest, and that is published.',
      ],
    ],
    [{ publish: true, channel: NEWS, when: 'daily', zone: 'Berlin' }, { publish: true }, []],
    [
      { zone: 'Berlin' },
      { when: { kind: 'now' } },
      ['No hour of this subscription depends on a time zone, so `zone` is left out.'],
    ],
    [{ zone: 'Berlin', what: 'best 5' }, { when: berlin }, []],
    [{ zone: 'Berlin', quiet: '22-7' }, { quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' } }, []],
    [{ at: '9 Berlin', zone: 'Munich' }, { when: berlin }, []],
    [{ when: 'daily', at: '9' }, { when: { ...berlin, zone: 'UTC' } }, []],
    [{ what: 'best 5' }, { when: { ...berlin, zone: 'UTC' } }, []],
    [{ what: 'best 5 a week', zone: 'Berlin' }, { when: { ...berlin, kind: 'weekly', weekday: 1 } }, []],
    [{ quiet: '22-7' }, {}, []],
    [{ when: 'daily', zone: 'UTC' }, { when: { ...berlin, zone: 'UTC' } }, []],
    [
      { cap: 3, when: 'daily', zone: 'Berlin' },
      { cap: 10 },
      ['A cap counts single cards, and here all papers come in a digest, so `cap` is left out.'],
    ],
    [
      { cap: 3, what: 'best 5', zone: 'Berlin' },
      { cap: 10 },
      ['A cap counts single cards, and here all papers come in a digest, so `cap` is left out.'],
    ],
    [{ cap: 3 }, { cap: 3 }, []],
    [
      { cap: 1, what: 'about 3 a day' },
      { cap: 1 },
      [
        'About 3 a day over all topics is more than the cap of 1: where that many match here, 1 comes as a card and the rest in a digest.',
      ],
    ],
    [{ place: 'thread' }, { place: 'thread' }, []],
    [{ place: 'thread', channel: NEWS }, { place: 'thread' }, []],
    [
      { place: 'thread', channel: FORUM },
      { place: 'forum' },
      ['A forum has a post for each paper, with its own discussion, so `place:thread` is left out.'],
    ],
    [
      { place: 'message', channel: FORUM },
      { place: 'forum' },
      ['A forum takes no plain messages, so `place:message` is left out: each paper gets a post.'],
    ],
    [
      { place: 'thread', channel: FORUM, when: 'daily Berlin' },
      { place: 'forum' },
      ['A forum takes no plain messages, so `place` is left out: each digest gets a post.'],
    ],
    [
      { place: 'thread', when: 'daily Berlin' },
      { place: 'message' },
      ['A digest is one message for all its papers, so threads are left out.'],
    ],
    [
      { silent: true, role: { id: '7' } },
      { silent: true, roleId: '7' },
      ['Silent posts make no sound and send no push; members with the role see the mention when they look.'],
    ],
    [{ role: { id: '7' } }, { roleId: '7' }, []],
    [
      { mention: 'digests' },
      { roleId: null },
      ['`mention` says when a role is mentioned, and no `role` was picked, so it is left out.'],
    ],
    [{ when: 'as it happens', cap: 3 }, { when: { kind: 'now' }, cap: 3 }, []],
    [{ when: 'as it happens', place: 'thread' }, { place: 'thread' }, []],
    [
      { when: 'daily', zone: 'Etc/GMT-2' },
      { when: { ...berlin, zone: 'Etc/GMT-2' } },
      ['`Etc/GMT-2` is UTC+2: these names turn the sign round.'],
    ],
    [
      { when: 'daily', zone: 'AoE' },
      { when: { ...berlin, zone: 'Etc/GMT+12' } },
      ['`Etc/GMT+12` is UTC-12: these names turn the sign round.'],
    ],
  ])('%o are kept, or what is left out is named', (more, draft, notes) => {
    const read = order(more);
    expect(read.draft).toEqual({ ...read.draft, ...draft });
    expect(read.notes.map(sayPhrase)).toEqual(notes);
  });
});

describe('the zone of an hour that names none', () => {
  const daily = { ...PLAIN_ORDER, when: 'daily 9' };

  it('is the server’s', () => {
    expect(readOrder(daily, 'Asia/Tokyo').draft.when).toMatchObject({ at: '09:00', zone: 'Asia/Tokyo' });
  });

  it('gives way to one that is named', () => {
    expect(readOrder({ ...daily, zone: 'Berlin' }, 'Asia/Tokyo').draft.when).toMatchObject({
      zone: 'Europe/Berlin',
    });
  });

  it.each([{ when: 'daily 9' }, { quiet: '22-7' }, { what: 'best 3' }, { what: 'all', when: 'friday' }])(
    'is asked for where there is none: %o',
    (more) => {
      expect(() => readOrder({ ...PLAIN_ORDER, ...more }, null)).toThrow(ZoneNeededError);
    },
  );

  it('is not asked for where nothing has an hour', () => {
    expect(readOrder({ ...PLAIN_ORDER, what: 'all' }, null).draft.when).toEqual({ kind: 'now' });
  });
});
