import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pressSubscribe } from '#src/page/subscribe-by-hand.ts';
import { blocksOf, contentOf } from '#test/read-message.ts';
import { type Answer, buttonsOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';

const PLAIN = { when: { kind: 'now' }, cap: 10, roleId: null, silent: false };

let harness: Harness;
let side: string;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print({ title: 'Ocean waves' });
  side = harness.channelNamed('side');
});
beforeEach(async () => {
  for (const { id } of harness.stored()) await harness.remove(id);
});
afterAll(() => harness.close());

/** What was typed, as it can be copied from the answer. */
const givenBack = (message: Answer): string =>
  blocksOf(message).find(({ title }) => title === 'What you typed')?.text ?? '';
const block = (text: string) => `\`\`\`\n${text}\n\`\`\``;
type Form = { title: string; components: { component: { custom_id: string; value?: string } }[] };
/** Opens the form behind Change; returns what stands in its fields. */
const change = async (message: Answer) => {
  const at = { user: harness.moderator, channel: harness.channel, message: message.id };
  const life = harness.driver.click({ ...at, label: 'Change' });
  const form = (await life.modal()) as unknown as Form;
  const fields = form.components.map(({ component }) => [component.custom_id, component.value ?? '']);
  return { life, title: form.title, fields: Object.fromEntries(fields) };
};
const send = async (life: { id: string }, fields: Record<string, string>): Promise<Answer> => {
  const at = { user: harness.moderator, channel: harness.channel };
  const answer = await (await harness.driver.submitModal({ ...at, life, fields })).message();
  return pressSubscribe(harness.driver, at, answer);
};

describe('what was typed for a subscription that is refused', () => {
  it('is given back whole, and stands in a form that keeps all other options', async () => {
    const role = harness.driver.createRole(harness.server, { name: 'readers', mentionable: true }).id;
    const options = {
      when: 'weekly friday',
      at: '08:30',
      zone: 'Europe/Berlin',
      quiet: '22:00-07:00',
      silent: true,
    };
    const keywords = 'ocean OR (waves';
    const refused = await harness.subscribe({ keywords, channel: side, role, ...options });
    expect(contentOf(refused)).toMatch(/^I cannot read that filter: line 1, column 10: /);
    const lines = 'when: weekly friday\nat: 08:30\nzone: Europe/Berlin\nquiet: 22:00-07:00';
    expect(givenBack(refused)).toBe(`${block(keywords)}\n${block(lines)}`);
    expect([refused.ephemeral, buttonsOf(refused)]).toEqual([true, ['Change']]);
    const { life, title, fields } = await change(refused);
    expect([title, fields]).toEqual(['Subscribe', { filter: keywords, lines }]);
    const saved = await send(life, { filter: 'ocean OR waves', lines });
    expect([saved.id, titleOf(saved)]).toEqual([refused.id, 'Subscribed']);
    expect(harness.stored()).toMatchObject([
      {
        ...{ channelId: side, filter: 'ocean OR waves', roleId: role, silent: true },
        quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' },
        when: { kind: 'weekly', weekday: 5, at: '08:30', zone: 'Europe/Berlin' },
      },
    ]);
  });

  it('formats nothing in the sentence that says what is wrong with it', async () => {
    const refused = await harness.subscribe({ keywords: 'ocean', when: '**often** @everyone' });
    expect(contentOf(refused)).toMatch(/^“\\\*\\\*often\\\*\\\* @\u200beveryone” is not a time to post\. /);
  });

  it('is given back for any option, and that option can be changed', async () => {
    const refused = await harness.subscribe({ keywords: 'ocean', when: 'daily', at: '25:00' });
    expect(contentOf(refused)).toContain('is not a time of day');
    const { life } = await change(refused);
    const still = await send(life, { filter: 'ocean', lines: 'when: daily\nat: 26:00' });
    expect([still.id, contentOf(still)]).toEqual([
      refused.id,
      expect.stringContaining('“26:00” is not a time'),
    ]);
    const { life: once, fields } = await change(still);
    expect(fields).toEqual({ filter: 'ocean', lines: 'when: daily\nat: 26:00' });
    await send(once, { filter: 'ocean', lines: ' At : 06:00 \n\nwhen: daily' });
    const when = { kind: 'daily', at: '06:00', zone: 'UTC' };
    expect(harness.stored()).toMatchObject([{ ...PLAIN, channelId: harness.channel, when }]);
  });

  it('reads a number there as the command does', async () => {
    const refused = await harness.subscribe({ keywords: '-ocean', cap: 12 });
    const { life, fields } = await change(refused);
    expect(fields.lines).toBe('cap: 12');
    await send(life, { filter: 'ocean', lines: ' \ncap: 20 ' });
    expect(harness.stored()).toMatchObject([{ ...PLAIN, cap: 20 }]);
  });

  it.each([
    [
      ' noon ',
      /^“noon” is not an option of `\/subscribe`\. Write one a line, such as `when: daily`; there are `when`, `at`/,
    ],
    ['cap: many', /^“many” is not a number\. Write it like `cap: 10`\./],
    ['cap: 5 a day', /^“5 a day” is not a number/],
    ['cap: top 5', /^“top 5” is not a number/],
    ['cap: 1234567890', /^“1234567890” is not a number/],
    ['constructor: 1', /^“constructor: 1” is not an option/],
    ['when: daily\nWhen: weekly', /^`when` stands in two lines/],
  ])('says what is wrong with the line `%s`, and keeps it', async (lines, sentence) => {
    const refused = await harness.subscribe({ keywords: '-ocean' });
    const answer = await send((await change(refused)).life, { filter: 'ocean', lines });
    expect(contentOf(answer)).toMatch(sentence);
    expect((await change(answer)).fields).toEqual({ filter: 'ocean', lines });
    expect(harness.stored()).toEqual([]);
  });

  it.each([
    [true, ''],
    [false, 'You may not mention'],
  ])('mentions a role for whom may mention it there: %j', async (isTheirs, refusal) => {
    const { driver, server, role: bot } = harness;
    const role = driver.createRole(server, { name: 'staff' }).id;
    const user = driver.addMember(server, { name: 'Ada', permissions: ['ManageChannels'] }).id;
    const room = driver.createChannel(server, { name: 'room' }).id;
    driver.setOverwrite(room, { id: server, deny: ['MentionEveryone'] });
    for (const id of isTheirs ? [bot, user] : [bot])
      driver.setOverwrite(room, { id, kind: id === user ? 'member' : 'role', allow: ['MentionEveryone'] });
    const at = { user, channel: harness.channel };
    const options = { keywords: '-ocean', channel: room, role };
    const refused = await driver.slash({ ...at, name: 'subscribe', options }).message();
    const life = driver.click({ ...at, message: refused.id, label: 'Change' });
    await life.modal();
    const sent = await driver.submitModal({ ...at, life, fields: { filter: 'ocean', lines: '' } });
    const answer = await pressSubscribe(driver, at, await sent.message());
    expect(contentOf(answer)).toContain(refusal);
    expect(harness.stored()).toMatchObject(isTheirs ? [{ channelId: room, roleId: role }] : []);
  });

  it('tells of a role that was deleted meanwhile', async () => {
    const role = harness.driver.createRole(harness.server, { name: 'gone', mentionable: true }).id;
    const refused = await harness.subscribe({ keywords: '-ocean', role });
    const { life } = await change(refused);
    harness.driver.deleteRole(harness.server, role);
    await harness.restart();
    const saved = await send(life, { filter: 'ocean', lines: '' });
    expect(linesOf(saved).join('\n')).toContain('-# Its role was deleted, so its posts mention nobody.');
  });

  it('is given back too where the channel is not theirs to change', async () => {
    const user = harness.driver.addMember(harness.server, { name: 'Cora' }).id;
    harness.driver.setOverwrite(harness.channel, { id: user, kind: 'member', allow: ['ManageChannels'] });
    const typed = { user, channel: harness.channel, name: 'subscribe' };
    const options = { keywords: 'ocean OR waves', when: 'daily', channel: side };
    const refused = await harness.driver.slash({ ...typed, options }).message();
    expect(contentOf(refused)).toMatch(/^You may not change what is posted in <#\d+>/);
    expect(givenBack(refused)).toBe(`${block('ocean OR waves')}\n${block('when: daily')}`);
    expect([refused.ephemeral, buttonsOf(refused)]).toEqual([true, []]);
  });

  it('is a topic too, as the filter that it is', async () => {
    const refused = await harness.subscribe({ topic: 'large languag models' });
    const { life, fields } = await change(refused);
    expect(fields.filter).toBe('topic:"large languag models"');
    await send(life, { filter: 'topic:"large language models"', lines: '' });
    expect(harness.stored()).toMatchObject([PLAIN]);
    const one = await harness.subscribe({ topic: 'lmm' });
    expect(givenBack(one)).toBe(block('topic:lmm'));
    const both = await harness.subscribe({ topic: 'llm', keywords: 'ocean' });
    expect(givenBack(both)).toBe(block('topic:llm ocean'));
  });

  it('works after a restart, also with a filter of 1,000 characters and odd signs', async () => {
    const keywords = `${'"a `quoted` phrase" OR '.repeat(43)}(`.padEnd(1000, ' x');
    const refused = await harness.subscribe({ keywords });
    expect(givenBack(refused)).toBe(block(keywords.replaceAll('`', 'ˋ')));
    await harness.restart();
    await harness.driver.untilCommand('subscribe');
    expect((await change(refused)).fields.filter).toBe(keywords);
  });
});

describe('what was typed in the form of a filter', () => {
  let id: string;
  beforeEach(async () => {
    await harness.subscribe({ keywords: 'ocean' });
    id = harness.stored()[0].id;
  });
  const edit = async (filter: string) => send(await opened(), { filter });
  const opened = async () => {
    const life = await harness.form(id);
    await life.modal();
    return life;
  };

  it('is given back when it is bad, and can be changed until it is good', async () => {
    const refused = await edit('ocean OR (');
    expect(givenBack(refused)).toBe(block('ocean OR ('));
    const { life, title, fields } = await change(refused);
    expect([title, fields]).toEqual(['Change the filter', { filter: 'ocean OR (' }]);
    const changed = await send(life, { filter: 'ocean OR ice' });
    expect([changed.id, titleOf(changed)]).toEqual([refused.id, 'Filter changed']);
    expect(harness.stored()[0].filter).toBe('ocean OR ice');
  });

  it('is given back when somebody changed the filter meanwhile, and may then take its place', async () => {
    const late = await opened();
    await edit('ocean OR ice');
    const refused = await send(late, { filter: 'ocean OR snow' });
    expect(contentOf(refused)).toMatch(/^This filter was changed in the meantime; it is now `ocean OR ice`,/);
    const { life, fields } = await change(refused);
    expect(fields).toEqual({ filter: 'ocean OR snow' });
    expect(titleOf(await send(life, fields))).toBe('Filter changed');
    expect(harness.stored()[0].filter).toBe('ocean OR snow');
  });

  it('is given back when the subscription is gone', async () => {
    const late = await opened();
    await harness.remove(id);
    const refused = await send(late, { filter: 'ocean OR snow' });
    expect(contentOf(refused)).toContain('no longer there');
    expect([givenBack(refused), buttonsOf(refused)]).toEqual([block('ocean OR snow'), []]);
  });

  it('is given back when it is only tried', async () => {
    const refused = await harness.ask('filter test', { filter: 'ocean OR (' });
    const { life, title } = await change(refused);
    expect(title).toBe('Test a filter');
    expect(titleOf(await send(life, { filter: 'ocean' }))).toBe('Would have found: 1');
    const unknown = await harness.ask('filter test', { filter: 'ocean', paper: 'unheard of' });
    expect(givenBack(unknown)).toBe(`${block('ocean')}\n${block('unheard of')}`);
    const { life: again, fields } = await change(unknown);
    expect(fields).toEqual({ filter: 'ocean', paper: 'unheard of' });
    const found = await send(again, { filter: 'ocean', paper: 'ocean waves' });
    expect(titleOf(found)).toBe('It matches');
  });
});
