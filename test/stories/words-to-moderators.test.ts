import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { inList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PATIENCE = { timeout: 8_000, interval: 50 };

let stage: Stage;
let stand: Newsstand;
let file: string;
beforeEach(async () => {
  file = join(mkdtempSync(join(tmpdir(), 'paperboy-words-')), 'p.db');
  stand = createNewsstand();
  const settings = { DATABASE_URL: `sqlite:${file}` };
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings });
});
afterEach(() => stage.close());

const subscribe = (channel: string, more = {}) =>
  stage.subscribe({ keywords: 'ocean', what: 'all', channel, ...more });
const round = async (...titles: string[]) => {
  stand.print(...titles);
  stage.clock.leap(HOUR / 4);
  await stage.round();
};
const hidden = (name: string) => {
  const channel = stage.channelNamed(name);
  stage.driver.setOverwrite(channel, { id: stage.server, deny: ['ViewChannel'] });
  stage.driver.setOverwrite(channel, { id: stage.role, allow: ['ViewChannel'] });
  return channel;
};
const everyNotice = () =>
  [...stage.sandbox.world.channels.keys()].flatMap((channel) => noticesIn(stage, channel));
const live = async (steps: number, length: number) => {
  for (let i = 0; i < steps; i++) {
    stage.clock.leap(length);
    await stage.pipeline().refresh();
    await stage.pipeline().deliver();
  }
};
const list = async () => textOf(await stage.ask('subscriptions'));
const removeFirst = () =>
  inList(stage.driver, { user: stage.moderator, channel: stage.channel }, '', 'Remove');
const mentionable = () => {
  const role = stage.driver.createRole(stage.server, { name: 'readers' }).id;
  stage.driver.setMentionable(stage.server, role, true);
  return role;
};
const deleteRole = async (role: string) => {
  stage.driver.deleteRole(stage.server, role);
  await vi.waitFor(async () => expect(await list()).toContain('Its role was deleted'), PATIENCE);
};
/** Such a request of the bot is refused by Discord, though the gateway sees nothing that hinders. */
const refuse = (ending: string, status: number, body?: object) =>
  stage.driver.setFaults(({ method, path }) =>
    method === 'POST' && path.endsWith(ending) ? { kind: 'status', status, ...(body && { body }) } : null,
  );
const DELETED_ROLE = (channel: string) =>
  `The role that posts in <#${channel}> mentioned was deleted, so they go out without it.`;

describe('a word to moderators', () => {
  it('of a deleted role comes once, though Discord loses the server for a while', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    const role = mentionable();
    await subscribe(papers, { role });
    await deleteRole(role);
    await live(2, HOUR);
    expect(noticesIn(stage, room)).toEqual([expect.stringContaining(DELETED_ROLE(papers))]);
    const isAway = async (away: boolean) => {
      stage.driver.setServerAvailable(stage.server, !away);
      const lost = expect.stringContaining('Its role was deleted');
      await vi.waitFor(
        async () =>
          expect(await list()).toEqual(away ? expect.not.stringContaining('Its role was deleted') : lost),
        PATIENCE,
      );
      await live(2, HOUR);
    };
    await isAway(true);
    await isAway(false);
    expect(noticesIn(stage, room)).toHaveLength(1);
  });

  it('of a deleted role comes a day later where Discord refused it first, by few requests', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    const role = mentionable();
    await subscribe(papers, { role });
    let refused = 0;
    stage.driver.setFaults(({ method, path }) => {
      if (method !== 'POST' || path !== `/channels/${room}/messages`) return null;
      refused++;
      return { kind: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } };
    });
    await deleteRole(role);
    await live(48, HOUR);
    expect(refused).toBeLessThan(4);
    stage.driver.setFaults(null);
    await live(3, DAY);
    expect(noticesIn(stage, room)).toEqual([expect.stringContaining(DELETED_ROLE(papers))]);
  });

  it('of what does not work in the only channel comes there', async () => {
    const role = mentionable();
    await subscribe(stage.channel, { role });
    await deleteRole(role);
    await live(3, HOUR);
    expect(everyNotice()).toEqual([expect.stringContaining(DELETED_ROLE(stage.channel))]);
  });

  it('of threads that may not be opened in the only channel comes there', async () => {
    await subscribe(stage.channel, { place: 'thread' });
    stage.driver.setOverwrite(stage.channel, { id: stage.role, deny: ['CreatePublicThreads'] });
    await round('Ocean one');
    await live(2, HOUR);
    expect(everyNotice()).toEqual([expect.stringContaining('Create Public Threads is missing')]);
    expect(await list()).not.toContain('Nobody was told');
  });

  it('of a trouble that nobody could be told of while it lasted does not come when it is over', async () => {
    const channels = ['one', 'two', 'three'].map((name) => stage.channelNamed(name));
    for (const channel of channels) await subscribe(channel);
    stage.driver.timeOut(stage.server, stage.sandbox.world.bot.id, stage.clock.now() + 2 * HOUR);
    await vi.waitFor(async () => {
      await round('Ocean one');
      expect(await list()).toContain('timed Paperboy out');
    }, PATIENCE);
    await live(5, HOUR);
    expect(channels.map((channel) => headsIn(stage, channel).length)).toEqual([1, 1, 1]);
    expect(everyNotice()).toEqual([]);
  });

  it('says that it works again also where nothing is left to be posted, and a new trouble is a new word', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers);
    await subscribe(papers, { keywords: 'river' });
    const deny = ['SendMessages'] as const;
    const silence = () => stage.driver.setOverwrite(papers, { id: stage.role, allow: ['ViewChannel'], deny });
    silence();
    await round('Ocean one');
    await live(1, HOUR);
    await removeFirst();
    stage.driver.setOverwrite(papers, { id: stage.role, allow: ['ViewChannel', 'SendMessages'] });
    await vi.waitFor(async () => expect(await list()).not.toMatch(/paused/i), PATIENCE);
    await live(3, HOUR);
    expect(noticesIn(stage, room)).toEqual([expect.stringContaining('It works again since')]);
    silence();
    await round('River one');
    await live(3, HOUR);
    expect(noticesIn(stage, room)).toEqual([
      expect.stringContaining('It works again since'),
      expect.stringContaining(`I cannot post in <#${papers}> any more`),
    ]);
  });

  it('that could not be said is no news of a hidden channel for who does not see it', async () => {
    const secret = hidden('layoffs');
    const by = { id: stage.moderator, kind: 'member', allow: ['ViewChannel'] } as const;
    stage.driver.setOverwrite(secret, by);
    const rights = ['ManageChannels'] as const;
    const blind = stage.driver.addMember(stage.server, { name: 'Bea', permissions: [...rights] }).id;
    await subscribe(secret);
    await subscribe(stage.channelNamed('papers'), { keywords: 'desert' });
    const deny = ['SendMessages'] as const;
    for (const id of [secret, stage.channel])
      stage.driver.setOverwrite(id, { id: stage.role, allow: ['ViewChannel'], deny });
    await round('Ocean one');
    await live(2, HOUR);
    expect(await list()).toContain('Nobody was told');
    const asked = { user: blind, channel: stage.channel, name: 'subscriptions', options: {} };
    const shown = textOf(await stage.driver.slash(asked).message());
    expect(shown).toContain('1 more in a channel you cannot see.');
    expect(shown).not.toContain('Nobody was told');
  });

  it('of a refusal comes also when Paperboy died before it could say so', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers);
    stage.driver.setOverwrite(papers, { id: stage.role, allow: ['ViewChannel'], deny: ['SendMessages'] });
    await stage.restart(() => {
      const db = openBeside(file);
      db.prepare(`INSERT INTO hold (destination, server, code, reason, since)
        VALUES (?, ?, 'permission-missing', 'Send Messages is missing', ?)`).run(
        ...[`channel:${papers}`, stage.server, stage.clock.now()],
      );
      db.close();
    });
    await live(3, HOUR);
    expect(noticesIn(stage, room)).toEqual([
      expect.stringContaining(`I cannot post in <#${papers}> any more`),
    ]);
  });
});

describe('a step that follows a post', () => {
  it('and is in vain for longer than a week is told once, for all posts of the channel', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers, { place: 'thread' });
    refuse('/threads', 400, { message: 'Maximum number of threads reached', code: 30033 });
    await round('Ocean one', 'Ocean two');
    await live(48, 4 * HOUR);
    await round('Ocean three');
    await live(6, 4 * HOUR);
    expect(noticesIn(stage, room)).toHaveLength(1);
  });

  it('and got no answer for a week is told with the words that it is given up', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers, { place: 'thread' });
    refuse('/threads', 503);
    await round('Ocean one');
    await live(48, 4 * HOUR);
    expect(noticesIn(stage, room)).toEqual([expect.stringContaining('I tried for a week, and stop now.')]);
  });

  it('is not wanted any more in a channel that was deleted', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers, { place: 'thread' });
    refuse('/threads', 503);
    await round('Ocean one');
    await removeFirst();
    stage.driver.deleteChannel(papers);
    stage.driver.setFaults(null);
    await live(10, HOUR);
    expect(noticesIn(stage, room)).toEqual([]);
    const db = openBeside(file, { readOnly: true });
    expect(db.prepare('SELECT 1 FROM post WHERE step_at IS NOT NULL').all()).toEqual([]);
    db.close();
  });
});
