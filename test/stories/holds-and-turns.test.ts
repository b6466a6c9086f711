import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { titleOf } from './harness.ts';
import { formInList, inList, pickInList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
const PATIENCE = { timeout: 12_000, interval: 100 };

let stage: Stage;
let stand: Newsstand;
const settings = () => ({
  DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'paperboy-holds-')), 'p.db')}`,
});
const open = async (more: Record<string, string> = {}) => {
  stand = createNewsstand();
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings: more });
};
const subscribe = (channel: string, keywords = 'ocean', more = {}) =>
  stage.subscribe({ keywords, what: 'all', ...more }, channel);
const round = async (...titles: string[]) => {
  stand.print(...titles);
  stage.clock.leap(HOUR / 4);
  await stage.round();
};
/** For the bot alone: its moderators can still write there. */
const forbid = (channel: string) =>
  stage.driver.setOverwrite(channel, { id: stage.role, deny: ['SendMessages'] });
const allow = (channel: string) =>
  stage.driver.setOverwrite(channel, { id: stage.role, allow: ['SendMessages'] });
const list = async () => textOf(await stage.ask('subscriptions'));
const status = async (channel: string) => JSON.stringify(await stage.ask('status', {}, channel));
const moderator = () => ({ user: stage.moderator, channel: stage.channel });
/** A moderator presses a button of the first subscription of the list. */
const press = async (deed: 'Pause' | 'Resume' | 'Remove') =>
  textOf(await inList(stage.driver, moderator(), '', deed));
const everyNotice = () =>
  [...stage.sandbox.world.channels.keys()].flatMap((channel) => noticesIn(stage, channel));
afterEach(() => stage.close());

describe('a channel that Discord refuses', () => {
  beforeEach(() => open());

  it('with 25 subscriptions shows none as paused once the permission is back, however fast it goes and comes', async () => {
    const papers = stage.channelNamed('ocean-papers');
    for (let i = 0; i < 25; i++) await subscribe(papers, `ocean OR word${i}`);
    for (let i = 0; i < 8; i++) {
      forbid(papers);
      stand.print(`Ocean ${i}`);
      const working = [stage.round(), stage.pipeline().refresh()];
      await new Promise((resolve) => setTimeout(resolve, 7 * i));
      allow(papers);
      await Promise.all(working);
    }
    await vi.waitFor(async () => {
      await stage.pipeline().deliver();
      expect(headsIn(stage, papers).length).toBeGreaterThan(0);
      expect(await list()).not.toMatch(/paused/i);
    }, PATIENCE);
    expect(await status(papers)).not.toContain('Paused');
  });

  it('is told in the list with where to click, and is paused by a moderator beside that, where one wants it', async () => {
    const papers = stage.channelNamed('ocean-papers');
    await subscribe(papers);
    forbid(papers);
    await round('Ocean one');
    await vi.waitFor(async () => expect(await list()).toContain('Paused by Paperboy since'), PATIENCE);
    expect(await list()).toMatch(
      /⚠ Paused by Paperboy since <t:\d+:f>: Send Messages is missing\. It runs again by itself as soon as that is mended\. Open Edit channel, Permissions, Paperboy; allow Send Messages\./,
    );
    expect(await press('Pause')).toContain('⏸ paused by a moderator');
    expect(await list()).toContain('Paused by Paperboy since');
    expect(await press('Resume')).toContain('Paused by Paperboy since');

    allow(papers);
    await vi.waitFor(async () => expect(await list()).not.toContain('aused'), PATIENCE);
    await round('Ocean two');
    expect(headsIn(stage, papers)).toContain('card: Ocean two');
  });

  it('keeps what a moderator had paused paused when the permission is back', async () => {
    const papers = stage.channelNamed('ocean-papers');
    await subscribe(papers);
    await subscribe(papers, 'river');
    expect(await press('Pause')).toContain('paused by a moderator');
    forbid(papers);
    await round('River one');
    await vi.waitFor(async () => expect(await status(papers)).toContain('Send Messages'), PATIENCE);
    allow(papers);
    await vi.waitFor(() => expect(headsIn(stage, papers)).toEqual(['card: River one']), PATIENCE);
    expect((await list()).match(/⏸ paused/g)).toHaveLength(1);
    await round('Ocean two', 'River two');
    expect(headsIn(stage, papers)).toEqual(['card: River one', 'card: River two']);
  });
});

describe('a forum that wants a tag, which not every paper has: that shows only by trying', () => {
  beforeEach(() => open());

  const openForum = () => {
    const forum = { name: 'strict', type: 'forum', tags: ['Diffusion'], requiresTag: true } as const;
    return stage.driver.createChannel(stage.server, forum).id;
  };
  const liveOn = async (steps: number, length: number) => {
    for (let i = 0; i < steps; i++) {
      stage.clock.leap(length);
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
    }
  };
  const tries = () => stage.driver.traffic().byRoute['POST /channels/{channel_id}/threads'] ?? 0;

  it('is told of once, and tried more and more seldom', async () => {
    const forum = openForum();
    const moderators = stage.channelNamed('mod-room');
    await stage.subscribe({ keywords: 'ocean OR topic:diffusion', what: 'all', channel: forum });
    await round('Ocean one');
    await liveOn(144, HOUR / 6 + 1);
    expect(tries()).toBeGreaterThan(3);
    expect(tries()).toBeLessThan(12);
    await liveOn(3, 24 * HOUR);
    expect(noticesIn(stage, moderators)).toHaveLength(1);
    expect(await list()).toContain('Paused by Paperboy since');
  });

  it('leaves the history to what members did', async () => {
    const onDisk = settings();
    await stage.close();
    await open(onDisk);
    const forum = openForum();
    await stage.subscribe({ keywords: 'ocean OR topic:diffusion', what: 'all', channel: forum });
    await round('Ocean one');
    await liveOn(20, HOUR);
    const db = openBeside(onDisk.DATABASE_URL.slice('sqlite:'.length), { readOnly: true });
    const changes = db.prepare('SELECT what FROM change').all();
    db.close();
    expect(changes.map(({ what }) => what)).toEqual(['added']);
  });
});

describe('a permission that goes a second time', () => {
  beforeEach(() => open());

  it('is told of a second time', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const moderators = stage.channelNamed('mod-room');
    await subscribe(papers);
    for (const time of [1, 2]) {
      forbid(papers);
      await round(`Ocean ${time}`);
      await vi.waitFor(() => expect(noticesIn(stage, moderators)).toHaveLength(time), PATIENCE);
      allow(papers);
      await vi.waitFor(() => expect(headsIn(stage, papers)).toHaveLength(time), PATIENCE);
    }
  });
});

describe('what was stored by versions that noted Discord’s refusal in each subscription', () => {
  it('is read as not paused by a moderator', async () => {
    const onDisk = settings();
    await open(onDisk);
    const papers = stage.channelNamed('ocean-papers');
    await subscribe(papers);
    await stage.restart(() => {
      const db = openBeside(onDisk.DATABASE_URL.slice('sqlite:'.length));
      const paused = '"paused":{"reason":"Missing Access","at":1773144000000,"by":"discord"}';
      db.prepare('UPDATE keyv SET value = replace(value, \'"paused":null\', ?)').run(paused);
      db.close();
    });
    expect(await list()).not.toMatch(/paused/i);
    await round('Ocean one');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
  });
});

describe('a server with a document that cannot be read', () => {
  it('has its refusing channels held and told of all the same, and other channels go on', async () => {
    const onDisk = settings();
    await open(onDisk);
    const [papers, other] = [stage.channelNamed('ocean-papers'), stage.channelNamed('other')];
    const moderators = stage.channelNamed('mod-room');
    await subscribe(papers);
    await subscribe(other);
    await stage.restart(() => {
      const db = openBeside(onDisk.DATABASE_URL.slice('sqlite:'.length));
      db.prepare("UPDATE change SET after = '{cut'").run();
      db.close();
    });
    stage.driver.deleteChannel(papers);
    await vi.waitFor(() => expect(noticesIn(stage, moderators)).toHaveLength(1), PATIENCE);
    await round('Ocean one');
    expect(headsIn(stage, other)).toEqual(['card: Ocean one']);
    expect(await list()).toContain('deleted');
  });
});

describe('a deleted channel', () => {
  beforeEach(() => open());

  it('is owed nothing: what waited for it ends, its subscriptions stay listed until they are removed', async () => {
    const papers = stage.channelNamed('ocean-papers');
    await subscribe(papers, 'ocean', { when: 'daily', at: '18:00' });
    await round('Ocean one', 'Ocean two');
    expect(await status(stage.channel)).toContain('2 posts waiting');
    stage.driver.deleteChannel(papers);
    await vi.waitFor(async () => expect(await status(stage.channel)).toContain('0 posts waiting'), PATIENCE);
    expect(await list()).toContain('the channel was deleted');
    await round('Ocean three');
    await stage.pipeline().refresh();
    expect(await status(stage.channel)).toContain('0 posts waiting');

    await press('Remove');
    expect(await list()).toContain('No channel of this server is subscribed');
  });

  it('is told of once, in words that promise nothing', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const moderators = stage.channelNamed('mod-room');
    await subscribe(papers);
    stage.driver.deleteChannel(papers);
    for (let day = 0; day < 3; day++) {
      await round(`Ocean ${day}`);
      stage.clock.leap(24 * HOUR);
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
    }
    await vi.waitFor(() => expect(everyNotice()).toHaveLength(1), PATIENCE);
    expect(noticesIn(stage, moderators)[0]).toContain('was deleted');
    expect(noticesIn(stage, moderators)[0]).not.toContain('resume');
  });
});

describe('moderators who press at the same moment', () => {
  beforeEach(() => open());

  it('subscribe a channel 25 times and no more, however many ask at once', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => subscribe(papers, `word${i}`)));
    const texts = answers.map(textOf);
    expect(texts.filter((text) => text.includes('Subscribed'))).toHaveLength(25);
    expect(texts.filter((text) => text.includes('already has 25 subscriptions'))).toHaveLength(15);
    expect(await list()).toContain('25 subscriptions');
  });

  it('both get what they chose: who pauses pauses and who resumes resumes, also when it is so already', async () => {
    await subscribe(stage.channel);
    await Promise.all([press('Pause'), press('Pause')]);
    expect(await list()).toContain('⏸ paused by a moderator');
    const entries = await Promise.all([1, 2].map(() => pickInList(stage.driver, moderator(), '')));
    const resume = (message: string) => stage.driver.click({ ...moderator(), message, label: 'Resume' });
    await Promise.all(entries.map(({ id }) => resume(id).message()));
    expect(await list()).not.toMatch(/paused/i);
  });

  it('change a filter one after the other: the second is shown what the first made of it', async () => {
    await subscribe(stage.channel);
    const at = moderator();
    const opened = await Promise.all([1, 2].map(() => formInList(stage, at, '')));
    await Promise.all(opened.map((life) => life.modal()));
    const submit = (life: (typeof opened)[number], filter: string) =>
      stage.driver.submitModal({ ...at, life, fields: { filter } });
    const lives = [await submit(opened[0], 'ocean OR river'), await submit(opened[1], 'ocean OR lake')];
    const answers = (await Promise.all(lives.map((life) => life.message()))).map(textOf);
    expect(answers.filter((text) => text.includes('Filter changed'))).toHaveLength(1);
    expect(answers.filter((text) => text.includes('This filter was changed in the meantime'))).toHaveLength(
      1,
    );
  });

  it('subscribe a channel once to what means the same, however each of them writes it', async () => {
    const written = [
      'ocean OR "state space"',
      '"State space" | oceans',
      '(ocean) OR state-space',
      'ocean OR ocean OR "state space"',
    ];
    const answers = await Promise.all(written.map((keywords) => stage.subscribe({ keywords, what: 'all' })));
    expect(
      new Set(answers.map((answer) => /"unsubscribe:([^"]+)"/.exec(JSON.stringify(answer.components))?.[1]))
        .size,
    ).toBe(1);
    expect(titleOf(await stage.ask('subscriptions'))).toBe('1 subscription');
  });

  it('remove a subscription once; the second is told that it is gone', async () => {
    await subscribe(stage.channel);
    const entries = await Promise.all([1, 2].map(() => pickInList(stage.driver, moderator(), '')));
    const remove = (message: string) => stage.driver.click({ ...moderator(), message, label: 'Remove' });
    await Promise.all(entries.map(({ id }) => remove(id).message()));
    const said = stage.driver.read(stage.moderator, stage.channel).map(textOf).join('\n');
    expect(said).toContain('no longer there');
    expect(JSON.stringify(stage.driver.read(stage.moderator, stage.channel).at(-1)?.components)).toContain(
      '"undo:',
    );
  });
});
