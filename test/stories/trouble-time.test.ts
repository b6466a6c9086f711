import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('time', () => {
  let stage: Stage;
  let stand: Newsstand;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-story-'));
    stand = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: stand.sources,
      settings: { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}`, POLL_CRON: '*/15 * * * *' },
    });
  });
  afterEach(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });
  const subscribe = (channel: string, more = {}) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);

  it('jumps back three hours and forward again: every paper comes once', async () => {
    const papers = stage.channelNamed('ocean');
    await subscribe(papers);
    stage.clock.leap(24 * HOUR);
    for (const [title, leap] of [
      ['Ocean one', 0.25],
      ['Ocean two', -3],
      ['Ocean three', 0.25],
      ['Ocean four', 3],
      ['Ocean five', 0.25],
    ] as const) {
      stage.clock.leap(leap * HOUR);
      stand.print(title);
      await stage.round();
    }
    await stage.pipeline().deliver();
    const shown = postsIn(stage, papers).flatMap((post) => post.papers);
    expect(shown.toSorted()).toEqual(['2603.00001', '2603.00002', '2603.00003', '2603.00004', '2603.00005']);
  });

  it('passes while the machine sleeps for two days: what was missed comes as one digest', async () => {
    const papers = stage.channelNamed('ocean');
    await subscribe(papers);
    stand.print('Ocean, before');
    await stage.round();
    stand.print('Ocean one', 'Ocean two');
    stage.clock.leap(24 * HOUR);
    stand.print('Ocean three');
    stage.clock.leap(24 * HOUR);
    await stage.round();
    expect(headsIn(stage, papers)).toEqual(['card: Ocean, before', 'What was missed: 3 papers']);
  });

  it('between any two steps may hold a restart: nothing is lost, nothing comes twice', {
    timeout: 60_000,
  }, async () => {
    const papers = stage.channelNamed('ocean');
    const daily = stage.channelNamed('daily');
    await subscribe(papers);
    await subscribe(daily, { when: 'daily', at: '15:00' });
    stand.print('Ocean one');
    await stage.restart();
    await stage.round();
    await stage.restart();
    stand.print('Ocean two');
    await stage.round();
    await stage.restart();
    stage.clock.leapTo('2026-03-10T15:00:30Z');
    await stage.restart();
    await stage.pipeline().deliver();
    await stage.restart();
    await stage.pipeline().deliver();

    expect(headsIn(stage, papers)).toEqual(['card: Ocean one', 'card: Ocean two']);
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers']);
  });

  it('a digest hour that came while the bot was down is kept when it is up again', async () => {
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    stand.print('Ocean one', 'Ocean two');
    await stage.round();
    stage.clock.leapTo('2026-03-10T15:20:00Z');
    await stage.restart();
    await stage.pipeline().deliver();
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers']);
  });
});
