import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '#test/read-message.ts';
import { type Answer, buttonsOf, colourOf, footerOf, linesOf, titleOf } from './harness.ts';
import { EVERYDAY, idIn, type Lab, openLab, refusals } from './lab.ts';
import { textOf } from './stage.ts';

let lab: Lab;
/** Sees all channels and manages the server. */
let kim: string;
beforeAll(async () => {
  lab = await openLab();
  kim = lab.driver.addMember(lab.server, {
    ...{ name: 'Kim', permissions: ['ManageChannels', 'ManageGuild', ...EVERYDAY] },
  }).id;
  lab.driver.setOverwrite(lab.secret, { id: kim, kind: 'member', allow: ['ViewChannel', 'SendMessages'] });
});
afterEach(async () => {
  for (const id of await lab.listed(kim, lab.open)) await lab.press(kim, lab.open, 'unsubscribe', [id]);
});
afterAll(() => lab.close());

const type = (name: string, options = {}, user = kim) => lab.type(user, lab.open, name, options);
const press = (message: Answer, label: string, user = kim) =>
  lab.driver.click({ user, channel: lab.open, message: message.id, label }).message();
const importFile = async (content: string | Buffer, user = kim, name = 'subscriptions.json') => {
  const life = lab.driver.slash({ user, channel: lab.open, name: 'filter import', options: {} });
  await life.modal();
  const fields = { file: [{ name, contentType: 'application/json', content: Buffer.from(content) }] };
  return (await lab.driver.submitModal({ user, channel: lab.open, life, fields })).message();
};
const exported = async (user = kim): Promise<{ answer: Answer; text: string }> => {
  const answer = await type('filter export', {}, user);
  const [attachment] = answer.attachments;
  return { answer, text: await (await fetch(attachment.url)).text() };
};
const listed = () => lab.listed(kim, lab.open);

describe('/filter export and /filter import', () => {
  it('take a server’s subscriptions out and bring all of them back, as they were, with Undo', async () => {
    await lab.order(kim, lab.open, { keywords: 'waves', when: 'daily 9:00 Berlin', what: 'best 5' });
    await lab.order(kim, lab.open, {
      keywords: 'tides',
      what: 'trending',
      sensitivity: 'early',
      channel: lab.secret,
    });
    await lab.press(kim, lab.open, 'server-settings:same-paper', ['none']);
    await type('filter mute', { text: 'survey' });
    const { answer, text } = await exported();
    expect([answer.ephemeral, answer.attachments.map(({ filename }) => filename)]).toEqual([
      true,
      ['paperboy-2026-03-10.json'],
    ]);
    expect([titleOf(answer), linesOf(answer)[0]]).toEqual([
      'Export',
      '2 subscriptions of 2 channels, as they would be typed, with the server settings and 1 mute.',
    ]);
    expect(JSON.parse(text)).toMatchObject({
      server: { settings: { samePaper: 'none', zone: 'UTC' }, mutes: ['survey'] },
      subscriptions: [
        { channel: { id: lab.open, name: 'open' }, filter: 'waves', what: 'best 5 a day', at: '09:00' },
        { channel: { id: lab.secret, name: 'secret' }, filter: 'tides', sensitivity: 'early' },
      ],
    });

    const same = await importFile(text);
    expect([titleOf(same), linesOf(same)]).toEqual([
      'Nothing to import',
      ['All 2 subscriptions of the file are there already, just as written. Nothing was changed.'],
    ]);
    const before = await type('subscriptions');
    for (const id of await listed()) await lab.press(kim, lab.open, 'unsubscribe', [id]);
    await type('filter unmute', { text: 'survey' });
    // As an editor saves it that marks its files.
    const preview = await importFile(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect([titleOf(preview), linesOf(preview), footerOf(preview), buttonsOf(preview)]).toEqual([
      'Not imported yet',
      [
        '**Subscriptions: 2 new**',
        `<#${lab.open}>: 1 new`,
        `<#${lab.secret}>: 1 new`,
        'Muted in the whole server: `survey`',
      ],
      'Nothing is saved until you press Import. What is not in the file stays as it is.',
      ['Import', 'Cancel'],
    ]);
    expect(await listed()).toEqual([]);
    const done = await press(preview, 'Import');
    expect([titleOf(done), footerOf(done), buttonsOf(done)]).toEqual([
      'Imported',
      'Nothing of the past is posted: it starts with the next paper.',
      ['Undo', 'All subscriptions'],
    ]);
    expect(linesOf(await type('subscriptions')).filter((line) => !line.startsWith('#'))).toEqual(
      linesOf(before).filter((line) => !line.startsWith('#')),
    );
    const history = await lab.press(kim, lab.open, 'history:0');
    expect(history).toContain(`<@${kim}> subscribed <#${lab.open}> to \`waves\``);
    expect(history).toContain(`<@${kim}> muted \`survey\` in the whole server`);
    const again = await lab.press(kim, lab.open, idIn(preview, 'import-now:'));
    expect(again).toContain('Imported already');

    const undone = await press(done, 'Undo');
    expect([titleOf(undone), linesOf(undone)]).toEqual([
      'Undone',
      ['2 subscriptions are as they were.', '1 mute is removed again.'],
    ]);
    expect(await listed()).toEqual([]);
  });

  it('leave out what the asker cannot see, and say how much that is; nobody imports there', async () => {
    await lab.order(kim, lab.open, { keywords: 'waves' });
    await lab.order(kim, lab.secret, { keywords: 'tides', channel: lab.secret });
    const { answer, text } = await exported(lab.blind);
    expect(text).not.toMatch(new RegExp(`${lab.secret}|secret|tides|mutes`));
    expect(textOf(answer)).toContain('1 more in a channel you cannot see.');
    const all = (await exported()).text;
    const refused = await importFile(all, lab.blind);
    expect([titleOf(refused), colourOf(refused)]).toEqual(['Not imported: 1 thing to mend', 0xd83c3e]);
    expect(linesOf(refused)[0]).toBe(
      '- `subscriptions[1].channel.id`: This server has no such channel, or you cannot see it. Write the id of one of its channels.',
    );
    expect(await listed()).toHaveLength(2);
  });

  it('tell all that is wrong with a file at once, and change nothing', async () => {
    const channel = { id: lab.open };
    const bad = {
      paperboy: 1,
      server: { mutes: ['survey OR ('] },
      subscriptions: [
        { channel, filter: 'waves OR (' },
        { channel, filter: 'a', when: 'hourly', zone: 'Atlantis' },
        { channel: { id: lab.elsewhere }, filter: 'a' },
        { channel: { id: '1' }, filter: 'b' },
        { channel, filter: 'c', cap: 0 },
        { channel, filter: 'd', role: '1' },
        { channel, filter: 'e', role: lab.server },
        { channel, filter: 'A' },
        { channel, filter: 'f' },
      ],
    };
    const refused = await importFile(JSON.stringify(bad));
    expect(titleOf(refused)).toBe('Not imported: 10 things to mend');
    expect(linesOf(refused)).toEqual([
      '- `server.mutes[0]`: I cannot read that filter: line 1, column 11: The bracket that opens here is not closed. Try: `survey`',
      '- `subscriptions[0].filter`: I cannot read that filter: line 1, column 10: The bracket that opens here is not closed. Try: `waves`',
      expect.stringMatching(/^- `subscriptions\[1\]\.when`: /),
      expect.stringMatching(/^- `subscriptions\[1\]\.zone`: “Atlantis” is not a time zone/),
      expect.stringMatching(/^- `subscriptions\[2\]\.channel\.id`: This server has no such channel/),
      expect.stringMatching(/^- `subscriptions\[3\]\.channel\.id`: This server has no such channel/),
      expect.stringMatching(/^- `subscriptions\[4\]`: /),
      '- `subscriptions[5].role`: This server has no such role. Write the id of one of its roles, or leave it out.',
      '- `subscriptions[6].role`: Paperboy mentions no @everyone. Pick a role whose members want to hear of papers, or leave the role out.',
      '- `subscriptions[7]`: This is the same channel and filter as `subscriptions[1]`. Leave one of them out.',
      '',
      'Nothing was changed. Mend the file and use `/filter import` again.',
    ]);
    expect(await listed()).toEqual([]);
  });

  it('are for moderators; what holds in the whole server is for who manages it', async () => {
    await type('filter mute', { text: 'survey' });
    const { text } = await exported();
    await type('filter unmute', { text: 'survey' });
    const refused = await importFile(text, lab.mod);
    expect(linesOf(refused)[0]).toMatch(
      /^- `server\.mutes`: Settings of the whole server are for members with/,
    );
    const preview = await importFile(text);
    expect(await lab.press(lab.mod, lab.open, idIn(preview, 'import-now:'))).toMatch(
      /^This preview is somebody else’s/,
    );
    expect(await lab.press(lab.member, lab.open, idIn(preview, 'import-now:'))).toBe(
      refusals.notFor('filter'),
    );
    expect(titleOf(await press(preview, 'Cancel'))).toBe('Nothing was saved');
  });
});

describe('/filter mute and /filter unmute', () => {
  it('keep papers out of all channels, count what that would have been, and take it back', async () => {
    await lab.publish('Ocean survey');
    await lab.publish('Ocean waves');
    const muted = await type('filter mute', { text: 'survey' });
    expect([titleOf(muted), linesOf(muted).at(-1), buttonsOf(muted)]).toEqual([
      'Muted',
      '**In the last 30 days it would have kept away 1 of 2 papers that were posted in this server.**',
      ['Undo', 'All subscriptions'],
    ]);
    const already = await type('filter mute', { text: '-surveys' });
    expect(titleOf(already)).toBe('Muted already');
    const asked = { user: kim, channel: lab.open, name: 'filter unmute', options: { text: 's' } };
    const offered = await lab.driver.autocomplete({ ...asked, focused: 'text' }).choices();
    expect(offered).toEqual([{ name: 'survey', value: 'survey' }]);
    const unmuted = await type('filter unmute', { text: 'survey' });
    expect(titleOf(unmuted)).toBe('Unmuted');
    expect(titleOf(await press(unmuted, 'Undo'))).toBe('Muted');
    expect(titleOf(await press(muted, 'Undo'))).toBe('Unmuted');
  });

  it('give a text that cannot be read back in a form, and mute what comes from it', async () => {
    const refused = await type('filter mute', { text: 'survey OR (' });
    expect(contentOf(refused)).toContain('line 1, column 11');
    const life = lab.driver.click({ user: kim, channel: lab.open, message: refused.id, label: 'Change' });
    expect(JSON.stringify(await life.modal())).toContain('"value":"survey OR ("');
    const fields = { filter: 'survey OR review' };
    const sent = await lab.driver.submitModal({ user: kim, channel: lab.open, life, fields });
    expect(titleOf(await sent.message())).toBe('Muted');
    await type('filter unmute', { text: 'survey OR review' });
  });

  it('are for who manages the server, as Discord lets them use the command', async () => {
    const refused = await type('filter mute', { text: 'survey' }, lab.mod);
    expect(contentOf(refused)).toMatch(
      /^Settings of the whole server are for members with the Manage Server/,
    );
    expect(contentOf(await type('filter unmute', { text: 'survey' }, lab.mod))).toMatch(
      /^Settings of the whole/,
    );
  });
});
