import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { controlsOf } from '#test/read-message.ts';
import { titleOf } from './harness.ts';
import { formInList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;

describe('a role that posts are to mention', () => {
  let stage: Stage;
  let stand: Newsstand;
  let readers: string;
  beforeEach(async () => {
    stand = createNewsstand();
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
    // A server that looks after itself: not everybody may mention everyone.
    stage.driver.setRolePermissions(stage.server, stage.server, EVERYDAY);
    readers = stage.driver.createRole(stage.server, { name: 'readers' }).id;
  });
  afterEach(() => stage.close());

  const subscribe = async (role: string, channel = stage.channel) =>
    textOf(await stage.subscribe({ keywords: 'ocean', what: 'all', role, mention: 'every' }, channel));
  const list = async () => textOf(await stage.ask('subscriptions'));
  const round = async (title: string) => {
    stand.print(title);
    stage.clock.leap(HOUR / 4);
    await stage.round();
  };
  const lastPost = () => {
    const message = postsIn(stage, stage.channel).at(-1)?.message;
    return { content: message?.content ?? '', pinged: message?.mention_roles ?? [] };
  };
  const NOTHING = 'No channel of this server is subscribed';

  it('is mentioned, and its members are notified, where everybody may mention it', async () => {
    stage.driver.setMentionable(stage.server, readers, true);
    expect(await subscribe(readers)).toContain(`mentions <@&${readers}>`);
    await round('Ocean one');
    expect(lastPost().content).toContain(`<@&${readers}>`);
    expect(lastPost().pinged).toEqual([readers]);
  });

  it('is no bare id where Discord shows no mentions', async () => {
    stage.driver.setMentionable(stage.server, readers, true);
    await stage.subscribe({ keywords: 'ocean', what: 'all', role: readers, when: 'daily' });
    const shown = JSON.stringify(controlsOf(await stage.ask('subscriptions')));
    expect(shown).not.toContain('<@&');
    expect(shown).toContain('mentions a role');
  });

  it('is refused before anything is saved where Paperboy may not mention it, with the next step', async () => {
    stage.driver.setOverwrite(stage.channel, {
      id: stage.moderator,
      kind: 'member',
      allow: ['MentionEveryone'],
    });
    expect(await subscribe(readers)).toContain(
      `A mention of <@&${readers}> would notify nobody: the role is not mentionable, and Mention Everyone is missing for me in <#${stage.channel}>. In Server Settings, Roles, open the role and allow anyone to @mention it`,
    );
    expect(await list()).toContain(NOTHING);
  });

  it('is refused where Paperboy might mention it, and the moderator who asks may not', async () => {
    stage.driver.setOverwrite(stage.channel, { id: stage.role, allow: ['MentionEveryone'] });
    expect(await subscribe(readers)).toContain(`You may not mention <@&${readers}> in <#${stage.channel}>`);
    expect(await list()).toContain(NOTHING);
  });

  it('is mentioned where both have Mention Everyone in the channel that is subscribed, not only in that of the command', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const both = [stage.role, stage.moderator];
    const allow = (channel: string) => {
      for (const id of both) stage.driver.setOverwrite(channel, { id, allow: ['MentionEveryone'] });
    };
    const there = () =>
      stage.subscribe({
        keywords: 'ocean',
        what: 'all',
        role: readers,
        mention: 'every',
        channel: papers,
      });
    allow(stage.channel);
    expect(textOf(await there())).toContain('would notify nobody');
    allow(papers);
    expect(textOf(await there())).toContain('Subscribed');
    await round('Ocean one');
    expect(postsIn(stage, papers)[0].message.mention_roles).toEqual([readers]);
  });

  it('is never @everyone', async () => {
    expect(await subscribe(stage.server)).toContain('Paperboy mentions no @everyone.');
    expect(await list()).toContain(NOTHING);
  });

  it('is left out of posts once it is deleted, shown so in the list and in /status, and told to moderators once', async () => {
    const moderators = stage.channelNamed('mod-room');
    stage.driver.setMentionable(stage.server, readers, true);
    await subscribe(readers);
    stage.driver.deleteRole(stage.server, readers);
    await round('Ocean one');
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean one']);
    expect(lastPost().content).not.toContain('<@&');
    expect(await list()).toContain('Its role was deleted, so its posts mention nobody.');
    expect(JSON.stringify(await stage.ask('status'))).toContain(
      'Its role was deleted, so its posts mention nobody.',
    );
    for (let minute = 0; minute < 3; minute++) {
      stage.clock.leap(HOUR);
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
    }
    expect(noticesIn(stage, moderators)).toEqual([
      `The role that posts in <#${stage.channel}> mentioned was deleted, so they go out without it. To mention another one, remove the subscription with \`/subscriptions\` and add it again with \`/subscribe\` and \`role\`.`,
    ]);
  });

  it('is shown as notifying nobody once it cannot be mentioned any more', async () => {
    stage.driver.setMentionable(stage.server, readers, true);
    await subscribe(readers);
    stage.driver.setMentionable(stage.server, readers, false);
    await vi.waitFor(async () =>
      expect(await list()).toContain(
        `A mention of <@&${readers}> notifies nobody: the role is not mentionable, and Mention Everyone is missing for me here.`,
      ),
    );
  });
});

const EVERYDAY = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'ReadMessageHistory',
  'UseApplicationCommands',
] as const;

describe('a topic that a subscription names', () => {
  let stage: Stage;
  let stand: Newsstand;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-named-'));
    stand = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: stand.sources,
      settings: { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` },
    });
  });
  afterEach(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });

  const place = () => ({ user: stage.moderator, channel: stage.channel });
  const edit = async (filter: string) => {
    const life = await formInList(stage, place(), '');
    return textOf(await (await stage.driver.submitModal({ ...place(), life, fields: { filter } })).message());
  };
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    stage.clock.leap(HOUR);
    await stage.round();
  };
  const forumWith = (...tags: string[]) =>
    stage.driver.createChannel(stage.server, { name: 'open', type: 'forum', tags }).id;
  const tagsOf = (forum: string) => stage.driver.threadsOf(forum).map(({ tags }) => tags.length);
  /** The catalogue of the next version has no topic of that name. */
  const loseTopic = () =>
    inDatabase(folder, (db) =>
      db.exec("UPDATE keyv SET value = replace(value, 'topic:diffusion', 'topic:diffusions-of-old')"),
    );

  it('gives its tag to forum posts also after the filter was narrowed, and no more once it is left out', async () => {
    const forum = forumWith('Diffusion');
    await stage.subscribe({ topic: 'diffusion', what: 'all', channel: forum });
    await edit('topic:diffusion -survey');
    await round('Latent diffusion models of climate');
    expect(tagsOf(forum)).toEqual([1]);
    await edit('diffusion -topic:diffusion OR weather');
    await round('Models of weather');
    expect(tagsOf(forum)).toEqual([1, 0]);
  });

  it('gives its tag where it was typed as keywords, and only to papers that are of this topic', async () => {
    const forum = forumWith('Diffusion', 'Robotics');
    await stage.subscribe({
      keywords: 'topic:diffusion OR topic:robotics',
      what: 'all',
      channel: forum,
    });
    await round('Latent diffusion models of climate');
    expect(tagsOf(forum)).toEqual([1]);
  });

  it('and that the catalogue lost, is said in the list and in /status, told to moderators once, and mended with Edit', async () => {
    const papers = stage.channelNamed('diffusion-papers');
    const moderators = stage.channelNamed('mod-room');
    await stage.subscribe({ topic: 'diffusion', what: 'all' }, papers);
    await stage.restart(loseTopic);
    const sentence =
      'Its filter cannot be read any more, so nothing matches it: There is no topic "diffusions-of-old"; the topic option of `/subscribe` lists them all. Edit it in `/subscriptions`.';
    const status = async () => textOf(await stage.ask('status', {}, papers));
    expect(textOf(await stage.ask('subscriptions'))).toContain(sentence);
    expect(await status()).toContain(sentence);
    expect(await status()).toContain('Paperboy is running; this channel needs a moderator');
    for (let hour = 0; hour < 3; hour++) {
      stage.clock.leap(HOUR);
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
      if (hour === 1) await stage.restart();
    }
    expect(noticesIn(stage, moderators)).toEqual([
      `A filter in <#${papers}> cannot be read any more, so nothing matches it: There is no topic "diffusions-of-old"; the topic option of \`/subscribe\` lists them all. It is kept; edit it in \`/subscriptions\`.`,
    ]);
    expect(await edit('topic:diffusion')).toContain('Filter changed');
    expect(await status()).not.toContain('needs a moderator');
    await round('Latent diffusion models of climate');
    expect(headsIn(stage, papers)).toEqual(['card: Latent diffusion models of climate']);
  });

  it('and that is lost again after it was mended, is told again', async () => {
    const moderators = stage.channelNamed('mod-room');
    await stage.subscribe({ topic: 'diffusion', what: 'all' });
    for (let times = 1; times <= 2; times++) {
      await stage.restart(loseTopic);
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
      expect(noticesIn(stage, moderators)).toHaveLength(times);
      await edit('topic:diffusion');
      stage.clock.leap(HOUR);
      await stage.pipeline().refresh();
    }
  });
});

describe('settings that cannot be read', () => {
  let stage: Stage;
  let stand: Newsstand;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-named-'));
    stand = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: stand.sources,
      settings: { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` },
    });
  });
  afterEach(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });

  it('of one channel are counted in the list and said in its /status; the other channels and servers go on', async () => {
    const torn = stage.channelNamed('torn');
    await stage.subscribe({ keywords: 'ocean', what: 'all' }, torn);
    await stage.restart(() =>
      inDatabase(folder, (db) =>
        db.prepare('UPDATE keyv SET value = \'{"value":{}}\' WHERE key LIKE ?').run(`%:${torn}`),
      ),
    );
    const alone = textOf(await stage.ask('subscriptions'));
    expect(alone).toContain(
      '1 setting of this server cannot be read; the operator’s log says more. They are kept.',
    );
    expect(alone).not.toContain('No channel of this server is subscribed');
    await stage.subscribe({ keywords: 'ocean', what: 'all' });
    expect(textOf(await stage.ask('subscriptions'))).toContain('1 setting of this server cannot be read');
    const status = await stage.ask('status', {}, torn);
    expect(titleOf(status)).toBe('Paperboy is running; this channel needs a moderator');
    expect(textOf(status)).toContain('The settings of this channel cannot be read');
    expect(titleOf(await stage.ask('status'))).toBe('Paperboy is running');
    stand.print('Ocean one');
    await stage.round();
    expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean one']);
  });

  it('because of a time zone that is no more, are said in the list and in /status, and told to moderators once', async () => {
    const moderators = stage.channelNamed('mod-room');
    await stage.subscribe({ keywords: 'ocean', when: 'daily', at: '09:00', zone: 'Europe/Berlin' });
    await stage.restart(() =>
      inDatabase(folder, (db) =>
        db.exec("UPDATE keyv SET value = replace(value, 'Europe/Berlin', 'Europe/Atlantis')"),
      ),
    );
    const sentence = 'There is no time zone “Europe/Atlantis” any more, so nothing is posted.';
    expect(textOf(await stage.ask('subscriptions'))).toContain(sentence);
    expect(textOf(await stage.ask('status'))).toContain(sentence);
    await stage.pipeline().refresh();
    await stage.pipeline().refresh();
    await stage.pipeline().deliver();
    expect(noticesIn(stage, moderators)).toHaveLength(1);
  });
});

describe('a channel that was deleted while Paperboy was down', () => {
  it('is shown as deleted though nothing was to be posted there, and told to moderators once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboy-named-'));
    const stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: createNewsstand().sources,
      settings: { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` },
    });
    const moderators = stage.channelNamed('mod-room');
    const papers = stage.channelNamed('ocean-papers');
    await stage.subscribe({ keywords: 'ocean', what: 'all' }, papers);
    await stage.subscribe({ keywords: 'ice', what: 'all' });
    await stage.restart(() => stage.driver.deleteChannel(papers));
    for (let minute = 0; minute < 2; minute++) {
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
    }
    const { driver, server, channel, sandbox } = stage;
    const owner = sandbox.world.guilds.get(server)?.ownerId ?? '';
    const list = textOf(await driver.slash({ user: owner, channel, name: 'subscriptions' }).message());
    expect(list.match(/: the channel was deleted; nothing more is posted for it\./g)).toHaveLength(1);
    // Nobody knows who could see it.
    expect(textOf(await stage.ask('subscriptions'))).toContain('1 more in a channel you cannot see.');
    expect(noticesIn(stage, moderators)).toHaveLength(1);
    expect(stage.driver.traffic().invalid).toBe(0);
    await stage.close();
    rmSync(folder, { recursive: true });
  });
});

function inDatabase(folder: string, work: (db: DatabaseSync) => void): void {
  const db = openBeside(join(folder, 'paperboy.db'));
  work(db);
  db.close();
}
