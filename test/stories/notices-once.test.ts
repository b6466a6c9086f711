import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PermissionName } from '#src/sandbox/permissions/permission-bits.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { BOT_PERMISSIONS } from '#test/sandbox/some-server.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PATIENCE = { timeout: 12_000, interval: 100 };

let stage: Stage;
let stand: Newsstand;
let file: string;
beforeEach(async () => {
  file = join(mkdtempSync(join(tmpdir(), 'paperboy-notices-')), 'p.db');
  stand = createNewsstand();
  const settings = { DATABASE_URL: `sqlite:${file}` };
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings });
});
afterEach(() => stage.close());

const subscribe = (channel: string, more = {}) =>
  stage.subscribe({ keywords: 'ocean', what: 'all', channel, ...more });
/** Who subscribes a channel must see it. */
const showToModerator = (id: string) =>
  stage.driver.setOverwrite(id, { id: stage.moderator, kind: 'member', allow: ['ViewChannel'] });
const round = async (...titles: string[]) => {
  stand.print(...titles);
  stage.clock.leap(HOUR / 4);
  await stage.round();
};
const hidden = (name: string, ...readers: string[]) => {
  const channel = stage.channelNamed(name);
  stage.driver.setOverwrite(channel, { id: stage.server, deny: ['ViewChannel'] });
  for (const id of [stage.role, ...readers])
    stage.driver.setOverwrite(channel, { id, allow: ['ViewChannel'] });
  return channel;
};
const silence = (channel: string) =>
  stage.driver.setOverwrite(channel, { id: stage.role, allow: ['ViewChannel'], deny: ['SendMessages'] });
const allow = (channel: string) =>
  stage.driver.setOverwrite(channel, { id: stage.role, allow: ['ViewChannel', 'SendMessages'] });
const everyNotice = () =>
  [...stage.sandbox.world.channels.keys()].flatMap((channel) => noticesIn(stage, channel));
const told = (room: string, count = 1) =>
  vi.waitFor(() => expect(noticesIn(stage, room)).toHaveLength(count), PATIENCE);
const live = async (steps: number, length: number) => {
  for (let i = 0; i < steps; i++) {
    stage.clock.leap(length);
    await stage.pipeline().refresh();
    await stage.pipeline().deliver();
  }
};
const list = async () => textOf(await stage.ask('subscriptions'));
const MISSING = (papers: string) =>
  `I cannot post in <#${papers}> any more: Send Messages is missing. Open Edit channel, Permissions, Paperboy; allow Send Messages. Its subscriptions are paused; nothing is lost. When it works again they resume by themselves, with what was held as one digest.`;

describe('a channel’s trouble', () => {
  it('is told once, and when papers arrive again the notice says so, once', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers);
    silence(papers);
    await round('Ocean one');
    await told(room);
    expect(noticesIn(stage, room)).toEqual([MISSING(papers)]);

    allow(papers);
    await vi.waitFor(() => expect(headsIn(stage, papers)).toEqual(['card: Ocean one']), PATIENCE);
    await vi.waitFor(
      () =>
        expect(noticesIn(stage, room)).toEqual([
          expect.stringMatching(
            /^I could not post in <#\d+>: Send Messages is missing\. It works again since <t:\d+:f>; what was held is posted\.$/,
          ),
        ]),
      PATIENCE,
    );
    await round('Ocean two');
    silence(papers);
    await round('Ocean three');
    await told(room, 2);
    expect(noticesIn(stage, room)[1]).toEqual(MISSING(papers));
  });

  it('is not told again after a restart, nor by an operator’s newer version', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers);
    silence(papers);
    await round('Ocean one');
    await told(room);
    await stage.restart();
    await live(3, DAY);
    expect(noticesIn(stage, room)).toHaveLength(1);
    // As a version that noted it in another place left it.
    await stage.restart(() => {
      const db = openBeside(file);
      const { since } = db.prepare('SELECT since FROM episode').get() as { since: number };
      db.exec('DELETE FROM episode; DELETE FROM hold');
      db.prepare('INSERT INTO cursor (name, value) VALUES (?, ?)').run(`told of hold ${papers}`, since);
      db.close();
    });
    await round('Ocean two');
    await live(3, DAY);
    expect(await list()).toContain('Paused by Paperboy');
    expect(noticesIn(stage, room)).toHaveLength(1);
  });

  it('that Paperboy sees only by trying is tried a few times a day, however much happens in the server', async () => {
    const room = hidden('team-lounge');
    const forum = { name: 'strict', type: 'forum', tags: ['Diffusion'], requiresTag: true } as const;
    const { id } = stage.driver.createChannel(stage.server, forum);
    const other = stage.channelNamed('other');
    // A paper that no tag is called like a topic of shows it, and nothing else does.
    await subscribe(id, { keywords: 'ocean OR topic:diffusion' });
    await round('Ocean one');
    for (let i = 0; i < 144; i++) {
      stage.driver.renameChannel(other, `other-${i}`);
      stage.driver.setRolePermissions(
        stage.server,
        stage.driver.createRole(stage.server, { name: `r${i}` }).id,
        [],
      );
      await live(1, HOUR / 6 + 1);
    }
    const tries = stage.driver.traffic().byRoute['POST /channels/{channel_id}/threads'] ?? 0;
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(12);
    expect(noticesIn(stage, room)).toEqual([
      `I cannot post in <#${id}> any more: every post in this forum needs a tag, and none of its tags is called like a topic. Open Edit channel and switch “Require people to select tags when posting” off, or add a tag that is called like the topic. Its subscriptions are paused; nothing is lost. When it works again they resume by themselves, with what was held as one digest.`,
    ]);
  });

  it('that nobody can be told is kept, shown, and told when a place opens', async () => {
    await subscribe(stage.channel);
    silence(stage.channel);
    await round('Ocean one');
    await live(3, DAY);
    expect(everyNotice()).toEqual([]);
    const untold =
      'Nobody was told of this: I may write in no channel that moderators read. Give me View Channel and Send Messages in one.';
    expect(await list()).toContain(untold);
    expect(textOf(await stage.ask('status'))).toContain(untold);

    await stage.restart();
    const room = hidden('team-lounge');
    await told(room);
    await live(2, DAY);
    expect(noticesIn(stage, room)).toHaveLength(1);
    expect(await list()).not.toContain('Nobody was told');
  });

  it('is told later where Discord refuses the notice first, by few requests', async () => {
    const [papers, room] = [stage.channelNamed('ocean-papers'), hidden('team-lounge')];
    await subscribe(papers);
    let refused = 0;
    let isMended = false;
    stage.driver.setFaults(({ method, path }) => {
      if (isMended || method !== 'POST' || path !== `/channels/${room}/messages`) return null;
      refused++;
      return { kind: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } };
    });
    silence(papers);
    await round('Ocean one');
    await live(48, HOUR / 2);
    expect(refused).toBeGreaterThan(1);
    expect(refused).toBeLessThan(8);
    isMended = true;
    await live(3, DAY);
    await told(room);
  });

  it('with threads, with embeds and with both names what is missing and where to click', async () => {
    const room = hidden('team-lounge');
    const threads = stage.channelNamed('ocean-threads');
    await subscribe(threads, { place: 'thread' });
    const deny = ['CreatePublicThreads', 'EmbedLinks'] as const;
    stage.driver.setOverwrite(threads, { id: stage.role, deny });
    await round('Ocean one');
    await told(room);
    expect(noticesIn(stage, room)[0]).toContain(
      'Embed Links and Create Public Threads are missing. Open Edit channel, Permissions, Paperboy; allow Embed Links and Create Public Threads.',
    );
    await live(20, HOUR);
    expect(noticesIn(stage, room)).toHaveLength(1);
    expect(headsIn(stage, threads)).toEqual([]);
    // Nothing is packed in vain while one of them is missing still.
    stage.driver.setOverwrite(threads, { id: stage.role, deny: ['CreatePublicThreads'] });
    await live(20, HOUR);
    const db = openBeside(file, { readOnly: true });
    const packed = db
      .prepare('SELECT count(*) AS n FROM post WHERE destination = ?')
      .get(`channel:${threads}`);
    db.close();
    expect(packed).toEqual({ n: 1 });
  });
});

describe('what takes the bot’s right in many channels at once', () => {
  const LOST = BOT_PERMISSIONS.filter((name) => name !== 'SendMessages');
  /** The bot may write by its role alone, and in the room by the room’s own settings. */
  const many = async (names: readonly string[]) => {
    const room = hidden('team-lounge');
    stage.driver.setOverwrite(room, { id: stage.role, allow: ['ViewChannel', 'SendMessages'] });
    stage.driver.setRolePermissions(stage.server, stage.server, ['ViewChannel', 'UseApplicationCommands']);
    const permissions = ['ManageChannels', 'SendMessages'] as const;
    const mods = stage.driver.createRole(stage.server, { name: 'Mods', permissions: [...permissions] }).id;
    stage.driver.setMemberRoles(stage.server, stage.moderator, [mods]);
    const channels = names.map((name) => stage.channelNamed(name));
    for (const channel of channels) await stage.subscribe({ keywords: 'ocean', what: 'all', channel });
    return { room, channels };
  };
  const setRole = (permissions: readonly PermissionName[]) =>
    stage.driver.setRolePermissions(stage.server, stage.role, permissions);
  const TWELVE = Array.from({ length: 12 }, (_, i) => `ocean-${i}`);
  const edits = () =>
    stage.driver.traffic().byRoute['PATCH /channels/{channel_id}/messages/{message_id}'] ?? 0;

  it('is one notice that names them all, and one edit when all of them work again', async () => {
    const { room, channels } = await many(TWELVE);
    setRole(LOST);
    await round('Ocean one');
    await told(room);
    const [text] = noticesIn(stage, room);
    for (const channel of channels) expect(text).toContain(`<#${channel}>`);
    expect(text).toMatch(
      /^I cannot post in (<#\d+>, ){10}<#\d+> and <#\d+> any more: Send Messages is missing\. /,
    );
    expect(text).toMatch(
      / Their subscriptions are paused; nothing is lost\. When they work again they resume by themselves, with what was held as one digest in each channel\.$/,
    );
    await stage.restart();
    await live(3, DAY);
    expect(everyNotice()).toHaveLength(1);

    // All but one work again: there is nothing to say yet.
    silence(channels[0]);
    setRole(BOT_PERMISSIONS);
    await vi.waitFor(() => expect(headsIn(stage, channels[11])).toHaveLength(1), PATIENCE);
    await live(3, HOUR);
    expect(noticesIn(stage, room)).toEqual([text]);
    allow(channels[0]);
    await vi.waitFor(
      () =>
        expect(noticesIn(stage, room)).toEqual([
          expect.stringMatching(
            /^I could not post in (<#\d+>, ){10}<#\d+> and <#\d+>: Send Messages is missing\. They work again since <t:\d+:f>; what was held is posted\.$/,
          ),
        ]),
      PATIENCE,
    );
    await live(3, HOUR);
    expect(edits()).toBe(1);
  });

  it('counts the channels that are hidden from some of those who read the notice', async () => {
    const { channels } = await many(['ocean-a', 'ocean-b', 'ocean-c']);
    const guests = stage.driver.createRole(stage.server, { name: 'Guests' }).id;
    const room = stage.channelNamed('team-lounge');
    stage.driver.setOverwrite(room, { id: guests, allow: ['ViewChannel'] });
    for (const id of channels.slice(1)) {
      stage.driver.setOverwrite(id, { id: stage.server, deny: ['ViewChannel'] });
      stage.driver.setOverwrite(id, { id: stage.role, allow: ['ViewChannel'] });
    }
    setRole(LOST);
    await round('Ocean one');
    await told(room);
    expect(noticesIn(stage, room)[0]).toContain(
      `I cannot post in <#${channels[0]}> and 2 channels that not everybody here can see any more: `,
    );
    setRole(BOT_PERMISSIONS);
    await vi.waitFor(
      () =>
        expect(noticesIn(stage, room)[0]).toContain(
          `I could not post in <#${channels[0]}> and 2 channels that not everybody here can see: `,
        ),
      PATIENCE,
    );
    await live(2, HOUR);
    expect(edits()).toBe(1);
  });

  it('leaves a channel that fails later, or for another reason, its own notice', async () => {
    const { room, channels } = await many(['ocean-a', 'ocean-b', 'ocean-c', 'ocean-d']);
    stage.driver.setOverwrite(channels[2], { id: stage.role, deny: ['EmbedLinks', 'SendMessages'] });
    for (const id of channels.slice(0, 2)) silence(id);
    await round('Ocean one');
    await told(room, 2);
    silence(channels[3]);
    await round('Ocean two');
    await told(room, 3);
    const [first, second, third] = noticesIn(stage, room);
    expect([first, second].filter((text) => text.includes('are missing'))).toEqual([
      expect.stringContaining(`I cannot post in <#${channels[2]}> any more`),
    ]);
    expect([first, second].filter((text) => text.includes('is missing'))).toEqual([
      expect.stringMatching(`I cannot post in <#(${channels[0]}|${channels[1]})> and <#\\d+> any more`),
    ]);
    expect(third).toBe(MISSING(channels[3]));
  });

  it('is told in one notice also where there was no place for it first', async () => {
    const { room, channels } = await many(['ocean-a', 'ocean-b', 'ocean-c']);
    silence(room);
    setRole(LOST);
    await round('Ocean one');
    await live(2, DAY);
    expect(everyNotice()).toEqual([]);
    allow(room);
    await told(room);
    await live(2, DAY);
    expect(everyNotice()).toHaveLength(1);
    for (const channel of channels) expect(everyNotice()[0]).toContain(`<#${channel}>`);
  });

  it('says nothing of one that was deleted meanwhile, when the others work again', async () => {
    const { room, channels } = await many(['ocean-a', 'ocean-b', 'ocean-c']);
    setRole(LOST);
    await round('Ocean one');
    await told(room);
    stage.driver.deleteChannel(channels[1]);
    await told(room, 2);
    setRole(BOT_PERMISSIONS);
    await vi.waitFor(
      () => expect(noticesIn(stage, room)[0]).toMatch(/^I could not post in <#\d+> and <#\d+>: .* They work/),
      PATIENCE,
    );
    expect(noticesIn(stage, room)[0]).not.toContain(channels[1]);
  });

  it('is one notice of channels that were deleted while nobody listened', async () => {
    const { room, channels } = await many(['ocean-a', 'ocean-b', 'ocean-c']);
    await stage.restart(() => {
      for (const id of channels) stage.driver.deleteChannel(id);
    });
    await told(room);
    await live(2, HOUR);
    expect(everyNotice()).toEqual([
      '3 channels that I posted in were deleted, so nothing more is posted for them. Their subscriptions stand in `/subscriptions` until somebody removes them; `/subscribe` begins in another channel.',
    ]);
  });
});

describe('a deleted channel', () => {
  it('is called by its last name where everybody who reads it could see the channel', async () => {
    const papers = stage.channelNamed('ocean_papers');
    const room = hidden('team-lounge');
    await subscribe(papers);
    stage.driver.deleteChannel(papers);
    await told(room);
    expect(noticesIn(stage, room)).toEqual([
      'The channel #ocean_papers was deleted, so nothing more is posted for it. Its subscriptions stand in `/subscriptions` until somebody removes them; `/subscribe` begins in another channel.',
    ]);
  });

  it('that was hidden has no name where others read', async () => {
    const secret = hidden('layoffs-2027');
    showToModerator(secret);
    await subscribe(secret);
    stage.driver.deleteChannel(secret);
    await told(stage.channel);
    const [text] = noticesIn(stage, stage.channel);
    expect(text).toMatch(/^A channel that I posted in was deleted, so nothing more is posted for it\. /);
    expect(text).not.toContain('layoffs');
    expect(text).not.toContain(secret);
  });

  it('that was hidden has its name where only those read who could see it', async () => {
    const owners = stage.driver.createRole(stage.server, { name: 'Owners', permissions: ['ManageGuild'] }).id;
    const others = stage.driver.createRole(stage.server, { name: 'Others' }).id;
    const secret = hidden('layoffs-2027', owners);
    const room = hidden('owners-room', owners);
    showToModerator(secret);
    await subscribe(secret);
    stage.driver.deleteChannel(secret);
    await told(room);
    expect(noticesIn(stage, room)[0]).toContain('The channel #layoffs-2027 was deleted');

    const second = hidden('layoffs-2028', owners);
    stage.driver.setOverwrite(room, { id: others, allow: ['ViewChannel'] });
    showToModerator(second);
    await subscribe(second);
    stage.driver.deleteChannel(second);
    await told(room, 2);
    expect(noticesIn(stage, room)[1]).not.toContain('layoffs-2028');
  });
});
