import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '#config/config.ts';
import { createSceneClock, type SceneClock } from '#src/foundation/scene-clock.ts';
import { openHouse } from '#src/house.ts';
import { createSceneTime } from '#src/page/scene-time.ts';
import { buildRooms } from '#src/rooms.ts';
import { SAMPLE_LASTS_MS, sampleStartsAt } from '#src/source/sample.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { intervalOf } from '#src/timetable/cron-line.ts';
import { createReplayPostman, type ReplayedPost } from '#src/tools/replay-post.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { aGateway, textChannel } from '#test/pipeline/some-servers.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STARTS_AT = sampleStartsAt(Date.UTC(2026, 10, 23));
const CHANNELS = ['vision', 'language', 'digest'];

const early = { kind: 'trending', sensitivity: 'early' } as const;
const WANTED: Record<string, SubscriptionDraft> = {
  vision: { ...DEFAULTS, filter: 'cat:cs.CV', what: early, cap: 50 },
  language: { ...DEFAULTS, filter: 'topic:llm', what: early, cap: 50 },
  digest: {
    ...{ ...DEFAULTS, filter: 'topic:llm', what: early, cap: 50 },
    when: { kind: 'daily', at: '09:00', zone: 'UTC' },
  },
};

/**
 * The whole house on the sample feed, with three subscriptions, in a scene whose real time passes when the story says so.
 * `postTakes`: real ms until a post is there.
 */
async function openScene(speed: number, postTakes = 0) {
  const base = createFakeClock();
  const clock = createSceneClock({ startsAt: STARTS_AT, speed: 0, base });
  const log = createKeptLog();
  const posts: ReplayedPost[] = [];
  const settings = readConfig({ DATABASE_URL: 'sqlite::memory:', POLL_CRON: '*/5 * * * *' }, SOURCE_SETTINGS);
  if (!settings.ok) throw new Error(settings.message);
  const rooms = await buildRooms(settings.config, {
    ...{ version: '0.0.0', clock, log, fetch, sources: 'sample' },
    pollInterval: intervalOf(settings.config.POLL_CRON, clock),
  });
  const channelNames = new Map(CHANNELS.map((name) => [name, name]));
  const postman = createReplayPostman({ channelNames, now: clock.now }, (post) => posts.push(post));
  const post: typeof postman.post = async (parcel) => {
    await base.sleep(postTakes);
    return postman.post(parcel);
  };
  const house = await openHouse(rooms, {
    postman: { ...postman, post },
    servers: aGateway(CHANNELS.map((name) => textChannel(name))),
    lacked: () => [],
    line: () => ({ isReady: true, lasted: base.elapsed() }),
    listen: () => {},
  });
  clock.onChange(house.replan);
  await house.pipeline.settled();
  for (const [channelId, draft] of Object.entries(WANTED))
    await rooms.subscriptionStore.add({ serverId: 's', channelId }, draft, 'mod');
  clock.setSpeed(speed);
  const time = createSceneTime({ ...house, clock, endsAt: STARTS_AT + SAMPLE_LASTS_MS });
  return {
    ...{ base, clock, time, posts, log, house },
    async health() {
      const page = await rooms.pages.byPath['/healthz']?.(new URLSearchParams('strict'));
      return page?.text && JSON.parse(page.text).status;
    },
    async close() {
      await base.settle(Promise.all([time.stop(), house.stop()]));
      await rooms.db.close();
    },
  };
}

type OpenedScene = Awaited<ReturnType<typeof openScene>>;

/** Minutes of the scene at which something came to a channel. */
const minutesIn = ({ posts }: OpenedScene, name: string) =>
  posts
    .filter(({ channel }) => channel === name)
    .map(({ at }) => Math.round((Date.parse(at) - STARTS_AT) / MINUTE));

const complaints = ({ log }: OpenedScene) =>
  log.lines.filter(({ level }) => level === 'warn' || level === 'error');

/** No paper twice in a channel, no digest where none was asked for, nothing in the log, and the house is well. */
async function expectAllWell(scene: OpenedScene) {
  const all = scene.posts.flatMap(({ channel, papers }) => papers.map((paper) => `${channel} ${paper}`));
  expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
  const kinds = new Set(scene.posts.map(({ channel, kind }) => `${channel} ${kind}`));
  expect([...kinds].sort().filter((one) => !EXPECTED.includes(one))).toEqual([]);
  expect(complaints(scene)).toEqual([]);
  expect(await scene.health()).toBe('ok');
}

const EXPECTED = ['digest digest', 'language card', 'vision card'];

/** The real clock goes on until the scene's says so. */
async function until(base: FakeClock, clock: SceneClock, instant: number) {
  while (clock.now() < instant) await base.advance(250);
}

describe('in a scene, everything happens at its own time', () => {
  let scene: OpenedScene;
  afterEach(() => scene.close());

  it('sixty times as fast: the first alert after ten seconds, then one every half minute or so', async () => {
    scene = await openScene(60);
    await scene.base.advance(4 * 60 * SECOND);

    const alerts = [...minutesIn(scene, 'vision'), ...minutesIn(scene, 'language')].sort((a, b) => a - b);
    expect(alerts[0]).toBe(10);
    expect(alerts.length).toBeGreaterThanOrEqual(9);
    expect(
      [minutesIn(scene, 'vision').length, minutesIn(scene, 'language').length].every((n) => n >= 3),
    ).toBe(true);
    await expectAllWell(scene);
  });

  it('an hour a second, over all ten days: nothing comes twice, late or as what was missed', async () => {
    // A post takes an hour and a half of the scene.
    scene = await openScene(3600, 1500);
    await until(scene.base, scene.clock, STARTS_AT + SAMPLE_LASTS_MS);

    await expectAllWell(scene);
    expect(minutesIn(scene, 'digest')).toHaveLength(2);
    expect(scene.posts.length).toBeGreaterThanOrEqual(20);
  });

  it('also when its speed is changed on the way, and it stands still for a while', async () => {
    scene = await openScene(3600);
    for (const [speed, seconds] of [
      [60, 60],
      [0, 600],
      [1, 600],
      [3600, 10],
      [0, 60],
      [60, 120],
      [3600, 20],
    ] as const) {
      scene.clock.setSpeed(speed);
      await scene.base.advance(seconds * SECOND);
      expect(await scene.health()).toBe('ok');
    }

    expect(scene.posts.length).toBeGreaterThanOrEqual(10);
    await expectAllWell(scene);
  });

  it('stands still: no poll, and commands are answered', async () => {
    scene = await openScene(0);
    const before = scene.log.lines.length;
    await scene.base.advance(10 * MINUTE);

    const read = scene.log.lines.slice(before).filter(({ message }) => message === 'a source was read');
    expect(read).toEqual([]);
    expect(scene.house.nextPollAt()).toBe(STARTS_AT + 5 * MINUTE);
    const found = await scene.house.services.findPaper('2501.03262', 'somebody');
    expect(found.kind).toBe('paper');
  });

  it('goes to the next digest: alerts on the way come one by one at their own time', async () => {
    scene = await openScene(0);
    expect(scene.house.nextDigestAt()).toBe(STARTS_AT + 21 * HOUR);
    await scene.base.settle(scene.time.toNextDigest());

    expect(minutesIn(scene, 'digest')).toEqual([21 * 60]);
    expect(scene.clock.now()).toBe(STARTS_AT + 21 * HOUR);
    const alerts = [...minutesIn(scene, 'vision'), ...minutesIn(scene, 'language')];
    expect(new Set(alerts).size).toBeGreaterThanOrEqual(10);
    await expectAllWell(scene);
  });
});
