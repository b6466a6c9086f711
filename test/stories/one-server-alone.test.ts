import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { createNewsstand } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

describe('what is wrong with one server', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('does not end the bot for all: an unreadable history and a deleted channel', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'p.db');
    const stand = createNewsstand();
    const settings = { DATABASE_URL: `sqlite:${file}` };
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings });
    const papers = stage.channelNamed('ocean');
    await stage.subscribe({ keywords: 'ocean', what: 'all' }, papers);
    await stage.restart(() => {
      const db = openBeside(file);
      db.exec("UPDATE change SET after = '{cut'");
      db.close();
    });
    stage.driver.deleteChannel(papers);
    stage.driver.setOverwrite(stage.channel, { id: stage.server, allow: ['ViewChannel'] });
    const ended = stage.failed().catch(String);
    for (const name of ['subscriptions', 'subscriptions'])
      expect(await Promise.race([ended, stage.ask(name).then(textOf)])).toContain('1 subscription');
  });
});
