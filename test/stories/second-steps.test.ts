import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNewsstand, headsIn, type Newsstand, noticesIn, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
const CROSSPOSTED = 1;

describe('a post that something follows', () => {
  let stage: Stage;
  let stand: Newsstand;
  beforeEach(async () => {
    stand = createNewsstand();
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-steps-')), 'p.db');
    const settings = { DATABASE_URL: `sqlite:${file}` };
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings });
  });
  afterEach(() => stage.close());

  const subscribe = (channel: string, more = {}) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
  const digest = { when: 'daily', at: '15:00', publish: true };
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    await stage.round();
  };
  const deliverAt = async (instant: string) => {
    stage.clock.leapTo(instant);
    await stage.pipeline().deliver();
  };
  const hours = async (count: number) => {
    for (let hour = 0; hour < count; hour++) {
      stage.clock.leap(HOUR);
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
    }
  };
  /** The first `times` requests to such a path fail. */
  const fail = (ending: string, status: number, times: number, body?: object) => {
    let failed = 0;
    stage.driver.setFaults(({ path }) =>
      path.endsWith(ending) && failed++ < times ? { kind: 'status', status, ...(body && { body }) } : null,
    );
  };
  const isPublished = (channel: string) =>
    postsIn(stage, channel).map(({ message }) => (message.flags ?? 0) & CROSSPOSTED);
  const threads = (channel: string) => stage.driver.threadsOf(channel).map(({ name }) => name);

  it('is published later when publishing met a 502', async () => {
    const news = stage.channelNamed('news', 'announcement');
    await subscribe(news, digest);
    await round('Ocean one', 'Ocean two');
    fail('/crosspost', 502, 2);
    await deliverAt('2026-03-10T15:00:05Z');
    expect(isPublished(news)).toEqual([0]);
    await hours(3);
    expect(isPublished(news)).toEqual([CROSSPOSTED]);
  });

  it('is published when it is a digest of one paper, like one of two', async () => {
    const news = stage.channelNamed('news', 'announcement');
    await subscribe(news, digest);
    await round('Ocean one');
    await deliverAt('2026-03-10T15:00:05Z');
    expect(isPublished(news)).toEqual([CROSSPOSTED]);
  });

  it('is not published when the channel became an ordinary one, which is no failure', async () => {
    const news = stage.channelNamed('news', 'announcement');
    await subscribe(news, digest);
    await round('Ocean one', 'Ocean two');
    const known = stage.sandbox.world.channels.get(news);
    if (known) known.type = 0;
    await stage.restart();
    await deliverAt('2026-03-10T15:00:05Z');
    expect(isPublished(news)).toEqual([0]);
  });

  it('gets its thread when Paperboy was stopped between the two', async () => {
    const papers = stage.channelNamed('papers');
    await subscribe(papers, { place: 'thread' });
    fail('/threads', 503, 1000);
    await round('Ocean one');
    expect([headsIn(stage, papers), threads(papers)]).toEqual([['card: Ocean one'], []]);
    await stage.restart(() => stage.driver.setFaults(null));
    await hours(1);
    expect([headsIn(stage, papers), threads(papers)]).toEqual([['card: Ocean one'], ['Ocean one']]);
  });

  it('that Discord lets nobody open a thread under is told once, and has its thread when that is mended', async () => {
    const papers = stage.channelNamed('papers');
    const moderators = stage.channelNamed('mod-room');
    await subscribe(papers, { place: 'thread' });
    fail('/threads', 400, 1000, { message: 'Maximum number of threads reached', code: 30033 });
    await round('Ocean one', 'Ocean two');
    await hours(8);
    expect(noticesIn(stage, moderators)).toEqual([
      `In <#${papers}> I posted a paper, but cannot open its thread: Maximum number of threads reached (30033). ` +
        'I try again for a week. Open Edit channel, Permissions, Paperboy; allow Create Public Threads. Or choose ' +
        'another place with `/subscribe`.',
    ]);
    stage.driver.setFaults(null);
    await hours(7);
    expect(threads(papers).toSorted()).toEqual(['Ocean one', 'Ocean two']);
    expect(headsIn(stage, papers).toSorted()).toEqual(['card: Ocean one', 'card: Ocean two']);
  });

  it('a text channel is not promised that its digests are published, and is told why', async () => {
    const answer = textOf(await subscribe(stage.channel, digest));
    expect(answer).not.toContain('digests published');
    expect(answer).toContain('Publishing needs an announcement channel, so it is left out.');
    const news = stage.channelNamed('news', 'announcement');
    expect(textOf(await subscribe(news, digest))).toContain('digests published');
  });
});
