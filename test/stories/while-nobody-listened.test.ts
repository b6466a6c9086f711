import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { inList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PATIENCE = 15_000;
const BOT = ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'] as const;

/**
 * What each table knows of a server, and how that is forgotten when the server was left long ago: all of it goes through
 * pipeline/left-servers.ts. Every table has a line here.
 */
const SERVER_DATA: Readonly<Record<string, string>> = {
  entry: 'by its column `server`: Outbox.purgeServer',
  post: 'by its column `server`: Outbox.purgeServer',
  hold: 'by its column `server`: Outbox.purgeServer',
  episode: 'by its column `server`: Outbox.purgeServer',
  chore: 'by its column `server`: done and gone within seconds',
  unusual: 'by its column `server`: UnusualStore.forgetServer; of a removed subscription within hours',
  vote: 'by its column `server`: VoteStore.forgetServer; after 180 days',
  change: 'by its column `server`: SubscriptionStore.forgetServer; after 400 days',
  keyv: '`subscriptions:SERVER:...` (mutes and settings too): SubscriptionStore.forgetServer; `questions:...` after 30 days: QuestionStore.forgetServer where an administrator asks for it',
  cursor: '`left SERVER`, `told of hold CHANNEL`, `top SUBSCRIPTION`: the purge itself',
  paper: 'nothing',
  series: 'nothing',
  poll: 'nothing',
  sighting: 'nothing',
  trend_event: 'nothing',
  health: 'nothing',
  run: 'nothing',
  migration: 'nothing',
};

let stage: Stage;
let stand: Newsstand;
let file: string;
beforeEach(async () => {
  file = join(mkdtempSync(join(tmpdir(), 'paperboy-away-')), 'p.db');
  stand = createNewsstand();
  const settings = { DATABASE_URL: `sqlite:${file}` };
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings });
});
afterEach(() => stage.close());

const subscribe = (channel: string, more = {}) =>
  stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
const round = async (...titles: string[]) => {
  stand.print(...titles);
  await stage.round();
};
const liveOn = async (days: number) => {
  stage.clock.leap(days * DAY);
  await stage.pipeline().prune();
  await stage.pipeline().deliver();
};
const list = async () => textOf(await stage.ask('subscriptions'));
const invite = async () => {
  stage.driver.inviteBot(stage.server, BOT);
  await vi.waitFor(() => expect(stage.driver.commandNames()).toContain('help'));
};
const removeFirst = () =>
  inList(stage.driver, { user: stage.moderator, channel: stage.channel }, '', 'Remove');
const forbid = (channel: string) => {
  stage.driver.setOverwrite(channel, { id: stage.server, deny: ['SendMessages'] });
  stage.driver.setOverwrite(channel, { id: stage.role, deny: ['SendMessages'] });
};
const allow = (channel: string) =>
  stage.driver.setOverwrite(channel, { id: stage.role, allow: ['SendMessages'] });
/** The bot starts a new session of the gateway; what happens `meanwhile` it is never told. */
const newSession = async (meanwhile: () => void) => {
  const { identifies } = stage.driver.gateway;
  stage.driver.gateway.invalidate(false);
  meanwhile();
  await vi.waitFor(() => expect(stage.driver.gateway.identifies).toBeGreaterThan(identifies), PATIENCE);
  await stage.driver.untilConnected(PATIENCE);
};
const tables = <T>(read: (db: DatabaseSync, names: string[]) => T): T => {
  const db = openBeside(file, { readOnly: true });
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all();
  const found = read(
    db,
    names.map(({ name }) => String(name)),
  );
  db.close();
  return found;
};
/** Everything in the file, as text. */
const everything = () =>
  tables((db, names) => JSON.stringify(names.map((name) => db.prepare(`SELECT * FROM ${name}`).all())));
const marks = () =>
  tables((db) => db.prepare("SELECT name, value FROM cursor WHERE name LIKE 'left %'").all());

describe('a server that removed Paperboy while it was down', () => {
  it('counts as left from the next start on, and is forgotten after 30 days', async () => {
    await subscribe(stage.channel);
    await stage.restart(() => stage.driver.kickBot(stage.server));
    expect(marks()).toHaveLength(1);
    await liveOn(29);
    expect(everything()).toContain(stage.server);
    await liveOn(2);
    expect(everything()).not.toContain(stage.server);
    await invite();
    expect(await list()).toContain('No channel of this server is subscribed');
  });

  it('is forgotten also when only what was posted there is left of it', async () => {
    await subscribe(stage.channel);
    await round('Ocean one');
    await stage.restart(() => {
      const db = openBeside(file);
      db.exec('DELETE FROM keyv');
      db.close();
      stage.driver.kickBot(stage.server);
    });
    expect(everything()).toContain(stage.server);
    await liveOn(31);
    expect(everything()).not.toContain(stage.server);
  });

  it('is told from one that Discord cannot reach, of which everything is kept', async () => {
    await subscribe(stage.channel);
    await stage.restart(() => stage.driver.setServerAvailable(stage.server, false));
    await liveOn(31);
    await liveOn(31);
    expect(marks()).toEqual([]);
    stage.driver.setServerAvailable(stage.server, true);
    await vi.waitFor(async () => expect(await list()).toContain('1 subscription'), PATIENCE);
  });

  it('keeps everything when it comes back in time, and counts anew when it goes again', async () => {
    await subscribe(stage.channel);
    await stage.restart(() => stage.driver.kickBot(stage.server));
    await liveOn(20);
    await invite();
    await vi.waitFor(() => expect(marks()).toEqual([]), PATIENCE);
    expect(await list()).toContain('1 subscription');
    await stage.restart(() => stage.driver.kickBot(stage.server));
    await liveOn(20);
    expect(everything()).toContain(stage.server);
    await liveOn(11);
    expect(everything()).not.toContain(stage.server);
  });

  it('is noted also when it did so between two sessions of the gateway', async () => {
    await subscribe(stage.channel);
    await newSession(() => stage.driver.kickBot(stage.server));
    await vi.waitFor(() => expect(marks()).toHaveLength(1), PATIENCE);
  });
});

describe('a server that is forgotten', () => {
  it('leaves nothing behind: no setting, change, post, hold, mark or member', async () => {
    const [daily, best, closed] = ['daily', 'best', 'closed'].map((name) => stage.channelNamed(name));
    await subscribe(stage.channel, { keywords: 'casino' });
    await removeFirst();
    await subscribe(stage.channel);
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await subscribe(best, { what: 'top 3', when: 'daily', at: '15:00' });
    await subscribe(closed);
    forbid(closed);
    await stage.ask('search', { query: 'ocean' });
    await round('Ocean one', 'Ocean two');
    stage.clock.leapTo('2026-03-10T15:00:05Z');
    await stage.pipeline().deliver();
    await round('Ocean three');
    const before = everything();
    for (const trace of ['left ', 'permission-missing', 'top ', '"added"', '"notice"'])
      expect([trace, trace === 'left ' || before.includes(trace)]).toEqual([trace, true]);
    const subscriptions = [...before.matchAll(/\\"id\\":\\"(\w+)\\"/g)].map(([, id]) => id);
    expect(subscriptions.length).toBeGreaterThan(3);

    stage.driver.kickBot(stage.server);
    await vi.waitFor(() => expect(marks()).toHaveLength(1));
    await liveOn(31);

    const after = everything();
    for (const id of [stage.server, stage.channel, daily, best, closed, stage.moderator, ...subscriptions])
      expect([id, after.includes(id)]).toEqual([id, false]);
  });

  it('leaves nothing behind between the rows either, in a file that is copied', async () => {
    await subscribe(stage.channel, { keywords: 'ocean OR casino' });
    await round('Ocean one');
    stage.driver.kickBot(stage.server);
    await vi.waitFor(() => expect(marks()).toHaveLength(1));
    await liveOn(31);
    await stage.restart();
    const bytes = readFileSync(file, 'latin1');
    for (const trace of [stage.server, stage.channel, stage.moderator, 'casino'])
      expect([trace, bytes.includes(trace)]).toEqual([trace, false]);
  });

  it('is looked for in every table there is', () => {
    tables((db, names) => {
      expect(Object.keys(SERVER_DATA).toSorted()).toEqual(names.toSorted());
      const tellsOfServers = names.filter((name) =>
        db
          .prepare(`SELECT name FROM pragma_table_info('${name}')`)
          .all()
          .some(({ name: column }) =>
            /(^|_)(server|guild|channel|member|user|message|asker|who|role)s?(_|$)/.test(String(column)),
          ),
      );
      for (const name of tellsOfServers) expect([name, SERVER_DATA[name]]).not.toEqual([name, 'nothing']);
    });
  });
});

describe('what happened in a server while nobody listened', () => {
  const restarted = async (meanwhile: () => void) => {
    await stage.restart(meanwhile);
    await stage.pipeline().deliver();
  };

  it.each([
    ['Paperboy was down', restarted],
    ['a new session of the gateway began', newSession],
  ])(
    'a channel was deleted while %s: moderators are told, and nothing is owed to it',
    async (_, away) => {
      const papers = stage.channelNamed('ocean-papers');
      const moderators = stage.channelNamed('mod-room');
      await subscribe(papers, { when: 'daily', at: '18:00' });
      await round('Ocean one', 'Ocean two');
      await away(() => stage.driver.deleteChannel(papers));
      await vi.waitFor(async () => {
        await stage.pipeline().deliver();
        expect(noticesIn(stage, moderators)).toHaveLength(1);
      }, PATIENCE);
      expect(noticesIn(stage, moderators)[0]).toContain('was deleted');
      expect(JSON.stringify(await stage.ask('status'))).toContain('0 posts waiting');
      await away(() => {});
      await stage.pipeline().deliver();
      expect(noticesIn(stage, moderators)).toHaveLength(1);
    },
    30_000,
  );

  it('a permission was given back while Paperboy was down: what was held comes at the next start', async () => {
    const held = stage.channelNamed('held');
    await subscribe(held);
    forbid(held);
    await round('Ocean one');
    expect(headsIn(stage, held)).toEqual([]);
    await restarted(() => allow(held));
    await vi.waitFor(async () => {
      await stage.pipeline().deliver();
      expect(headsIn(stage, held)).toHaveLength(1);
    }, PATIENCE);
  });

  it('nothing: a refusal that the gateway does not tell of is not tried again at each start', async () => {
    const strict = stage.driver.createChannel(stage.server, {
      ...{ name: 'strict', type: 'forum', tags: ['Diffusion'], requiresTag: true },
    });
    await stage.subscribe({ keywords: 'ocean OR topic:diffusion', what: 'all', channel: strict.id });
    await round('Ocean one');
    stage.driver.resetTraffic();
    await restarted(() => {});
    const posts = Object.keys(stage.driver.traffic().byRoute).filter((route) => route.includes(strict.id));
    expect(posts).toEqual([]);
  });
});
