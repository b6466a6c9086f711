import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import { NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { hasRecordings, RECORDINGS, recordedBatch, recordedDays } from '#test/fakes/recorded-hugging-face.ts';

type Line = {
  at: string;
  channel: string;
  kind: string;
  papers: string[];
  titles: string[];
  filters: string[];
  reason: string | string[];
};

const room = mkdtempSync(join(tmpdir(), 'paperboy-replay-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

function run(words: readonly string[], env: Record<string, string> = {}) {
  const options = { encoding: 'utf8', maxBuffer: 1e9, env: { ...process.env, ...env } } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/tools/replay.ts', ...words], options);
  const posts = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Line => JSON.parse(line));
  return { stdout, stderr, status, posts };
}

let files = 0;
/** Replays 2 to 6 March over a folder; subscriptions as JSON lines. */
function replay(folder: string, subscriptions: readonly (object | string)[], ...more: string[]) {
  const file = join(room, `subscriptions-${++files}.jsonl`);
  const lines = subscriptions.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  writeFileSync(file, `${lines.join('\n')}\n`);
  const span = ['--from', '2026-03-02', '--to', '2026-03-06'];
  return run(['--recordings', folder, ...span, '--subscriptions', file, ...more]);
}

/** The day's batch of a dozen papers; the first has by far the most votes, and each is named after its place. */
function batch(day: string, share = 1): object[] {
  return Array.from({ length: 12 }, (_, index) => ({
    paper: {
      id: `2603.${day.slice(8)}${String(index + 1).padStart(3, '0')}`,
      title:
        index % 2 === 0
          ? `Diffusion number ${index + 1} of ${day}`
          : `Retrieval number ${index + 1} of ${day}`,
      summary: index === 2 ? 'A survey.' : 'A method.',
      upvotes: Math.round((100 * share) / (index + 1)),
      submittedOnDailyAt: `${day}T03:00:00.000Z`,
    },
  }));
}

const idOf = (day: string, place: number) => `2603.${day.slice(8)}${String(place).padStart(3, '0')}`;

/** A folder of recordings: name -> body, packed where the name says so. */
function folderOf(recordings: Record<string, unknown>): string {
  const folder = join(room, `recordings-${++files}`);
  for (const [name, body] of Object.entries(recordings)) {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  }
  return folder;
}

const DAYS = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'];
const papersOf = (posts: readonly Line[]) => posts.flatMap(({ papers }) => papers);

describe('npm run replay over five recorded days', () => {
  let folder = '';
  beforeAll(() => {
    const before = ['2026-02-26', '2026-02-27'];
    const days = Object.fromEntries([...before, ...DAYS].map((day) => [`2026/${day}.json.gz`, batch(day)]));
    folder = folderOf({
      ...days,
      'observed_at.csv': [
        'daily_date,observed_at_commit_time,commit,papers,version,note',
        ...[...before, ...DAYS].map((day) => `${day},${day}T20:00:00Z,abc,12,latest,`),
        '2026-03-02,2026-03-02T09:30:00Z,abc,12,earlier,repr->json',
      ].join('\n'),
      'earlier-versions/2026-03-02@2026-03-02T093000Z.json.gz': batch('2026-03-02', 0.3),
      '2026/notes.txt': 'no recording',
    });
  });

  it('posts every matching new paper once, when it was seen first, in each channel that wants it', () => {
    const { posts, status, stderr } = replay(folder, [
      { channel: 'vision', filter: 'diffusion -survey', what: 'all' },
      { channel: 'vision', filter: 'title:diffusion', what: 'all', cap: 100 },
      { channel: 'search', filter: 'retrieval', what: 'all', cap: 100 },
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const papers = (channel: string) => papersOf(posts.filter((post) => post.channel === channel)).sort();
    const places = (wanted: number[]) => DAYS.flatMap((day) => wanted.map((place) => idOf(day, place)));
    expect(papers('vision')).toEqual(places([1, 3, 5, 7, 9, 11]));
    expect(papers('search')).toEqual(places([2, 4, 6, 8, 10, 12]));
    expect(posts.find(({ papers }) => papers[0] === '2603.02001')).toEqual({
      at: '2026-03-02T09:30:00.000Z',
      channel: 'vision',
      kind: 'card',
      papers: ['2603.02001'],
      titles: ['Diffusion number 1 of 2026-03-02'],
      filters: ['diffusion -survey', 'title:diffusion'],
      reason: 'First seen on 2 March',
    });
    expect(posts.find(({ papers }) => papers[0] === '2603.02003')?.filters).toEqual(['title:diffusion']);
  });

  it('tells why a paper is newly trending, and learns from the days before without posting them', () => {
    const { posts } = replay(folder, [{ channel: 'vision', filter: 'diffusion' }]);
    expect(posts.map(({ at, papers }) => `${at} ${papers}`)).toEqual([
      '2026-03-02T20:00:00.000Z 2603.02001',
      ...DAYS.slice(1).map((day) => `${day}T20:00:00.000Z ${idOf(day, 1)}`),
    ]);
    expect(posts[1].reason).toBe('1st of 12 papers of 3 March (100 upvotes at 20 h; the top tenth had 50)');
  });

  it('sends what a digest gathers at its local hour, each paper with its reason', () => {
    const { posts } = replay(folder, [
      {
        channel: 'daily',
        filter: 'diffusion',
        what: 'all',
        when: 'daily',
        at: '09:00',
        zone: 'Europe/Berlin',
      },
      {
        channel: 'weekly',
        filter: 'retrieval',
        what: 'all',
        when: 'weekly friday',
        at: '9',
        zone: 'Asia/Tokyo',
      },
    ]);
    const daily = posts.filter(({ channel }) => channel === 'daily');
    expect(daily.map(({ at }) => at)).toEqual([
      '2026-03-03T08:00:00.000Z',
      '2026-03-04T08:00:00.000Z',
      '2026-03-05T08:00:00.000Z',
      '2026-03-06T08:00:00.000Z',
      '2026-03-07T08:00:00.000Z',
    ]);
    expect(daily[0]).toMatchObject({
      kind: 'digest',
      filters: ['diffusion'],
      reason: Array(6).fill('First seen on 2 March'),
    });
    expect(daily[0].titles).toHaveLength(6);
    const weekly = posts.filter(({ channel }) => channel === 'weekly');
    expect(weekly.map(({ at, papers }) => [at, papers.length])).toEqual([
      ['2026-03-06T00:00:00.000Z', 24],
      ['2026-03-13T00:00:00.000Z', 6],
    ]);
  });

  it('puts what is over the cap into one digest, and gives the best of each day at their hour', () => {
    const { posts } = replay(folder, [
      { channel: 'few', filter: 'diffusion', what: 'all', cap: 2 },
      { channel: 'best', filter: 'diffusion OR retrieval', what: 'top 3', when: 'daily', at: '21:00' },
    ]);
    const of = (name: string) =>
      posts
        .filter(({ channel }) => channel === name)
        .map(({ at, kind, papers }) => [at, kind, papers.length]);
    expect(of('few').slice(0, 3)).toEqual([
      ['2026-03-02T09:30:00.000Z', 'card', 1],
      ['2026-03-02T09:30:00.000Z', 'card', 1],
      ['2026-03-03T09:00:00.000Z', 'digest', 4],
    ]);
    expect(of('best')).toEqual(DAYS.map((day) => [`${day}T21:00:00.000Z`, 'digest', 3]));
  });

  it('reads files that say scope, as they were written for earlier versions, just as what and sensitivity', () => {
    const said = (options: object) => replay(folder, [{ channel: 'a', filter: 'number', ...options }]).stdout;
    expect(said({ scope: 'early' })).toBe(said({ sensitivity: 'early' }));
    expect(said({ scope: 'early' })).not.toBe(said({ sensitivity: 'strict' }));
    expect(said({ scope: 'top 2' })).toBe(said({ what: 'best 2 a day' }));
  });

  it('follows the moved sensitivity of the environment', () => {
    const words = ['--recordings', folder, '--from', '2026-03-02', '--to', '2026-03-06'];
    expect(papersOf(run(words).posts)).toEqual(DAYS.map((day) => idOf(day, 1)));
    const eager = run(words, { TREND_BALANCED: '2' });
    expect(papersOf(eager.posts).length).toBeGreaterThan(DAYS.length);
    expect(eager.posts[0]).toMatchObject({ channel: 'all', filters: ['upvotes:>=0'] });
    expect(run(words, { TREND_BALANCED: 'high' })).toMatchObject({ status: 1, stdout: '' });
  });

  it('prints the same twice', () => {
    const wanted = [
      { channel: 'a', filter: 'diffusion', what: 'all', cap: 3 },
      { channel: 'b', filter: 'retrieval', when: 'daily', at: '07:30', zone: 'America/New_York' },
      { channel: 'b', filter: 'number', scope: 'about 3 a day' },
      { channel: 'c', filter: 'method', what: 'top 2' },
    ];
    const first = replay(folder, wanted).stdout;
    expect(first.split('\n').length).toBeGreaterThan(10);
    expect(replay(folder, wanted).stdout).toBe(first);
  });

  it('names the lines it cannot read with number, reason and place, posts for the others, and ends with exit code 1', () => {
    const { posts, status, stderr } = replay(folder, [
      { channel: 'bad', filter: 'diffusion OR "score' },
      'no json',
      { channel: 'bad', filter: 'diffusion', when: 'daily', zone: 'Europe/Berln' },
      { channel: 'bad', filter: '-survey' },
      { filter: 'diffusion' },
      { channel: 'good', filter: 'diffusion', scope: 'top 1', colour: 'red' },
      { channel: 'bad', filter: 'diffusion', what: 'loud' },
      { channel: 'bad', filter: 'diffusion', what: 'all', scope: 'early' },
    ]);
    expect(status).toBe(1);
    expect(new Set(posts.map(({ channel }) => channel))).toEqual(new Set(['good']));
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/, line 1: filter, position 13: The quote that starts here is not closed/);
    expect(lines[1]).toMatch(/, line 2: no JSON: /);
    expect(lines[2]).toMatch(/, line 3: .*Europe\/Berlin/);
    expect(lines[3]).toMatch(/, line 4: filter, position 0: /);
    expect(lines[4]).toMatch(/, line 5: channel: /);
    expect(lines[5]).toMatch(/, line 7: .*loud/);
    expect(lines[6]).toMatch(/, line 8: “scope” is what “what” and “sensitivity” were before/);
    expect(lines[7]).toMatch(/, line 6: .*colour.* changes nothing/);
  });
});

describe('npm run replay over recordings that are not as they should be', () => {
  const wanted = [{ channel: 'all', filter: 'number', what: 'all', cap: 100 }];

  it('leaves out what it cannot read, names it, and goes on', () => {
    const [good, ...rest] = batch('2026-03-05');
    const folder = folderOf({
      '2026-03-02.json': batch('2026-03-02'),
      '2026-03-03.json.gz': '[{"paper":',
      '2026-03-04.json': { error: 'too late' },
      '2026-03-05.json': [good, { paper: { title: 'no id' } }, ...rest],
      '2026-03-06@2026-03-01T120000Z.json': batch('2026-03-06'),
    });
    const { posts, status, stderr } = replay(folder, wanted);
    expect(status).toBe(1);
    expect(posts).toHaveLength(24);
    expect(posts[0].at).toBe('2026-03-02T17:00:00.000Z');
    expect(stderr).toMatch(/2026-03-06@2026-03-01T120000Z\.json was recorded before its day; left out\./);
    expect(stderr).toMatch(/2026-03-03\.json\.gz is left out: /);
    expect(stderr).toMatch(/2026-03-04\.json is left out: it is no list of papers\./);
    expect(stderr).toMatch(/2026-03-05\.json: 1 of 13 papers cannot be read/);
  });

  it('posts the first recorded day too when nothing was recorded before it', () => {
    expect(replay(folderOf({ '2026-03-02.json': batch('2026-03-02') }), wanted).posts).toHaveLength(12);
  });

  it('says so when no day was recorded', () => {
    const { status, stdout, stderr } = replay(folderOf({ '2026-03-09.json': batch('2026-03-09') }), wanted);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/has no recording from 2026-03-02 to 2026-03-06/);
  });

  it('names a table of instants that it cannot use', () => {
    const files = {
      '2026-03-02.json': batch('2026-03-02'),
      'observed_at.csv': 'daily_date,observed_at_commit_time\n2026-03-02,yesterday\n',
    };
    const { posts, stderr } = replay(folderOf(files), wanted);
    expect(posts[0].at).toBe('2026-03-02T17:00:00.000Z');
    expect(stderr).toMatch(/observed_at\.csv, line 2: no day with an instant/);
  });
});

describe('npm run replay with words that it does not understand', () => {
  const refusals: [string, readonly string[], RegExp][] = [
    ['an unknown option', ['--loud'], /--loud/],
    ['a missing option', ['--from', '2026-03-02'], /Say --recordings, --to\./],
    [
      'a day that does not exist',
      ['--recordings', room, '--from', '2026-02-30', '--to', '2026-03-06'],
      /--from 2026-02-30 is no day/,
    ],
    [
      'days in the wrong order',
      ['--recordings', room, '--from', '2026-03-06', '--to', '2026-03-02'],
      /is after --to/,
    ],
  ];

  it.each(refusals)('answers %s with a sentence and exit code 2', (_, words, sentence) => {
    const { status, stdout, stderr } = run(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  it('explains itself with --help', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/both inclusive/);
  });
});

describe.skipIf(!hasRecordings)('npm run replay over recorded March 2026 (needs the recordings)', () => {
  const FILTERS = [
    { channel: 'vision', filter: 'diffusion -survey', what: 'all', cap: 5 },
    { channel: 'vision', filter: '"world model*" OR title:video', what: 'wide' },
    {
      channel: 'agents',
      filter: '"tool use" OR GUI OR agent',
      what: 'early',
      when: 'daily',
      zone: 'Asia/Tokyo',
    },
    { channel: 'reasoning', filter: 'title:reasoning OR "chain of thought"', scope: 'about 3 a day' },
  ];

  it('posts only what the plain evaluation takes, all of it where everything is wanted, and nothing twice', () => {
    const file = join(room, 'march.jsonl');
    writeFileSync(file, FILTERS.map((one) => JSON.stringify(one)).join('\n'));
    const span = ['--from', '2026-03-02', '--to', '2026-03-27', '--subscriptions', file];
    const { posts, status } = run(['--recordings', `${RECORDINGS}/hugging-face`, ...span]);
    expect(status).toBe(0);
    const told = posts.flatMap(({ channel, papers }) => papers.map((paper) => `${channel} ${paper}`));
    expect(told.length).toBeGreaterThan(50);
    expect(new Set(told).size).toBe(told.length);
    const wrong = posts.flatMap(({ papers, filters }) =>
      papers.filter((paper) => !filters.some((filter) => takes(filter, paper))),
    );
    expect(wrong).toEqual([]);
    const all = [...documents.keys()].filter((paper) => takes(FILTERS[0].filter, paper));
    const vision = new Set(told.filter((line) => line.startsWith('vision ')).map((line) => line.slice(7)));
    expect(all.filter((paper) => !vision.has(paper))).toEqual([]);
  });

  const documents = new Map(
    (hasRecordings ? recordedDays() : [])
      .filter((day) => day >= '2026-03-02' && day <= '2026-03-27')
      .flatMap(recordedBatch)
      .map(({ paper }) => [paper.id, documentOf(paper)]),
  );

  function takes(filter: string, paper: string): boolean {
    const parsed = parseFilter(filter, { topics: null });
    const document = documents.get(paper);
    return parsed.ok && document !== undefined && holds(prepareFilter(parsed.filter), document, 0);
  }
});

function documentOf(paper: ReturnType<typeof recordedBatch>[number]['paper']) {
  return prepareDocument({
    ...NOTHING_KNOWN,
    id: paper.id,
    title: paper.title.replace(/\s+/g, ' '),
    abstract: String(paper.summary ?? ''),
    keywords: (paper.ai_keywords as string[] | undefined) ?? [],
  });
}
