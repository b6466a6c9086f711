import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNewsstand, headsIn, type Newsstand } from './newsstand.ts';
import { openStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('a source is away for seven days', () => {
  let stage: Stage;
  let stand: Newsstand;
  beforeEach(async () => {
    stand = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: stand.sources,
      settings: { POLL_CRON: '*/15 * * * *' },
    });
  });
  afterEach(() => stage.close());

  it('status says late and why; afterwards each channel gets what it missed as one digest', async () => {
    const papers = stage.channelNamed('ocean');
    const single = stage.channelNamed('desert');
    await stage.subscribe({ keywords: 'ocean', what: 'all' }, papers);
    await stage.subscribe({ keywords: 'desert', what: 'all' }, single);
    stand.print('Ocean, before');
    await stage.round();

    stand.setClosed(true);
    for (let step = 0; step < 14; step++) {
      if (step >= 9) stand.print(`Ocean ${step}`);
      if (step === 10) stand.print('Desert 10');
      stage.clock.leap(DAY / 2);
      await stage.round();
    }
    const status = JSON.stringify(await stage.ask('status'));
    expect(status).toContain('late');
    expect(status).toContain('closed');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean, before']);

    stand.setClosed(false);
    stage.clock.leap(15 * MINUTE);
    await stage.round();
    expect(headsIn(stage, papers)).toEqual(['card: Ocean, before', 'What was missed: 5 papers']);
    expect(headsIn(stage, single)).toEqual(['card: Desert 10']);
    expect(JSON.stringify(await stage.ask('status'))).not.toContain('late');

    stand.print('Ocean, after');
    stage.clock.leap(15 * MINUTE);
    await stage.round();
    expect(headsIn(stage, papers).at(-1)).toBe('card: Ocean, after');
  });
});
