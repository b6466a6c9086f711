import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { inList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const DAY = 86_400_000;
const BOT = ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'] as const;

describe('what is kept', () => {
  let stage: Stage;
  let stand: Newsstand;
  let file: string;
  beforeEach(async () => {
    file = join(mkdtempSync(join(tmpdir(), 'paperboy-kept-')), 'p.db');
    stand = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: stand.sources,
      settings: { DATABASE_URL: `sqlite:${file}` },
    });
  });
  afterEach(() => stage.close());

  const subscribe = (channel: string, more = {}) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
  const round = async (...titles: string[]) => {
    const ids = stand.print(...titles);
    await stage.round();
    return ids;
  };
  const liveOn = async (days: number) => {
    stage.clock.leap(days * DAY);
    await stage.pipeline().prune();
  };
  const rows = (sql: string) => {
    const db = openBeside(file, { readOnly: true });
    const found = db.prepare(sql).all();
    db.close();
    return found;
  };
  const questions = () => rows("SELECT key FROM keyv WHERE key LIKE 'questions:%'");
  const press = (channel: string, message: string, label: string) =>
    stage.driver.click({ user: stage.alice, channel, message, label }).message();

  it('a list’s pages can be turned for 30 days after it was last asked for, and nothing of it stays after that', async () => {
    await round(...Array.from({ length: 15 }, (_, i) => `Ocean ${i}`));
    const list = await stage.ask('search', { query: 'ocean' });
    expect(questions()).toHaveLength(1);
    await liveOn(20);
    expect(textOf(await press(stage.channel, list.id, 'Next'))).toContain('Ocean');
    expect(questions()).toHaveLength(1);
    await liveOn(20);
    expect(textOf(await press(stage.channel, list.id, 'Previous'))).toContain('Ocean');
    stage.clock.leap(31 * DAY);
    expect(textOf(await press(stage.channel, list.id, 'Next'))).toContain('too old');
    await stage.pipeline().prune();
    expect(questions()).toEqual([]);
  });

  it('a post’s buttons answer after months as they did on the first day', async () => {
    const daily = stage.channelNamed('daily');
    await subscribe(stage.channel);
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await round(...Array.from({ length: 14 }, (_, i) => `Ocean ${i}`));
    stage.clock.leapTo('2026-03-10T15:00:05Z');
    await stage.pipeline().deliver();
    const card = postsIn(stage, stage.channel)[0].message;
    const digest = postsIn(stage, daily)[0].message;
    const said = async () => [
      textOf(await press(stage.channel, card.id, 'Why here?')),
      textOf(await press(daily, digest.id, 'More papers')),
    ];
    const news = () => rows('SELECT why FROM entry').map(({ why }) => JSON.parse(String(why)).news);
    const [before, newsBefore] = [await said(), news()];
    expect(before[0]).toContain('`ocean`');
    await liveOn(100);
    // Its place in a list is forgotten with the polls of then.
    const placeless = (text: string) => text.replace(', 1st of 14 papers in a list of Hugging Face', '');
    expect(await said()).toEqual(before.map(placeless));
    expect(news()).toEqual(newsBefore);
    // What had to wait for another day's digest was sent meanwhile.
    await stage.pipeline().deliver();
    await stage.pipeline().prune();
    expect(JSON.stringify(rows('SELECT why FROM entry'))).not.toContain('repository');
  });

  it('what was refused is forgotten after 90 days, and does not come as old news then', async () => {
    await subscribe(stage.channel);
    stage.driver.forbidWords(stage.server, ['casino']);
    const [casino] = await round('Ocean casino');
    await stage.pipeline().deliver();
    expect(headsIn(stage, stage.channel)).toEqual([]);
    stage.driver.forbidWords(stage.server, []);
    await liveOn(95);
    expect(rows('SELECT * FROM entry')).toEqual([]);
    stand.vote(casino, 90);
    await round('Ocean new');
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean new']);
  });

  it('a server that was left while Paperboy was down is forgotten, also when nothing is subscribed there', async () => {
    await subscribe(stage.channel);
    await inList(stage.driver, { user: stage.moderator, channel: stage.channel }, '', 'Remove');
    await stage.restart(() => stage.driver.kickBot(stage.server));
    await liveOn(1);
    await liveOn(28);
    expect(rows("SELECT key FROM keyv WHERE key LIKE 'subscriptions:%'")).not.toEqual([]);
    await liveOn(2);
    expect(rows("SELECT key FROM keyv WHERE key LIKE 'subscriptions:%'")).toEqual([]);
    expect(rows("SELECT name FROM cursor WHERE name LIKE 'left %'")).toEqual([]);
  });

  it('a server that comes back in time keeps everything', async () => {
    await subscribe(stage.channel);
    await stage.restart(() => stage.driver.kickBot(stage.server));
    await liveOn(1);
    await liveOn(20);
    stage.driver.inviteBot(stage.server, BOT);
    await vi.waitFor(() => expect(stage.driver.commandNames()).toContain('help'));
    await vi.waitFor(async () => {
      expect(textOf(await stage.ask('subscriptions'))).toContain('1 subscription');
    });
    await liveOn(20);
    await liveOn(20);
    expect(textOf(await stage.ask('subscriptions'))).toContain('1 subscription');
  });

  it('where the best of a day was served last is forgotten with the subscription', async () => {
    await subscribe(stage.channel, { what: 'top 3', when: 'daily', at: '15:00' });
    await round('Ocean one');
    stage.clock.leapTo('2026-03-10T15:00:05Z');
    await stage.pipeline().deliver();
    const served = () => rows("SELECT name FROM cursor WHERE name LIKE 'top %'");
    await liveOn(100);
    expect(served()).toHaveLength(1);
    await inList(stage.driver, { user: stage.moderator, channel: stage.channel }, '', 'Remove');
    await liveOn(1);
    expect(served()).toEqual([]);
  });

  it('nothing goes by a clock that is years ahead of Discord’s', async () => {
    await subscribe(stage.channel);
    await round('Ocean one');
    stand.setClosed(true);
    stage.clock.step(900 * DAY);
    await stage.pipeline().prune();
    stage.clock.step(-900 * DAY);
    expect(rows('SELECT id FROM paper')).toHaveLength(1);
    expect(rows('SELECT id FROM sighting, paper WHERE sighting.paper = ref')).not.toEqual([]);
  });
});
