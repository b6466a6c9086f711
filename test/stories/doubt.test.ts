import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PermissionName } from '#src/sandbox/permissions/permission-bits.ts';
import type { SandboxOptions } from '#src/sandbox/sandbox.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { createShiftedClock, type ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { inList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = '2026-03-10T12:00:00Z';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let stage: Stage;
let stand: Newsstand;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-doubt-'));
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

/** Discord's own clock, where it is not the bot's. */
const open = async (discordClock?: ShiftedClock, more: SandboxOptions = {}) => {
  stand = createNewsstand();
  const settings = { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` };
  const sandbox = { ...more, ...(discordClock && { clock: discordClock }) };
  stage = await openStage({ start: START, sources: stand.sources, settings, sandbox });
};
const subscribe = (channel: string, more = {}) =>
  stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
const write = (
  channel: string,
  count: number,
  apart: number,
  clocks: readonly ShiftedClock[] = [stage.clock],
) => {
  for (let i = 0; i < count; i++) {
    for (const clock of clocks) clock.leap(apart);
    stage.driver.write({ user: stage.alice, channel, content: `chat ${i}` });
  }
};
/** A paper is posted there, and no answer comes: the bot stops, not knowing whether it is there. */
const leaveInDoubt = async (
  place: string,
  arrives: boolean,
  meanwhile: () => unknown,
  path = `/channels/${place}/messages`,
) => {
  let cuts = 0;
  stage.driver.setFaults((request) =>
    request.method === 'POST' && request.path === path && cuts++ === 0
      ? { kind: arrives ? 'cut-after' : 'cut-before' }
      : null,
  );
  stand.print('Ocean one');
  await Promise.race([stage.round(), vi.waitFor(() => expect(cuts).toBe(1), 5000)]);
  await stage.restart(() => {
    stage.driver.setFaults(null);
    return meanwhile();
  });
};
const deliverAfter = async (ms: number, times = 1, clocks: readonly ShiftedClock[] = [stage.clock]) => {
  for (let i = 0; i < times; i++) {
    for (const clock of clocks) clock.leap(ms);
    await stage.pipeline().deliver();
  }
};
const change = (sql: string) => {
  const db = openBeside(join(folder, 'paperboy.db'));
  db.exec(sql);
  db.close();
};
const states = (): string[] => {
  const db = openBeside(join(folder, 'paperboy.db'), { readOnly: true });
  const rows = db.prepare("SELECT state FROM post WHERE kind <> 'notice' ORDER BY id").all();
  db.close();
  return rows.map(({ state }) => String(state));
};
const RIGHTS: readonly PermissionName[] = ['ReadMessageHistory'];
const hideHistory = (channel: string) => stage.driver.setOverwrite(channel, { id: stage.role, deny: RIGHTS });
const showHistory = (channel: string) => stage.driver.setOverwrite(channel, { id: stage.role });

describe('a post of which nobody knows whether it arrived', () => {
  it.each([
    { count: 20, arrives: true },
    { count: 2100, arrives: true },
    { count: 20, arrives: false },
    { count: 2100, arrives: false },
  ])(
    'is there once, though members wrote $count messages since (it had arrived: $arrives)',
    async ({ count, arrives }) => {
      await open();
      const busy = stage.channelNamed('general');
      await subscribe(busy);
      await leaveInDoubt(busy, arrives, () => write(busy, count, 80_000));
      await deliverAfter(HOUR, 3);
      expect(headsIn(stage, busy)).toEqual(['card: Ocean one']);
      expect(states().at(-1)).toBe('sent');
    },
    60_000,
  );

  it('is found out by few questions, though members wrote 20,000 messages since', async () => {
    await open();
    const busy = stage.channelNamed('general');
    await subscribe(busy);
    await leaveInDoubt(busy, false, () => write(busy, 20_000, 20_000));
    stage.driver.resetTraffic();
    await deliverAfter(HOUR, 2);
    expect(headsIn(stage, busy)).toEqual(['card: Ocean one']);
    expect(stage.driver.traffic().byRoute['GET /channels/{channel_id}/messages'] ?? 0).toBeLessThan(5);
  });

  it('is made sure of also where members wrote thousands of messages in the very minutes', async () => {
    await open();
    const busy = stage.channelNamed('general');
    await subscribe(busy);
    await leaveInDoubt(busy, false, () => write(busy, 5000, 100));
    await deliverAfter(HOUR, 4);
    expect(headsIn(stage, busy)).toEqual(['card: Ocean one']);
  });

  it.each([
    { ahead: 30 * MINUTE, arrives: true },
    { ahead: -30 * MINUTE, arrives: true },
    { ahead: 5 * HOUR, arrives: true },
    { ahead: -5 * HOUR, arrives: false },
  ])(
    'is there once, though the bot’s clock is $ahead ms ahead of Discord’s (it had arrived: $arrives)',
    async ({ ahead, arrives }) => {
      const discord = createShiftedClock(Date.parse(START) - ahead);
      await open(discord);
      const busy = stage.channelNamed('general');
      await subscribe(busy);
      const clocks = [stage.clock, discord];
      await leaveInDoubt(busy, arrives, () => write(busy, 300, 5000, clocks));
      await deliverAfter(HOUR, 2, clocks);
      expect(headsIn(stage, busy)).toEqual(['card: Ocean one']);
    },
    60_000,
  );

  it.each([-40 * MINUTE, 40 * MINUTE])(
    'is there once, though the clock was set by %d ms in between',
    async (by) => {
      const discord = createShiftedClock(START);
      await open(discord);
      const busy = stage.channelNamed('general');
      await subscribe(busy);
      await leaveInDoubt(busy, true, () => {
        write(busy, 300, 1000, [stage.clock, discord]);
        stage.clock.step(by);
      });
      await deliverAfter(HOUR, 2, [stage.clock, discord]);
      expect(headsIn(stage, busy)).toEqual(['card: Ocean one']);
    },
    60_000,
  );

  it('is not sent twice when the right to read the history was taken before it was looked for', async () => {
    await open();
    const papers = stage.channelNamed('papers');
    await subscribe(papers);
    await leaveInDoubt(papers, true, () => hideHistory(papers));
    await deliverAfter(HOUR, 3);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
    showHistory(papers);
    await wait(300);
    await deliverAfter(HOUR, 2);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
    expect(states().at(-1)).toBe('sent');
  });

  it.each([
    { when: 'while it was looked for', givenBack: false },
    { when: 'while it was looked for, and given back at once', givenBack: true },
  ])(
    'is not sent twice when the right to read the history was taken $when',
    async ({ givenBack }) => {
      await open();
      const papers = stage.channelNamed('papers');
      await subscribe(papers);
      await leaveInDoubt(papers, true, () => {});
      let asked = 0;
      stage.driver.setFaults(({ method, path }) => {
        if (method !== 'GET' || path !== `/channels/${papers}/messages` || asked++ > 0) return null;
        hideHistory(papers);
        if (givenBack) setTimeout(() => showHistory(papers), 50);
        return null;
      });
      await deliverAfter(HOUR);
      expect(asked).toBeGreaterThan(0);
      showHistory(papers);
      await wait(300);
      await deliverAfter(HOUR, 2);
      expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
    },
    60_000,
  );

  it('as a card with a thread is there once, and so is its thread', async () => {
    await open();
    const papers = stage.channelNamed('papers');
    await subscribe(papers, { place: 'thread' });
    await leaveInDoubt(papers, false, () => write(papers, 150, 1000));
    await deliverAfter(HOUR, 2);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
    expect(stage.driver.threadsOf(papers)).toHaveLength(1);
  });

  it.each([true, false])(
    'in a forum with 250 archived posts since is there once (it had arrived: %s)',
    async (arrives) => {
      await open();
      const forum = stage.channelNamed('forum', 'forum');
      await stage.subscribe({ keywords: 'ocean', what: 'all', channel: forum });
      const archiveAll = () => {
        for (const { id } of stage.driver.threadsOf(forum)) stage.driver.setThread(id, { archived: true });
        for (let n = 0; n < 250; n++) {
          stage.clock.leap(MINUTE);
          const { id } = stage.driver.createThread(forum, {
            name: `Post ${n}`,
            user: stage.alice,
            content: 'x',
          });
          stage.driver.setThread(id, { archived: true });
        }
      };
      await leaveInDoubt(forum, arrives, archiveAll, `/channels/${forum}/threads`);
      await deliverAfter(HOUR, 2);
      const named = stage.driver.threadsOf(forum).filter(({ name }) => name === 'Ocean one');
      expect(named).toHaveLength(1);
      expect(states().at(-1)).toBe('sent');
    },
    60_000,
  );
});

const READ = 'GET /channels/{channel_id}/messages';
const cannotBeRead = (...channels: string[]) =>
  stage.driver.setFaults(({ method, path }) =>
    method === 'GET' && channels.some((id) => path === `/channels/${id}/messages`)
      ? { kind: 'status', status: 500 }
      : null,
  );

describe('a post that is in doubt for a day', () => {
  let papers: string;
  let moderators: string;
  beforeEach(async () => {
    await open();
    papers = stage.channelNamed('papers');
    moderators = stage.channelNamed('mod-room');
    await subscribe(papers);
  });
  const noticeAfter = async (arrives: boolean) => {
    await leaveInDoubt(papers, arrives, () => cannotBeRead(papers));
    await deliverAfter(HOUR, 3);
    await stage.pipeline().refresh();
    expect(noticesIn(stage, moderators)).toEqual([]);
    stage.clock.leap(DAY);
    await stage.pipeline().refresh();
    await deliverAfter(MINUTE);
    const [notice] = stage.driver.allMessages(moderators);
    return notice;
  };
  const press = async (message: string, label: string, user = stage.moderator) =>
    textOf(await stage.driver.click({ user, channel: moderators, message, label }).message());

  it('is told to moderators once, with the way to it and a choice', async () => {
    const notice = await noticeAfter(false);
    expect(notice.content).toContain('Ocean one');
    expect(notice.content).toContain(`<#${papers}>`);
    expect(notice.content).toContain(`https://discord.com/channels/${stage.server}/${papers}/`);
    stage.clock.leap(DAY);
    await stage.pipeline().refresh();
    await deliverAfter(DAY, 2);
    await stage.pipeline().refresh();
    await deliverAfter(MINUTE);
    expect(noticesIn(stage, moderators)).toHaveLength(1);
  });

  it('tells nothing of a hidden channel where everybody reads', async () => {
    stage.driver.setOverwrite(papers, { id: stage.server, deny: ['ViewChannel'] });
    stage.driver.setOverwrite(papers, { id: stage.role, allow: ['ViewChannel'] });
    const { content } = await noticeAfter(false);
    expect(content).toMatch(
      /^Discord did not say whether 1 paper reached a channel that not everybody here can see \(tried <t:\d+:R>\), and I cannot make sure by reading that channel\.\nWho sees the channel may look there\. If it is missing, press “Send again”;/,
    );
    expect(content).not.toMatch(/Ocean|\d{17}/);
  });

  it('tells nothing of a channel that is hidden from some of those who read it', async () => {
    const { driver, server, role } = stage;
    const [team, guests] = ['Team', 'Guests'].map((name) => driver.createRole(server, { name }).id);
    driver.setOverwrite(moderators, { id: server, deny: ['ViewChannel'] });
    for (const id of [role, stage.moderator, team, guests])
      driver.setOverwrite(moderators, { id, allow: ['ViewChannel'] });
    driver.setOverwrite(papers, { id: server, deny: ['ViewChannel'] });
    for (const id of [role, stage.moderator, team])
      driver.setOverwrite(papers, { id, allow: ['ViewChannel', 'SendMessages'] });
    const { content } = await noticeAfter(false);
    expect(content).toContain('1 paper reached a channel that not everybody here can see');
    expect(content).not.toMatch(/Ocean|\d{17}/);
  });

  it('tells nothing of a channel that is hidden from one role of those who read it', async () => {
    const { driver, server } = stage;
    const aside = driver.createRole(server, { name: 'Aside' }).id;
    driver.setOverwrite(papers, { id: aside, deny: ['ViewChannel'] });
    const { content } = await noticeAfter(false);
    expect(content).not.toMatch(/Ocean|\d{17}/);
  });

  it('tells all of it where everybody who reads it sees the channel', async () => {
    const { driver, server, role } = stage;
    const [team, guests] = ['Team', 'Guests'].map((name) => driver.createRole(server, { name }).id);
    for (const [channel, seers] of [
      [moderators, [role, team]],
      [papers, [role, stage.moderator, team, guests]],
    ] as const) {
      driver.setOverwrite(channel, { id: server, deny: ['ViewChannel'] });
      for (const id of seers) driver.setOverwrite(channel, { id, allow: ['ViewChannel', 'SendMessages'] });
    }
    const { content } = await noticeAfter(false);
    expect(content).toContain('Ocean one');
    expect(content).toContain(`<#${papers}>`);
  });

  it('is sent again when a moderator says so; who presses after that hears what was done', async () => {
    const { id } = await noticeAfter(false);
    expect(await press(id, 'Send again')).toContain(`It is sent to <#${papers}> again now.`);
    expect(await press(id, 'Leave it')).toMatch(/on its way|It is in/);
    await deliverAfter(MINUTE);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
    const [post] = stage.driver.allMessages(papers).filter(({ embeds }) => embeds[0]?.title === 'Ocean one');
    const link = `https://discord.com/channels/${stage.server}/${papers}/${post.id}`;
    expect(await press(id, 'Send again')).toContain(`It is in <#${papers}>: ${link}. Nothing was changed.`);
    await deliverAfter(MINUTE, 2);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
  });

  it('is sent again after the quiet hours where a moderator says so in them', async () => {
    const quiet = { quiet: '12:00-18:00', zone: 'UTC' };
    await stage.subscribe({ keywords: 'one', what: 'all', ...quiet }, papers);
    stage.clock.leapTo('2026-03-10T19:00:00Z');
    const { id } = await noticeAfter(false);
    await inList(stage.driver, { user: stage.moderator, channel: stage.channel }, '', 'Remove');
    stage.clock.leapTo('2026-03-12T13:00:00Z');
    const evening = Date.parse('2026-03-12T18:00:00Z') / 1000;
    expect(await press(id, 'Send again')).toContain(
      `<#${papers}> has quiet hours now. It goes when they end, <t:${evening}:R>.`,
    );
    await deliverAfter(MINUTE, 2);
    expect(headsIn(stage, papers)).toEqual([]);
    expect(await press(id, 'Send again')).toContain('It is on its way');
    stage.clock.leapTo('2026-03-12T18:00:05Z');
    await stage.pipeline().deliver();
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
  });

  it('is not sent again where nobody wants it any more, and the moderator hears so', async () => {
    const { id } = await noticeAfter(false);
    await inList(stage.driver, { user: stage.moderator, channel: stage.channel }, '', 'Remove');
    expect(await press(id, 'Send again')).toContain(`No subscription of <#${papers}> wants it any more`);
    await deliverAfter(MINUTE, 2);
    expect(headsIn(stage, papers)).toEqual([]);
  });

  it('is left as it is when a moderator says so', async () => {
    const { id } = await noticeAfter(true);
    expect(await press(id, 'Leave it')).toContain(`Left as it is: I do not send it to <#${papers}> again.`);
    expect(await press(id, 'Send again')).toContain('This was settled already');
    stage.driver.setFaults(null);
    await deliverAfter(HOUR, 2);
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
    expect(states()).toEqual(['refused']);
  });

  it('is no member’s to decide', async () => {
    const { id } = await noticeAfter(true);
    expect(await press(id, 'Send again', stage.alice)).toContain(
      'Only members with the Manage Channels permission',
    );
    expect(states()).toEqual(['unknown']);
  });

  it('costs Discord few questions, and fewer each time', async () => {
    await leaveInDoubt(papers, false, () => cannotBeRead(papers));
    stage.driver.resetTraffic();
    await deliverAfter(5 * MINUTE, (12 * 60) / 5);
    expect(stage.driver.traffic().byRoute[READ]).toBeLessThan(100);
  });

  it('costs a few refused requests a day where the channel cannot be seen any more', async () => {
    await leaveInDoubt(papers, false, () =>
      stage.driver.setFaults(({ method, path }) =>
        method === 'GET' && path === `/channels/${papers}/messages`
          ? { kind: 'status', status: 403, body: { message: 'Missing Access', code: 50001 } }
          : null,
      ),
    );
    stage.driver.resetTraffic();
    for (let quarter = 0; quarter < 96; quarter++) {
      await deliverAfter(15 * MINUTE);
      await stage.pipeline().refresh();
    }
    expect(stage.driver.traffic().invalid).toBeLessThan(12);
    expect(stage.driver.traffic().invalid).toBeGreaterThan(0);
    stage.driver.setFaults(null);
    for (let day = 0; day < 2; day++) {
      await deliverAfter(24 * HOUR);
      await stage.pipeline().refresh();
      await deliverAfter(HOUR);
    }
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
  });
});

describe('a channel with posts in doubt', () => {
  it('that is deleted is owed nothing: nothing there is in doubt any more', async () => {
    await open();
    const papers = stage.channelNamed('papers');
    await subscribe(papers);
    await leaveInDoubt(papers, true, () => cannotBeRead(papers));
    expect(states()).toEqual(['unknown']);
    stage.driver.deleteChannel(papers);
    await vi.waitFor(() => expect(states()).toEqual(['refused']), 5000);
  });

  it('that was deleted while the bot was away is owed nothing after a day, and other cards are kept up to date', async () => {
    await open();
    const papers = stage.channelNamed('papers');
    const other = stage.channelNamed('other');
    await subscribe(papers);
    await subscribe(other);
    await leaveInDoubt(papers, true, () => stage.driver.deleteChannel(papers));
    await deliverAfter(MINUTE, 3);
    stand.vote('2603.00001', 40);
    await stage.round();
    await stage.pipeline().refresh();
    expect(JSON.stringify(postsIn(stage, other)[0].message.embeds)).toContain('40 upvotes');
    await deliverAfter(DAY + HOUR);
    await stage.pipeline().refresh();
    expect(states()).toEqual(['refused', 'sent']);
  });

  it.each([
    { how: 'though there are twenty-five of them', hangs: false },
    { how: 'though Discord does not answer who asks for them', hangs: true },
  ])(
    'delays nobody else’s paper, $how',
    async ({ hangs }) => {
      await open(undefined, { latencyMs: 40 });
      const doubted = Array.from({ length: 25 }, (_, n) => stage.channelNamed(`busy-${n}`));
      for (const channel of doubted) await subscribe(channel);
      const innocent = stage.channelNamed('innocent');
      await stage.subscribe({ keywords: 'desert', what: 'all' }, innocent);
      stand.print('Ocean one');
      await stage.round();
      await stage.restart(() => {
        change("UPDATE post SET state = 'attempted', message = NULL, settled_at = NULL");
        for (const channel of doubted) write(channel, 2500, 4);
      });
      let asked = 0;
      stage.driver.setFaults(({ route, method }) => {
        if (`${method} ${route}` !== READ) return null;
        asked++;
        return hangs ? { kind: 'hang' } : null;
      });
      stage.clock.leap(HOUR);
      void stage.pipeline().deliver();
      await vi.waitFor(() => expect(asked).toBeGreaterThan(0), 5000);
      stand.print('Desert one');
      void stage.round();
      await vi.waitFor(() => expect(headsIn(stage, innocent)).toEqual(['card: Desert one']), 5000);
      expect(states()).toContain('unknown');
    },
    60_000,
  );
});
