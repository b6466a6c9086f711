import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from '#src/tools/backup-file.ts';
import { restore } from '#src/tools/restore-file.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { buttonsOf } from './harness.ts';
import { idIn } from './lab.ts';
import { createNewsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

/**
 * What each table knows of members, and whose `members` (src/foundation/member-records.ts) shows and forgets it; src/rooms.ts
 * lists them. Every table has a line here.
 */
const MEMBER_DATA: Readonly<Record<string, string>> = {
  vote: 'by its column `member`: VoteStore.members',
  keyv: '`subscriptions:…` who made and changed what: SubscriptionStore.members; `questions:…` who typed what: QuestionStore.members',
  episode: 'in `last` who could see a deleted channel: Outbox.members',
  change: 'by its column `who`, and in `before` and `after` who made it: SubscriptionStore.members',
  entry: 'nothing',
  post: 'nothing',
  hold: 'nothing',
  chore: 'nothing',
  unusual: 'nothing',
  cursor: 'nothing',
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
let folder: string;
let file: string;
let stand: ReturnType<typeof createNewsstand>;
let member: string;
let owner: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-privacy-'));
  file = join(folder, 'p.db');
  stand = createNewsstand();
  const settings = { DATABASE_URL: `sqlite:${file}`, CONTACT: 'ops@example.org' };
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings });
  const { driver, server } = stage;
  const everyday = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;
  member = driver.addMember(server, { name: 'Mia', permissions: [...everyday] }).id;
  owner = driver.addMember(server, { name: 'Ada', permissions: [...everyday, 'Administrator'] }).id;
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const ask = (user: string, name: string, options = {}, channel = stage.channel) =>
  stage.driver.slash({ user, channel, name: `privacy ${name}`, options }).message();
const click = (user: string, message: string, label: string, channel = stage.channel) =>
  stage.driver.click({ user, channel, message, label });
/** Everything that lies beside the database: itself, its log, the search index, backups, the list of deletions. */
const bytesOf = (folder: string) => readdirSync(folder).map((name) => readFileSync(join(folder, name)));
/** As text, and as a number of eight bytes from either end. */
const formsOf = (id: string): Buffer[] => {
  const [big, little] = [Buffer.alloc(8), Buffer.alloc(8)];
  big.writeBigInt64BE(BigInt(id));
  little.writeBigInt64LE(BigInt(id));
  return [Buffer.from(id), big, little];
};
const standsBeside = (id: string) =>
  bytesOf(folder).some((bytes) => formsOf(id).some((form) => bytes.includes(form)));

/** A subscription, an order that was refused, a post, and a vote against its paper. */
const live = async () => {
  await stage.subscribe({ keywords: 'ocean', what: 'all' });
  await stage.ask('subscribe', { keywords: 'waves OR (' });
  const [paper] = stand.print('Ocean one');
  await stage.round();
  const [post] = postsIn(stage, stage.channel);
  const why = await click(member, post.message.id, 'Why here?').message();
  const vote = idIn(why, 'wrong:');
  expect(vote).toContain(paper);
  await click(member, why.id, 'Not for us').message();
};

describe('/privacy', () => {
  it('tells anybody that nothing names them, also in a direct message', async () => {
    const said = textOf(await ask(member, 'show'));
    expect(said).toContain('What Paperboy stores about you');
    expect(said).toContain('Nothing that is stored names you.');
    expect(said).toContain('who runs this bot: ops@example.org');
    const dm = stage.driver.openDm(member);
    expect(textOf(await ask(member, 'show', {}, dm))).toContain('Nothing that is stored names you.');
    expect(textOf(await ask(member, 'show', { about: 'server' }, dm))).toContain(
      'This works in a server only',
    );
  });

  it('tells a member of their vote, exports it, and deletes it when they are sure', async () => {
    await live();
    const shown = await ask(member, 'show');
    expect(textOf(shown)).toContain('- 1 vote that a paper is not for its channel, kept 180 days;');
    expect(buttonsOf(shown)).toEqual(['Export as a file', 'Delete what is stored about me']);

    const exported = await click(member, shown.id, 'Export as a file').message();
    expect(textOf(exported)).toContain('What Paperboy stores about you is in this file.');
    const [attachment] = exported.attachments;
    expect(attachment.filename).toBe('paperboy-me.json');
    const kept = JSON.parse(await (await fetch(attachment.url)).text());
    expect(kept).toMatchObject({ paperboy: 1, member, vote: [{ channel: stage.channel }] });
    expect(Object.keys(kept)).toEqual(['paperboy', 'exportedAt', 'member', 'vote']);

    const asked = await click(member, shown.id, 'Delete what is stored about me').message();
    expect(textOf(asked)).toContain('Delete what is stored about you?');
    expect(textOf(await click(member, asked.id, 'Cancel').message())).toBe('Nothing was deleted.\n');
    expect(textOf(await ask(member, 'show'))).toContain('1 vote');

    const again = await ask(member, 'delete');
    const done = await click(member, again.id, 'Delete what is stored about me').message();
    expect(textOf(done)).toContain('Nothing that Paperboy stores names you any more. When an older backup');
    expect(textOf(await ask(member, 'show'))).toContain('Nothing that is stored names you.');
  });

  it('makes of a moderator a former member: what they set up stays, without them', async () => {
    await live();
    const shown = textOf(await ask(stage.moderator, 'show'));
    expect(shown).toContain('- 1 subscription that you made');
    expect(shown).toContain('- 1 change that you made');
    expect(shown).toMatch(/- \d answers? with what you typed/);
    expect(standsBeside(stage.moderator)).toBe(true);
    expect(standsBeside(member)).toBe(true);

    for (const user of [stage.moderator, member]) {
      const asked = await ask(user, 'delete');
      await click(user, asked.id, 'Delete what is stored about me').message();
    }
    expect(standsBeside(stage.moderator)).toBe(false);
    expect(standsBeside(member)).toBe(false);

    const list = await stage.driver
      .slash({ user: owner, channel: stage.channel, name: 'subscriptions' })
      .message();
    expect(textOf(list)).toContain('1 subscription');
    const history = await click(owner, list.id, 'History').message();
    expect(textOf(history)).toContain(`A former member subscribed <#${stage.channel}> to \`ocean\``);
    stand.print('Ocean two');
    await stage.round();
    expect(postsIn(stage, stage.channel)).toHaveLength(2);
  });

  it('repeats a deletion when an older backup is put back, and spares what came later', async () => {
    await live();
    const backup = join(folder, 'older.backup');
    await backUp(file, backup);
    const asked = await ask(stage.moderator, 'delete');
    await click(stage.moderator, asked.id, 'Delete what is stored about me').message();
    await stage.restart(() => void restore(backup, file, Date.now()));
    rmSync(backup);
    for (const name of readdirSync(folder)) if (name.includes('.replaced-')) rmSync(join(folder, name));
    expect(standsBeside(stage.moderator)).toBe(false);
    expect(textOf(await ask(member, 'show'))).toContain('1 vote');

    await stage.subscribe({ keywords: 'rivers', what: 'all' });
    await stage.restart();
    expect(textOf(await ask(stage.moderator, 'show'))).toContain('- 1 subscription that you made');
  });
});

describe('what names members', () => {
  it('is looked for in every table there is', () => {
    const db = openBeside(file, { readOnly: true });
    const columns = db
      .prepare(
        `SELECT t.name AS name, c.name AS field FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'`,
      )
      .all()
      .map(({ name, field }) => ({ name: String(name), field: String(field) }));
    db.close();
    const names = [...new Set(columns.map(({ name }) => name))];
    expect(Object.keys(MEMBER_DATA).toSorted()).toEqual(names.toSorted());
    const tells = columns.filter(({ field }) =>
      /(^|_)(member|user|asker|who|author_id|by)s?(_|$)/.test(field),
    );
    for (const { name, field } of tells.filter(({ field }) => field !== 'listed_by'))
      expect([name, field, MEMBER_DATA[name]]).not.toEqual([name, field, 'nothing']);
  });
});

describe('/privacy about: this server', () => {
  it('is for its administrators', async () => {
    for (const name of ['show', 'export', 'delete'])
      for (const user of [member, stage.moderator])
        expect(textOf(await ask(user, name, { about: 'server' }))).toBe(
          'What is stored of the whole server is for members with the Administrator permission. Ask somebody who has it, or leave `about` out to see what is stored about you.\n',
        );
  });

  it('shows, exports and, with the word typed, deletes all of it, and what comes later is new', async () => {
    await live();
    const { driver, channel, server } = stage;
    const shown = textOf(await ask(owner, 'show', { about: 'server' }));
    for (const line of ['its settings', '1 subscription,', '1 change ', '1 paper ', '1 post ', '1 vote '])
      expect(shown).toContain(`- ${line}`);

    const exported = await ask(owner, 'export', { about: 'server' });
    const text = await (await fetch(exported.attachments[0].url)).text();
    expect(JSON.parse(text)).toMatchObject({
      server,
      subscriptions: [{ filter: 'ocean' }],
      votes: [{ votes: 1 }],
    });
    expect(text).not.toContain(member);

    const asked = await ask(owner, 'delete', { about: 'server' });
    const press = () => click(owner, asked.id, 'Delete everything of this server');
    const form = async (word: string) =>
      textOf(
        await (await driver.submitModal({ user: owner, channel, life: press(), fields: { word } })).message(),
      );
    expect(await form('yes')).toContain('Nothing was deleted, because the word was not typed.');
    expect(await form(' Delete ')).toContain('Paperboy stores nothing of this server any more.');
    for (const id of [server, channel, stage.moderator, member])
      expect([id, standsBeside(id)]).toEqual([id, false]);

    stand.print('Ocean two');
    await stage.round();
    expect(postsIn(stage, channel)).toHaveLength(1);
    expect(textOf(await ask(owner, 'show', { about: 'server' }))).toContain(
      'Nothing of this server is stored.',
    );
    await stage.subscribe({ keywords: 'ocean', what: 'all' });
    stand.print('Ocean three');
    await stage.round();
    expect(postsIn(stage, channel)).toHaveLength(2);
  });
});
