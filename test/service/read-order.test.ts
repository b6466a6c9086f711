import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { sayPhrase } from '#src/render/say.ts';
import { readHours, readTimeOfDay } from '#src/service/read-hours.ts';
import { type OrderOptions, readOrder } from '#src/service/read-order.ts';
import { readScope } from '#src/service/read-scope.ts';
import { readWhen } from '#src/service/read-when.ts';
import { UserError } from '#src/wording/user-error.ts';

const refusalOf = (read: () => unknown): string => {
  try {
    return `accepted: ${JSON.stringify(read())}`;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
};
const trending = (sensitivity: string | { perDay: number }) => ({ kind: 'trending', sensitivity });
const about = (perDay: number) => trending({ perDay });
const best = (n: number) => ({ kind: 'top', n });

describe('scope', () => {
  it.each<[string, object]>([
    ...['', 'Trending', 'newly trending', 'balanced'].map(
      (text) => [text, trending('balanced')] as [string, object],
    ),
    ...['sure', 'strict', ' STRICT '].map((text) => [text, trending('sure')] as [string, object]),
    ['early', trending('early')],
    ['newly trending (early)', trending('early')],
    ['early newly trending papers', trending('early')],
    ['strict trending', trending('sure')],
    ...['wide', 'everything rising'].map((text) => [text, trending('wide')] as [string, object]),
    ...[
      'about 3 a day',
      '3 a day',
      '3/day',
      '3 per day',
      '~3 a day',
      '３ a day',
      '3 papers a day',
      '3 daily',
    ].map((text) => [text, about(3)] as [string, object]),
    ...['all', 'all new', 'everything', 'every new paper'].map(
      (text) => [text, { kind: 'all' }] as [string, object],
    ),
    ...[
      'top 5',
      'top5',
      'Top-5',
      'best 5',
      'best5',
      '5 best',
      'best 5 a day',
      'best 5/day',
      'top ５',
      'the best 5 of a day',
      'best five',
    ].map((text) => [text, best(5)] as [string, object]),
    ['best 3 a day', best(3)],
    ['the best paper of a day', best(1)],
  ])('%j is understood', (text, scope) => expect(readScope(text).scope).toEqual(scope));

  it.each([
    ['best', 'is not a scope'],
    ['stric', 'Did you mean `strict`?'],
    ['everythin', 'Did you mean `everything`?'],
    ['top 0', 'must be from 1 to 99'],
    ['top 100', 'must be from 1 to 99'],
    ['0 a day', 'must be from 1 to 99'],
    ['9999999999999999999 a day', 'must be from 1 to 99'],
    ['5', 'Write `best 5` for the best of a day, or `about 5 a day` for a sensitivity'],
    ['5 a week', 'counted by the day'],
    ['all early', 'Write `scope:early` or `scope:all`'],
    ['top 5 strict', 'Write `scope:strict` or `scope:top 5`'],
    ['strict early', 'Write `scope:strict` or `scope:early`'],
    ['about 3 a day, wide', 'Write `scope:wide` or `scope:about 3 a day`'],
    ['-3 a day', 'is not a scope'],
    ['constructor', 'is not a scope'],
  ])('%j is answered with what to write', (text, sentence) => {
    expect(refusalOf(() => readScope(text))).toContain(sentence);
    expect(refusalOf(() => readScope(text))).toContain('Nothing was saved.');
  });
});

describe('an hour', () => {
  it.each([
    ...[
      '9',
      '9am',
      '9 am',
      '9 a.m.',
      '9:00',
      '09.00',
      '0900',
      '900',
      '9h',
      '9h00',
      '９：００',
      'at 9',
      '9 o’clock',
      '9 Uhr',
    ].map((text) => [text, '09:00']),
    ['9:30pm', '21:30'],
    ['930pm', '21:30'],
    ['9h30', '09:30'],
    ['9 h 30', '09:30'],
    ['21 h', '21:00'],
    ['21:00 Uhr', '21:00'],
    ['17.30', '17:30'],
    ['23:59', '23:59'],
    ['noon', '12:00'],
    ['12pm', '12:00'],
    ['midnight', '00:00'],
    ['12am', '00:00'],
    ['12:30 am', '00:30'],
    ['24:00', '00:00'],
    ['0', '00:00'],
  ])('%j is %s', (text, hour) => expect(readTimeOfDay(text)).toBe(hour));

  it.each([
    '25:00',
    '9:75',
    '13pm',
    '0am',
    '24:30',
    '9:5',
    '9²',
    '-9',
    '9-10',
    'nine',
    '',
    '12345',
    '9:00:00',
  ])('%j is none', (text) => expect(readTimeOfDay(text)).toBeNull());
});

describe('quiet hours', () => {
  it.each([
    '22:00-07:00',
    '22-7',
    '10pm-7am',
    '10 pm – 7 am',
    '22:00 to 07:00',
    'from 22:00 until 7:00',
    'between 10pm and 7am',
    '22h–7h',
    '22 h – 7 h',
    '22:00—07:00',
    '22:00〜07:00',
    '２２：００－０７：００',
    '22-7am',
    '22:00 -> 07:00',
  ])('%j are from ten to seven', (text) =>
    expect(readHours(text)).toEqual({ from: '22:00', to: '07:00', zone: null }),
  );

  it('may name their zone, and may be none', () => {
    const quiet = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
    expect(readHours('22:00 – 07:00 Europe/Berlin')).toEqual(quiet);
    expect(readHours('10pm-7am (Munich)')).toEqual(quiet);
    expect(readHours('10 pm – 7 am, Berlin')).toEqual(quiet);
    expect(readHours('22-7 Africa/Porto-Novo')).toEqual({ ...quiet, zone: 'Africa/Porto-Novo' });
    for (const text of ['', '  ', 'none', 'Off']) expect(readHours(text)).toBeNull();
  });

  it.each([
    ['22:00', 'not a span of hours'],
    ['22:00-', 'not a span of hours'],
    ['22:00-25:00', 'not a span of hours'],
    ['1-2-3', 'not a span of hours'],
    ['night', 'not a span of hours'],
    ['10-7am', 'can be meant in two ways'],
    ['10pm-7', 'can be meant in two ways'],
    ['22:00-22:00', 'can mean no hour or all of them'],
    ['10pm-22', 'can mean no hour or all of them'],
    ['22-7 IST', 'India, Ireland and Israel'],
    ...['10-7', '9-5 Berlin', 'noon to 2', '12-1'].map((text) => [text, 'can be meant in two ways']),
  ])('%j are refused', (text, sentence) => expect(refusalOf(() => readHours(text))).toContain(sentence));
});

describe('when', () => {
  const daily = { kind: 'daily' };
  const weekly = (weekday: number) => ({ kind: 'weekly', weekday });
  const plain = { at: null, zone: null };

  it.each<[string, object]>([
    ['', { ...plain, frequency: null }],
    ...['as it happens', 'As-it-happens', 'as they happen', 'instantly', 'now'].map(
      (text) => [text, { ...plain, frequency: { kind: 'now' } }] as [string, object],
    ),
    ...['daily', 'every day', 'once a day'].map(
      (text) => [text, { ...plain, frequency: daily }] as [string, object],
    ),
    ...[
      'daily 9am',
      'every day at 9',
      'daily at 09:00',
      '9am',
      '9am daily',
      'at 9 every day',
      'ｄａｉｌｙ ９：００',
    ].map((text) => [text, { at: '09:00', zone: null, frequency: daily }] as [string, object]),
    ...['weekly', 'every week', 'mondays', 'weekly on Monday', 'weekly_monday'].map(
      (text) => [text, { ...plain, frequency: weekly(1) }] as [string, object],
    ),
    ...['weekly on fridays', 'Fri', 'every friday', 'on Friday', 'weekly friday'].map(
      (text) => [text, { ...plain, frequency: weekly(5) }] as [string, object],
    ),
    ['thurs', { ...plain, frequency: weekly(4) }],
    ['fridays 18:00 Berlin', { at: '18:00', zone: 'Europe/Berlin', frequency: weekly(5) }],
    ['daily at 09:00 (Asia/Kolkata)', { at: '09:00', zone: 'Asia/Kolkata', frequency: daily }],
    ['daily Mumbai', { at: null, zone: 'Asia/Kolkata', frequency: daily }],
  ])('%j is understood', (text, read) => expect(readWhen(text)).toEqual(read));

  it.each<readonly [string, string]>([
    ...['hourly', 'weekdays', 'every 2 hours', 'monthly', 'twice a day', 'mon, wed', 'monday to friday'].map(
      (text) => [text, 'Write `when:as it happens`, `when:daily` or `when:weekly friday`'] as const,
    ),
    ['dayly', 'Did you mean `daily`?'],
    ['weekly firday', 'Did you mean `weekly friday`?'],
    ['weekly on someday', 'is not a time to post'],
    ['never', 'is not a time to post'],
    ['daily 25:00', '“25:00” is not a time of day'],
    ['daily 9am IST', 'India, Ireland and Israel'],
    ['daily 9am LA', 'the United States and Laos'],
    ['weekly Fr', 'Did you mean `weekly friday`?'],
    ['weekly Mo', 'Did you mean `weekly monday`?'],
    ['daily my time', 'is not a time to post'],
    ['daily 9am my time', '“9am my time” is not a time of day'],
    ['daily 9 pm pm', '“9 pm pm” is not a time of day'],
    ['daily at nine', '“nine” is not a time of day'],
  ])('%j is answered with what to write', (text, sentence) => {
    expect(refusalOf(() => readWhen(text))).toContain(sentence);
  });
});

describe('options beside each other', () => {
  const plain: OrderOptions = {
    ...{ scope: '', when: '', at: '', zone: '', quiet: '', cap: null, place: '' },
    ...{ silent: false, publish: false, channel: { type: ChannelType.GuildText }, role: null },
  };
  const order = (more: Partial<OrderOptions>) => readOrder({ ...plain, ...more });
  const [NEWS, FORUM] = [{ type: ChannelType.GuildAnnouncement }, { type: ChannelType.GuildForum }];
  const UTC =
    'The hours are UTC. Write your city in `zone`, for example `zone:Berlin`, to have them in your own time.';
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
      { when: 'as it happens', scope: 'top 5' },
      'Write `when:daily` to have them in a digest, or `scope:balanced`',
    ],
    [{ when: 'daily', scope: 'best 5 a week' }, 'Write `when:weekly`, or `scope:best 5 a day`.'],
    [
      { when: 'weekly', scope: 'best 5 a day' },
      'Write `when:daily`, or `scope:best 5 a week` for a weekly digest.',
    ],
    [{ quiet: '22-22', when: 'daily' }, 'can mean no hour or all of them'],
    [
      { zone: 'EST' },
      '“EST” is used in the United States, Canada, Panama and Jamaica. Pick one: `zone:New York`',
    ],
    [
      { zone: 'HST' },
      '“HST” is the name of more than one time zone. Pick one: `zone:Honolulu` (the United States)',
    ],
    [{ zone: 'PST' }, 'in the United States, Canada, Mexico and the Philippines.'],
    [{ zone: 'USA' }, '“USA” has more than one time zone. Write the city whose time it is'],
    [{ zone: 'UTC+2' }, '`zone:Berlin` (in summer)'],
    [{ zone: 'UTC+20' }, 'No place has the time “UTC+20”.'],
    [{ zone: 'Berln' }, 'Did you mean `zone:Berlin`'],
    [{ at: '9 foo bar' }, '“9 foo bar” is not a time of day.'],
  ])('%o are refused, with the ways to mend it', (more, sentence) => {
    expect(refusalOf(() => order(more))).toContain(sentence);
    expect(refusalOf(() => order(more))).toMatch(/Nothing was saved\.$/);
  });

  it.each<[Partial<OrderOptions>, object, string[]]>([
    [{}, {}, []],
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
    [{ zone: 'Berlin', scope: 'best 5' }, { when: berlin }, []],
    [{ zone: 'Berlin', quiet: '22-7' }, { quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' } }, []],
    [{ at: '9 Berlin', zone: 'Munich' }, { when: berlin }, []],
    [{ when: 'daily', at: '9' }, { when: { ...berlin, zone: 'UTC' } }, [UTC]],
    [{ scope: 'best 5' }, { when: { kind: 'now' } }, [UTC]],
    [{ scope: 'best 5 a week', zone: 'Berlin' }, { when: { ...berlin, kind: 'weekly', weekday: 1 } }, []],
    [{ quiet: '22-7' }, {}, [UTC]],
    [{ when: 'daily', zone: 'UTC' }, { when: { ...berlin, zone: 'UTC' } }, []],
    [
      { cap: 3, when: 'daily', zone: 'Berlin' },
      { cap: 10 },
      ['A cap counts single cards, and here all papers come in a digest, so `cap` is left out.'],
    ],
    [
      { cap: 3, scope: 'best 5', zone: 'Berlin' },
      { cap: 10 },
      ['A cap counts single cards, and here all papers come in a digest, so `cap` is left out.'],
    ],
    [{ cap: 3 }, { cap: 3 }, []],
    [
      { cap: 1, scope: 'about 3 a day' },
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
    expect(read.draft).toMatchObject(draft);
    expect(read.notes.map(sayPhrase)).toEqual(notes);
  });
});
