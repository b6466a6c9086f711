import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SamePaper } from '#src/decision/same-paper.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;

describe('one paper, one server, one place', () => {
  let stage: Stage;
  let stand: Newsstand;
  let first: string;
  let second: string;
  const open = async (samePaper: SamePaper) => {
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, samePaper });
    first = stage.channelNamed('llm');
    second = stage.channelNamed('vision');
  };
  beforeEach(() => {
    stand = createNewsstand();
  });
  afterEach(() => stage.close());

  const subscribe = (channel: string, more: Record<string, string | number> = {}) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', channel, ...more });
  const print = async () => {
    stand.print('Ocean waves');
    stage.clock.leap(HOUR);
    await stage.round();
  };
  const lines = (channel: string) => noticesIn(stage, channel).filter((text) => text.includes('also in'));
  const messages = (channel: string) =>
    stage.driver.allMessages(channel).filter(({ author, ephemeral }) => author.bot && !ephemeral);

  it('comes in full to both where the server wants that', async () => {
    await open('full');
    await subscribe(second);
    await subscribe(first);
    await print();
    expect([headsIn(stage, first), headsIn(stage, second)]).toEqual([
      ['card: Ocean waves'],
      ['card: Ocean waves'],
    ]);
  });

  it('comes in full to the first of the list, and as one line with a link to the other', async () => {
    await open('line');
    await subscribe(second);
    await subscribe(first);
    await print();
    expect([headsIn(stage, first), headsIn(stage, second)]).toEqual([['card: Ocean waves'], []]);
    const link = `https://discord.com/channels/${stage.server}/${first}/${messages(first).at(-1)?.id}`;
    expect(lines(second)).toEqual([`**Ocean waves** · also in [#llm](${link})`]);
    const life = stage.driver.click({
      user: stage.moderator,
      channel: second,
      message: messages(second).at(-1)?.id ?? '',
      label: 'Why here?',
    });
    expect(textOf(await life.message())).toContain(
      `It stands in <#${first}> in full: this server’s settings made it one line in further channels.`,
    );
  });

  it('comes to the first alone where the server wants that, and /status of the other says so', async () => {
    await open('none');
    await subscribe(second);
    await subscribe(first);
    await print();
    stand.vote('2603.00001', 40);
    await stage.round();
    expect([headsIn(stage, first), headsIn(stage, second), lines(second)]).toEqual([
      ['card: Ocean waves'],
      [],
      [],
    ]);
    expect(textOf(await stage.ask('status', {}, second))).toContain(
      'Papers that another channel of this server has already do not come here.',
    );
  });

  it('comes in full elsewhere when the first channel refuses it; the first has a line when it takes posts again', async () => {
    await open('line');
    await subscribe(second);
    await subscribe(first);
    stage.driver.setOverwrite(first, { id: stage.role, deny: ['SendMessages'] });
    await print();
    expect([headsIn(stage, first), headsIn(stage, second)]).toEqual([[], ['card: Ocean waves']]);
  });

  it('comes in full to an alert before the digest of a first channel, which says where it is', async () => {
    await open('line');
    await subscribe(first, { when: 'daily', at: '20:00', zone: 'UTC' });
    await subscribe(second);
    stand.print('Ocean waves');
    await print();
    await stage.pipeline().deliver();
    expect(headsIn(stage, second)).toHaveLength(2);
    stage.clock.leapTo('2026-03-10T20:00:05Z');
    await stage.pipeline().deliver();
    expect(textOf(messages(first).at(-1) ?? { content: '', embeds: [] })).toContain(
      'also in [#vision](https://discord.com/',
    );
  });

  describe('the server’s settings', () => {
    it('are changed by who manages the server, in one sentence, and undone', async () => {
      await open('line');
      const manager = stage.driver.addMember(stage.server, {
        name: 'manager',
        permissions: ['ManageChannels', 'ManageGuild'],
      }).id;
      await subscribe(first);
      const list = await stage.driver
        .slash({ user: manager, channel: stage.channel, name: 'subscriptions' })
        .message();
      const there = { user: manager, channel: stage.channel, message: list.id };
      const shown = await stage.driver.click({ ...there, label: 'Server settings' }).message();
      expect(textOf(shown)).toContain('to the others as one line with a link.');
      const saved = await stage.driver
        .choose({ ...there, customId: 'server-settings:same-paper', values: ['none'] })
        .message();
      expect(textOf(saved)).toContain(
        'Saved.\n\nA paper that several channels want comes to one of them only.',
      );
      const undone = await stage.driver.click({ ...there, label: 'Undo' }).message();
      expect(textOf(undone)).toContain(
        'Undone.\n\nA paper that several channels want comes in full to one of them',
      );
    });

    it('are not for who manages channels alone', async () => {
      await open('line');
      await subscribe(first);
      const list = await stage.ask('subscriptions');
      const life = stage.driver.click({
        user: stage.moderator,
        channel: stage.channel,
        message: list.id,
        label: 'Server settings',
      });
      expect(textOf(await life.message())).toContain('Manage Server permission. Nothing was changed.');
    });
  });
});
