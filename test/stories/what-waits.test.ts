import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storedText } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { blocksOf } from '#test/read-message.ts';
import { formInList, inList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NIGHT = { quiet: '22:00-07:00', zone: 'UTC' };
const RIGHTS = ['SendMessages'] as const;

let stage: Stage;
let stand: Newsstand;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-waits-'));
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const open = async (start = '2026-03-10T12:00:00Z') => {
  stand = createNewsstand();
  const settings = { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` };
  stage = await openStage({ start, sources: stand.sources, settings });
};
const subscribe = (channel: string, more = {}) =>
  stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
const round = async (...titles: string[]) => {
  const ids = stand.print(...titles);
  await stage.round();
  return ids;
};
const at = async (instant: string) => {
  stage.clock.leapTo(instant);
  await stage.pipeline().deliver();
};
const rows = (sql: string) => {
  const db = openBeside(join(folder, 'paperboy.db'), { readOnly: true });
  const found = db.prepare(sql).all();
  db.close();
  return found.map((row) => Object.values(row).join(' '));
};
const refusals = () => rows("SELECT paper, reason FROM entry WHERE state = 'refused' ORDER BY paper");
const NOBODY = storedText(phrase('post.unwanted'));
/** What a reader sees of the bot's last post in a channel. */
const lastIn = (channel: string) => {
  const [last] = postsIn(stage, channel).slice(-1);
  return last ? textOf(last.message) : '';
};

const place = () => ({ user: stage.moderator, channel: stage.channel });
const editFilter = async (words: string, filter: string) => {
  const life = await formInList(stage, place(), words);
  return textOf(await (await stage.driver.submitModal({ ...place(), life, fields: { filter } })).message());
};
const press = (deed: 'Remove' | 'Pause' | 'Resume', words: string) =>
  inList(stage.driver, place(), words, deed);
const closeTo = (channel: string) => {
  stage.driver.setOverwrite(channel, { id: stage.server, deny: RIGHTS });
  stage.driver.setOverwrite(channel, { id: stage.role, deny: RIGHTS });
};
const openTo = (channel: string) => stage.driver.setOverwrite(channel, { id: stage.role, allow: RIGHTS });
/** Something in front of Discord lets no post pass: it is tried again a quarter of an hour later. */
const letWait = (channel: string) =>
  stage.driver.setFaults(({ method, path }) =>
    method === 'POST' && path === `/channels/${channel}/messages`
      ? { kind: 'status', status: 403, body: { message: 'blocked' } }
      : null,
  );
const isHeld = (channel: string) =>
  vi.waitFor(() => expect(rows('SELECT destination FROM hold')).toContain(`channel:${channel}`), 5000);
const isReleased = () => vi.waitFor(() => expect(rows('SELECT destination FROM hold')).toEqual([]), 12_000);

describe('what waits for its hour', () => {
  it('comes also where what it was decided from cannot be read any more, and “Why here?” says so', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await round('Ocean one', 'Ocean two', 'Ocean three');
    await stage.restart(() => {
      const db = openBeside(join(folder, 'paperboy.db'));
      db.exec(
        `UPDATE entry SET why = '{"filters":"of another version"}' WHERE id IN (SELECT min(id) FROM entry)`,
      );
      db.close();
    });
    await at('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 3 papers']);
    const [{ message }] = postsIn(stage, daily);
    const mark = /"why:[^"]+"/.exec(JSON.stringify(message.components))?.[0] ?? '';
    const customId = mark.slice(1, -1);
    const answer = await stage.driver
      .click({ ...place(), channel: daily, message: message.id, customId })
      .message();
    const told = textOf(answer);
    expect(told).toMatch(
      /\*\*Ocean one came to .*\*\*\nWhat it was decided from cannot be read any more\.\nYes · decided <t:/,
    );
    expect(told).toMatch(
      /\*\*Ocean two came to .*\*\*\nYes · First seen on 10 March; .*\nYes · filter `ocean`: \*\*Ocean\*\*\n/,
    );
  });

  it('and no longer matches after the filter was changed is not in the digest, and is not news later', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    const [casino] = await round('Ocean casino', 'Ocean waves');
    expect(await editFilter('oce', 'ocean -casino')).toContain('− Ocean casino');
    await at('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['card: Ocean waves']);
    expect(refusals()).toEqual([`${casino} ${NOBODY}`]);

    await editFilter('oce', 'ocean');
    stand.vote(casino, 40);
    stage.clock.leap(HOUR);
    await stage.round();
    await at('2026-03-11T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['card: Ocean waves']);
  });

  it('is named by the filter that holds now', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await round('Ocean waves');
    await editFilter('oce', 'waves OR ocean');
    await at('2026-03-10T15:00:05Z');
    expect(lastIn(daily)).toContain('waves OR ocean');
  });

  it('is old news for a filter that was made wider', async () => {
    await open();
    const papers = stage.channelNamed('papers');
    await subscribe(papers);
    const [desert] = await round('Desert one');
    await editFilter('oce', 'ocean OR desert');
    stand.vote(desert, 40);
    stage.clock.leap(HOUR);
    await round('Desert two');
    expect(headsIn(stage, papers)).toEqual(['card: Desert two']);
  });

  it('comes for the one of two that still wants it, under its filter alone', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await subscribe(daily, { keywords: 'waves', when: 'daily', at: '15:00' });
    const [, quiet] = await round('Ocean waves', 'Ocean, still');
    await press('Remove', 'ocean');
    await at('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['card: Ocean waves']);
    expect(lastIn(daily)).toContain('waves');
    expect(lastIn(daily)).not.toContain('`ocean`');
    expect(refusals()).toEqual([`${quiet} ${NOBODY}`]);
  });

  it('comes when the subscription runs again by then, and does not when it is paused', async () => {
    await open();
    const [daily, other] = [stage.channelNamed('daily'), stage.channelNamed('other')];
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await subscribe(other, { keywords: 'desert', when: 'daily', at: '15:00' });
    await round('Ocean one', 'Desert one');
    await press('Pause', 'ocean');
    await press('Pause', 'desert');
    stage.clock.leap(HOUR);
    await press('Resume', 'ocean');
    await at('2026-03-10T15:00:05Z');
    await press('Resume', 'desert');
    await at('2026-03-11T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['card: Ocean one']);
    expect(headsIn(stage, other)).toEqual([]);
  });

  it('is asked again also when it was packed already and Discord let it wait', async () => {
    await open();
    const papers = stage.channelNamed('papers');
    await subscribe(papers);
    letWait(papers);
    const [casino] = await round('Ocean casino');
    expect(rows('SELECT state FROM post')).toContain('packed');
    await editFilter('oce', 'ocean -casino');
    stage.driver.setFaults(null);
    await at('2026-03-10T12:20:00Z');
    expect(headsIn(stage, papers)).toEqual([]);
    expect(refusals()).toEqual([`${casino} ${NOBODY}`]);
  });

  it('is asked again after a restart too', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await round('Ocean casino', 'Ocean waves', 'Ocean three');
    await editFilter('oce', 'ocean -casino');
    await stage.restart();
    await at('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers']);
    expect(lastIn(daily)).not.toContain('casino');
  });
});

describe('a digest', () => {
  /** The titles of the page as they stand below each other, headings too. */
  const shownOn = (message: Parameters<typeof blocksOf>[0]) =>
    blocksOf(message)
      .flatMap(({ text }) => text.split('\n'))
      .flatMap((line) => line.match(/^\*\*`(.+)`\*\*$/)?.[1] ?? line.match(/^(\d+\. \[[^\]]+)/)?.[1] ?? []);

  it('gives each subscription its share: in turns its best paper, the rest behind More papers, each once', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    const hour = { when: 'daily', at: '15:00' };
    await subscribe(daily, { ...hour, keywords: 'desert OR ocean' });
    await subscribe(daily, { ...hour, keywords: 'ocean' });
    await subscribe(daily, { ...hour, keywords: 'forest' });
    const titles = [
      'Ocean one',
      'Ocean two',
      ...Array.from({ length: 12 }, (_, i) => `Desert ${i}`),
      'Forest',
    ];
    const ids = await round(...titles);
    await at('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 15 papers']);
    const [{ message }] = postsIn(stage, daily);
    const first = shownOn(message);
    expect(first[0]).toBe('desert OR ocean');
    expect(first.filter((line) => !/^\d/.test(line))).toEqual(['desert OR ocean', 'ocean', 'forest']);
    expect(first.filter((line) => /^\d/.test(line))).toHaveLength(10);
    expect(first.at(-1)).toBe('10. [Forest');

    await stage.restart();
    const more = await stage.driver
      .click({ user: stage.alice, channel: daily, message: message.id, label: 'More papers' })
      .message();
    const second = shownOn(more);
    const all = [...first, ...second].filter((line) => /^\d/.test(line));
    expect(all.map((line) => Number.parseInt(line, 10))).toEqual(ids.map((_, index) => index + 1));
    expect(all.map((line) => line.slice(line.indexOf('[') + 1)).toSorted()).toEqual(titles.toSorted());
  });

  it('has no headings where one subscription wants it all', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await round('Ocean one', 'Ocean two');
    await at('2026-03-10T15:00:05Z');
    expect(shownOn(postsIn(stage, daily)[0].message)).toEqual(['1. [Ocean one', '2. [Ocean two']);
  });
});

describe('quiet hours hold', () => {
  it('for what was held while Discord refused the channel', async () => {
    await open('2026-03-10T18:00:00Z');
    const held = stage.channelNamed('held');
    await subscribe(held, NIGHT);
    closeTo(held);
    await round('Ocean one', 'Ocean two');
    await isHeld(held);
    stage.clock.leapTo('2026-03-10T23:30:00Z');
    openTo(held);
    await isReleased();
    await stage.pipeline().deliver();
    expect(headsIn(stage, held)).toEqual([]);
    await at('2026-03-11T06:59:00Z');
    expect(headsIn(stage, held)).toEqual([]);
    await at('2026-03-11T07:00:05Z');
    expect(headsIn(stage, held)).toEqual(['What was missed: 2 papers']);
  });

  it('for what the day’s cap put off to an hour in them', async () => {
    await open();
    const papers = stage.channelNamed('papers');
    await subscribe(papers, { cap: 1, quiet: '08:00-10:00', zone: 'UTC' });
    await round('Ocean one', 'Ocean two', 'Ocean three');
    await at('2026-03-11T09:00:05Z');
    expect(headsIn(stage, papers)).toHaveLength(1);
    await at('2026-03-11T10:00:05Z');
    expect(headsIn(stage, papers).slice(1)).toEqual(['Papers for you: 2 papers']);
  });

  it('for a digest whose hour is in them, and the answer says so', async () => {
    await open();
    const daily = stage.channelNamed('daily');
    const answer = textOf(await subscribe(daily, { ...NIGHT, when: 'daily', at: '23:00' }));
    expect(answer).toContain('daily at 23:00 (UTC), quiet 22:00 to 07:00 (UTC) so that it comes at 07:00');
    await round('Ocean one', 'Ocean two');
    await at('2026-03-10T23:00:05Z');
    expect(headsIn(stage, daily)).toEqual([]);
    expect(textOf(await stage.ask('status', {}, daily))).toContain(
      `<t:${Date.parse('2026-03-11T07:00:00Z') / 1000}`,
    );
    await at('2026-03-11T07:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers']);
  });

  it('for what was missed while the bot was down', async () => {
    await open('2026-03-10T18:00:00Z');
    const papers = stage.channelNamed('papers');
    await subscribe(papers, NIGHT);
    await stage.restart(() => {
      stand.print('Ocean one', 'Ocean two');
      stage.clock.leapTo('2026-03-10T23:30:00Z');
    });
    await stage.round();
    expect(headsIn(stage, papers)).toEqual([]);
    await at('2026-03-11T07:00:05Z');
    expect(postsIn(stage, papers).flatMap(({ papers }) => papers)).toHaveLength(2);
    expect(headsIn(stage, papers)).toHaveLength(1);
  });

  it('for a post that was packed before they began', async () => {
    await open('2026-03-10T21:50:00Z');
    const papers = stage.channelNamed('papers');
    await subscribe(papers, NIGHT);
    letWait(papers);
    await round('Ocean one');
    expect(rows('SELECT state FROM post')).toEqual(['packed']);
    stage.driver.setFaults(null);
    await at('2026-03-10T22:10:00Z');
    expect(headsIn(stage, papers)).toEqual([]);
    await at('2026-03-11T07:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
  });

  it('for a post in doubt: it is looked for, and what is not there comes when they end', async () => {
    await open('2026-03-10T21:50:00Z');
    const papers = stage.channelNamed('papers');
    await subscribe(papers, NIGHT);
    let cuts = 0;
    stage.driver.setFaults(({ method, path }) =>
      method === 'POST' && path === `/channels/${papers}/messages` && cuts++ === 0
        ? { kind: 'cut-before' }
        : null,
    );
    stand.print('Ocean one');
    await Promise.race([stage.round(), vi.waitFor(() => expect(cuts).toBe(1), 5000)]);
    await stage.restart(() => {
      stage.driver.setFaults(null);
      stage.clock.leapTo('2026-03-10T22:10:00Z');
    });
    await at('2026-03-10T22:15:00Z');
    expect(headsIn(stage, papers)).toEqual([]);
    expect(rows('SELECT state FROM post')).toEqual(['dissolved']);
    await at('2026-03-11T07:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);
  });

  it('only where all who want the paper are quiet', async () => {
    await open('2026-03-10T18:00:00Z');
    const papers = stage.channelNamed('papers');
    await subscribe(papers, NIGHT);
    await subscribe(papers, { keywords: 'waves' });
    stage.clock.leapTo('2026-03-10T23:00:00Z');
    await round('Ocean waves', 'Ocean, still');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves']);
    await at('2026-03-11T07:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves', 'card: Ocean, still']);
  });

  it('for a paper whose other subscription, that is not quiet, was removed meanwhile', async () => {
    await open('2026-03-10T21:00:00Z');
    const papers = stage.channelNamed('papers');
    await subscribe(papers, NIGHT);
    await subscribe(papers, { keywords: 'waves', when: 'daily', at: '23:00' });
    stage.clock.leapTo('2026-03-10T22:30:00Z');
    await round('Ocean waves');
    await press('Remove', 'waves');
    await at('2026-03-10T23:00:05Z');
    expect(headsIn(stage, papers)).toEqual([]);
    await at('2026-03-11T07:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean waves']);
  });
});
