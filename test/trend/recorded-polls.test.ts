import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedPolls } from '#src/tools/recorded-polls.ts';
import { readSightings } from '#src/tools/recorded-sightings.ts';

const HEADER = 'paper_id,observed_at,list,list_key,rank_in_list,upvotes,batch_date';
const pollsOf = (...rows: string[]) => [
  ...recordedPolls(readSightings([HEADER, ...rows].join('\n')).sightings),
];

describe('recorded sightings', () => {
  it('are read with columns in any order, some missing, quoted or not, with either line end', () => {
    const text = 'upvotes,list,"paper_id",observed_at\r\n7,api-date,"26,01",2026-03-02T08:00:00Z\r\n';
    const { sightings, unreadable } = readSightings(text);
    expect(unreadable).toEqual([]);
    expect(sightings).toEqual([
      {
        paper: '26,01',
        at: Date.UTC(2026, 2, 2, 8),
        list: 'api-date',
        key: '',
        rank: null,
        votes: 7,
        source: '',
        batchDay: '',
      },
    ]);
  });

  it('name each bad row by line and reason, and keep the good ones', () => {
    const rows = [
      '2603.1,2026-03-02T08:00:00Z,api-date,2026-03-02,1,7,',
      ',2026-03-02T08:00:00Z,api-date,2026-03-02,1,7,',
      '2603.2,yesterday,api-date,2026-03-02,1,7,',
      '2603.2,2026-03-02T08:00:00Z,api-date,2026-03-02,first,7,',
      '2603.2,2026-03-02T08:00:00Z,api-date,2026-03-02,1,many,',
      '2603.2,2026-03-02T08:00:00Z,api-date,2026-03-02,1,7,2026-02-30',
      '2603.2,2026-03-02T08:00:00Z',
      '"2603.2,2026-03-02T08:00:00Z',
    ];
    const { sightings, unreadable } = readSightings([HEADER, ...rows].join('\n'));
    expect(sightings).toHaveLength(1);
    expect(unreadable.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(unreadable.map(({ why }) => why).join('; ')).toMatch(
      /no paper_id; observed_at .* yesterday; rank_in_list .* first; upvotes .* many; batch_date .* 2026-02-30; 2 fields/,
    );
  });

  it('say which column a file lacks', () => {
    const lacks = { line: 1, why: 'the header lacks observed_at' };
    expect(readSightings('paper_id,list\n1,api-date\n2,api-date').unreadable).toEqual([lacks]);
    expect(readSightings('').unreadable).toEqual([
      { line: 1, why: 'the header lacks paper_id, observed_at, list' },
    ]);
  });
});

describe('recorded polls', () => {
  it('gather the rows of one instant and list, in the order of votes', () => {
    const [poll] = pollsOf(
      'b,2026-03-02T08:00:00Z,api-date,2026-03-02,2,5,',
      'a,2026-03-02T08:00:00Z,api-date,2026-03-02,1,9,',
    );
    expect(poll).toMatchObject({ list: 'daily', key: '2026-03-02', complete: true });
    expect(poll.sightings.map(({ paper, place }) => [paper.id, place])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('sort the daily page by votes, which it is not', () => {
    const [poll] = pollsOf(
      'b,2026-03-03T00:04:00Z,page-daily,,1,5,2026-03-02',
      'a,2026-03-03T00:04:00Z,page-daily,,2,9,2026-03-02',
    );
    expect(poll.sightings.map(({ paper }) => paper.id)).toEqual(['a', 'b']);
  });

  it('come in time order from files in any order', () => {
    const polls = pollsOf(
      'a,2026-03-02T14:00:00Z,page-rank,,1,,2026-03-02',
      'a,2026-03-02T08:00:00Z,api-date,2026-03-02,1,9,',
    );
    expect(polls.map(({ seenAt }) => new Date(seenAt).getUTCHours())).toEqual([8, 14]);
  });

  it('tell the batch of a list without one by the hour: the page turns at 01:40 and rests at weekends', () => {
    const keys = [
      '2026-03-03T01:30:00Z',
      '2026-03-03T01:50:00Z',
      '2026-03-08T12:00:00Z',
      '2026-03-09T01:00:00Z',
    ].map((instant, index) => pollsOf(`p${index},${instant},page-rank,,1,,`)[0].key);
    expect(keys).toEqual(['2026-03-02', '2026-03-03', '2026-03-06', '2026-03-06']);
  });

  it('have a paper that a later day lists again in that day’s list too', () => {
    const polls = pollsOf(
      'a,2026-03-02T08:00:00Z,api-date,2026-03-02,1,9,',
      'a,2026-03-11T08:00:00Z,api-date,2026-03-11,1,80,',
      'a,2026-03-11T14:00:00Z,page-rank,,1,,',
    );
    expect(polls.map(({ key, sightings }) => [key, sightings[0].batchDay])).toEqual([
      ['2026-03-02', '2026-03-02'],
      ['2026-03-11', '2026-03-11'],
      ['2026-03-11', '2026-03-11'],
    ]);
  });

  it('leave out lists that mix batches, late lists and stars', () => {
    expect(
      pollsOf(
        'a,2026-03-09T00:15:00Z,page-week,,1,50,2026-03-02',
        'a,2026-03-09T00:16:00Z,page-stars,,,,2026-03-02',
        'a,2026-03-03T02:00:00Z,page-rank,,1,,2026-02-26',
        'b,2026-03-03T02:00:00Z,page-rank,,2,,2026-02-27',
        'c,2026-03-03T02:00:00Z,page-rank,,3,,2026-03-02',
      ),
    ).toEqual([]);
  });

  it('take a list of exactly the page size for one that was cut', () => {
    const rows = Array.from(
      { length: 50 },
      (_, index) => `p${index},2026-03-02T08:00:00Z,api-date,2026-03-02,${index + 1},5,`,
    );
    expect(pollsOf(...rows)[0].complete).toBe(false);
    expect(pollsOf(...rows.slice(1))[0].complete).toBe(true);
  });

  it('use nothing observed later: what is added at the end changes no earlier poll', () => {
    const row = fc.record({
      hour: fc.integer({ min: 0, max: 200 }),
      paper: fc.integer({ min: 0, max: 9 }),
      list: fc.constantFrom('api-date', 'page-daily', 'page-rank', 'page-week'),
      batch: fc.constantFrom('', '2026-03-02', '2026-03-03'),
      votes: fc.nat(99),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 0, max: 200 }), (rows, until) => {
        const texts = rows.map(({ hour, paper, list, batch, votes }) => {
          const at = new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
          return {
            hour,
            text: `p${paper},${at},${list},2026-03-0${2 + (paper % 2)},${paper + 1},${votes},${batch}`,
          };
        });
        const whole = pollsOf(...texts.map(({ text }) => text));
        const early = pollsOf(...texts.filter(({ hour }) => hour <= until).map(({ text }) => text));
        const cut = Date.UTC(2026, 2, 2, until);
        expect(whole.filter(({ seenAt }) => seenAt <= cut)).toEqual(early);
      }),
    );
  });
});
