import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type Interaction,
  MessageFlags,
  PermissionFlagsBits,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { botPermissionsIn } from '#src/sandbox/permissions/permissions.ts';
import { someBot } from './some-bot.ts';
import { follow, somePage } from './some-page.ts';

const DONE = { answer: 'done' };
const FORM: APIModalInteractionResponseCallbackData = {
  title: 'Filter',
  custom_id: 'form',
  components: [
    {
      type: ComponentType.Label,
      label: 'Words',
      component: { type: ComponentType.TextInput, custom_id: 'words', style: TextInputStyle.Short },
    },
  ],
};

/** A page whose bot answers with `answer`. */
async function pageWithBot(answer: (interaction: Interaction) => unknown, firstAnswerMs = 20_000) {
  const page = await somePage({ firstAnswerMs });
  const asked: Interaction[] = [];
  await someBot(page.sandbox, (interaction) => {
    asked.push(interaction);
    return answer(interaction);
  });
  return { ...page, asked };
}

/** A page with a message of the bot: a button and a select stand under it. */
async function pageWithMessage(answer: (interaction: Interaction) => unknown = () => {}) {
  const page = await pageWithBot(async (one) => {
    if (!one.isChatInputCommand()) return answer(one);
    await one.reply({
      content: 'Found.',
      components: [
        {
          type: ComponentType.ActionRow,
          components: [{ type: ComponentType.Button, style: 1, label: 'More', custom_id: 'more' }],
        },
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.StringSelect,
              custom_id: 'sort',
              options: [{ label: 'Newest', value: 'new' }],
            },
          ],
        },
      ],
    });
  });
  const { ask, driver, channel, alice } = page;
  await ask({ ask: 'command', channelId: channel, name: 'look', options: { words: 'x' } });
  const [message] = driver.read(alice, channel);
  return { ...page, messageId: message.id };
}

const sentenceOf = (answer: object): string => ('sentence' in answer ? String(answer.sentence) : '');

describe('a command', () => {
  it('reaches the bot as it was typed, and its answer comes by the stream', async () => {
    const { ask, asked, channel, alice, origin, noticed } = await pageWithBot(
      (one) => one.isChatInputCommand() && one.reply(`for ${one.options.getString('words')}`),
    );
    const { until } = await follow(origin);
    await until('messages');
    const question = {
      ask: 'command',
      channelId: channel,
      name: 'look',
      options: { words: 'video' },
    } as const;
    expect(await ask(question)).toEqual(DONE);
    expect(asked[0].user.id).toBe(alice);
    expect((await until('message')).message.content).toEqual([{ kind: 'plain', text: 'for video' }]);
    expect(noticed).toEqual([{ as: alice, ...question }]);
  });

  it('is answered as soon as the bot says that it thinks', async () => {
    const { ask, channel, driver, alice } = await pageWithBot(
      (one) => one.isChatInputCommand() && one.deferReply(),
    );
    expect(await ask({ ask: 'command', channelId: channel, name: 'look', options: { words: 'x' } })).toEqual(
      DONE,
    );
    expect(driver.read(alice, channel)[0].loading).toBe(true);
  });

  it('takes a file with it', async () => {
    const { ask, asked, channel } = await pageWithBot((one) => one.isChatInputCommand() && one.reply('read'));
    const file = {
      name: 'papers.bib',
      type: 'text/x-bibtex',
      base64: Buffer.from('@misc{a}').toString('base64'),
    };
    expect(
      await ask({ ask: 'command', channelId: channel, name: 'look', options: { words: 'x', file } }),
    ).toEqual(DONE);
    const [one] = asked;
    const given = one.isChatInputCommand() ? one.options.getAttachment('file', true) : null;
    expect(given).toMatchObject({ name: 'papers.bib', size: 8 });
    expect(await (await fetch(given?.url ?? '')).text()).toBe('@misc{a}');
  });

  it('that the bot does not answer says so, and can be tried again', async () => {
    const { ask, channel, noticed, log } = await pageWithBot(() => {}, 50);
    const answer = await ask({ ask: 'command', channelId: channel, name: 'look', options: { words: 'x' } });
    expect(answer).toEqual({ answer: 'failed', sentence: 'Paperboy did not respond. Try again.' });
    expect([noticed, log.lines]).toEqual([[], []]);
  });

  it('proposes while it is typed', async () => {
    const { ask, channel } = await pageWithBot(
      (one) =>
        one.isAutocomplete() && one.respond([{ name: `${one.options.getFocused()}deo`, value: 'video' }]),
    );
    const typing = { channelId: channel, name: 'look', options: { words: 'vi' }, focused: 'words' };
    expect(await ask({ ask: 'complete', ...typing })).toEqual({
      answer: 'choices',
      choices: [{ name: 'video', value: 'video' }],
    });
  });

  it.each([
    [{ name: 'look', options: {} }, 'The option "words" is required. Change that and send it again.'],
    [{ name: 'look', options: { words: 'x', colour: 'red' } }, /"colour"/],
    [{ name: 'dance', options: {} }, 'No command "dance" is registered here. Change that and send it again.'],
    [{ name: '__proto__', options: {} }, /__proto__/],
  ])('that no client would send is refused with what to do: %j', async (typed, sentence) => {
    const { ask, asked, channel, log } = await pageWithBot(() => {});
    const answer = await ask({ ask: 'command', channelId: channel, ...typed });
    expect(sentenceOf(answer)).toMatch(sentence);
    expect([asked, log.lines]).toEqual([[], []]);
  });

  it('stands in the menu of a message and of a person', async () => {
    const { ask, asked, driver, channel, bob, origin, alice } = await pageWithBot(
      (one) => one.isContextMenuCommand() && one.reply({ content: 'yes', flags: MessageFlags.Ephemeral }),
    );
    const { id } = driver.write({ user: bob, channel, content: 'a paper' });
    const offered = await (await fetch(`${origin}/commands?as=${alice}&channel=${channel}`)).json();
    expect(offered).toMatchObject({
      commands: [{ name: 'look' }, { name: 'More like this' }, { name: 'Papers of this person' }],
    });
    const at = { channelId: channel };
    expect(await ask({ ask: 'use on message', ...at, name: 'More like this', messageId: id })).toEqual(DONE);
    expect(await ask({ ask: 'use on person', ...at, name: 'Papers of this person', personId: bob })).toEqual(
      DONE,
    );
    expect(asked.map((one) => one.isContextMenuCommand() && one.targetId)).toEqual([id, bob]);
  });
});

describe('under a message', () => {
  it('a button is pressed and a select is chosen from', async () => {
    const { ask, asked, channel, messageId } = await pageWithMessage(
      (one) => one.isMessageComponent() && one.deferUpdate(),
    );
    const at = { channelId: channel, messageId };
    expect(await ask({ ask: 'click', ...at, customId: 'more' })).toEqual(DONE);
    expect(await ask({ ask: 'choose', ...at, customId: 'sort', values: ['new'] })).toEqual(DONE);
    expect(asked.slice(1).map((one) => one.isMessageComponent() && one.customId)).toEqual(['more', 'sort']);
  });

  it('what is not there cannot be pressed, and what is not listed cannot be chosen', async () => {
    const { ask, asked, channel, messageId } = await pageWithMessage();
    const at = { channelId: channel, messageId };
    const answers = [
      await ask({ ask: 'click', ...at, customId: 'less' }),
      await ask({ ask: 'choose', ...at, customId: 'sort', values: ['old'] }),
      await ask({ ask: 'choose', ...at, customId: 'sort', values: [] }),
    ];
    for (const answer of answers) expect(sentenceOf(answer)).toMatch(/\. Change that and send it again\.$/);
    expect(asked).toHaveLength(1);
  });

  it('a form opens, and is sent once it is filled in', async () => {
    const { ask, asked, channel, messageId, bob } = await pageWithMessage(async (one) => {
      if (one.isButton()) await one.showModal(FORM);
      if (one.isModalSubmit()) await one.reply(`for ${one.fields.getTextInputValue('words')}`);
    });
    const opened = await ask({ ask: 'click', channelId: channel, messageId, customId: 'more' });
    if (opened.answer !== 'modal') throw new Error('no form was opened');
    expect(opened.modal).toMatchObject({ title: 'Filter', customId: 'form' });
    const filled = { ask: 'submit', channelId: channel, life: opened.modal.life } as const;
    expect(sentenceOf(await ask({ ...filled, fields: { words: 'x' } }, bob))).toMatch(
      /opened by somebody else/,
    );
    expect(sentenceOf(await ask({ ...filled, fields: { words: '' } }))).toMatch(/"words" is required/);
    expect(await ask({ ...filled, fields: { words: 'video' } })).toEqual(DONE);
    expect(asked.filter((one) => one.isModalSubmit())).toHaveLength(1);
  });
});

describe('a person', () => {
  it('writes where they may, and is told where they may not', async () => {
    const { ask, driver, alice, server, channel } = await somePage();
    const deny = ['SendMessages'] as const;
    const still = driver.createChannel(server, {
      name: 'news',
      overwrites: [{ id: alice, kind: 'member', deny }],
    });
    expect(await ask({ ask: 'write', channelId: channel, content: ' hello ' })).toEqual(DONE);
    expect(driver.read(alice, channel).map(({ content }) => content)).toEqual(['hello']);
    const refused = async (channelId: string, content: string) =>
      sentenceOf(await ask({ ask: 'write', channelId, content }));
    expect(await refused(still.id, 'x')).toBe(
      'You may not write here. Open another channel, or look as somebody else.',
    );
    expect(await refused('1', 'x')).toMatch(/^You may not write here/);
    expect(await refused(channel, ' ')).toBe('The message is empty. Write something first.');
    expect(await refused(channel, 'x'.repeat(2001))).toBe(
      'A message has at most 2000 characters. Shorten it.',
    );
  });

  it('votes in a poll', async () => {
    const { ask, driver, channel, bob, alice } = await somePage();
    const poll = {
      question: { text: 'Which?' },
      answers: [{ poll_media: { text: 'A' } }, { poll_media: { text: 'B' } }],
    };
    const { id } = driver.write({ user: bob, channel, content: '', body: { poll } });
    expect(await ask({ ask: 'vote', channelId: channel, messageId: id, answers: ['2'] })).toEqual(DONE);
    const [message] = driver.read(alice, channel);
    expect(message.poll?.results?.answer_counts).toContainEqual({ id: 2, count: 1, me_voted: true });
    const refused = await ask({ ask: 'vote', channelId: channel, messageId: id, answers: ['9'] });
    expect(sentenceOf(refused)).toBe('The poll has no answer 9. Change that and send it again.');
  });

  it('who is not of this scene can do nothing', async () => {
    const { ask, done } = await somePage();
    const answer = await ask({ ask: 'again' }, '99');
    expect(sentenceOf(answer)).toBe('The scene has begun anew without this person. Choose whom to look as.');
    expect(done).toEqual([]);
  });

  it('hears of what is hidden or gone without its number', async () => {
    const { ask, driver, channel, server, alice, log } = await somePage();
    const deny = ['ViewChannel'] as const;
    const hidden = driver.createChannel(server, {
      name: 'board',
      overwrites: [{ id: alice, kind: 'member', deny }],
    });
    for (const channelId of [channel, hidden.id, '123456789012345678']) {
      const answer = await ask({ ask: 'click', channelId, messageId: '123456789012345678', customId: 'x' });
      expect(sentenceOf(answer)).toBe(
        'This is not here any more, or you cannot see it. Open the place again and try once more.',
      );
    }
    expect(log.lines).toEqual([]);
  });
});

describe('the panel of the scene', () => {
  it('takes a right from the bot in one channel, and gives it back', async () => {
    const { ask, driver, server, channel, sandbox } = await somePage();
    const { world } = sandbox;
    const rights = () => {
      const place = world.channels.get(channel);
      return place ? botPermissionsIn(world, place) : 0n;
    };
    const { EmbedLinks, SendMessages, ManageMessages } = PermissionFlagsBits;
    const set = (permission: string, isAllowed: boolean) =>
      ask({ ask: 'allow', channelId: channel, permission, isAllowed });
    const before = rights();
    expect(await set('Embed Links', false)).toEqual(DONE);
    expect(rights()).toBe(before & ~EmbedLinks);
    expect(await set('Embed Links', true)).toEqual(DONE);
    expect(rights()).toBe(before);
    expect(world.channels.get(channel)?.overwrites.size).toBe(0);
    await set('Send Messages', false);
    driver.setOverwrite(channel, { id: server, deny: ['SendMessages'] });
    await set('Send Messages', true);
    expect(rights() & SendMessages).toBe(SendMessages);
    await set('Manage Messages', true);
    expect(rights() & ManageMessages).toBe(ManageMessages);
    expect(sentenceOf(await set('Fly', true))).toMatch(/no permission "Fly"/);
  });

  it('does so for a thread in its channel', async () => {
    const { ask, driver, channel, alice, sandbox } = await somePage();
    const thread = driver.createThread(channel, { name: 'post', user: alice });
    await ask({
      ask: 'allow',
      channelId: thread.id,
      permission: 'Send Messages in Threads',
      isAllowed: false,
    });
    expect(sandbox.world.channels.get(channel)?.overwrites.get(sandbox.world.bot.id)?.deny).toBe(
      PermissionFlagsBits.SendMessagesInThreads,
    );
  });

  it('makes a channel and deletes it', async () => {
    const { ask, server, sandbox } = await somePage();
    const { channels } = sandbox.world;
    const make = (name: string) => ask({ ask: 'create channel', serverId: server, name, kind: 'forum' });
    expect(await make(' New Papers ')).toEqual(DONE);
    const made = [...channels.values()].find(({ name }) => name === 'new-papers');
    if (!made) throw new Error('no channel');
    expect(sentenceOf(await make('  '))).toMatch(/^A channel has a name/);
    expect(await ask({ ask: 'delete channel', channelId: made.id })).toEqual(DONE);
    expect(channels.has(made.id)).toBe(false);
    expect(sentenceOf(await ask({ ask: 'delete channel', channelId: made.id }))).toBe(
      'This is not here any more. Open another place.',
    );
  });

  it('gives a command to a role, and back to everybody', async () => {
    const page = await pageWithBot(() => {});
    const { ask, driver, server, channel, alice, bob } = page;
    const role = driver.createRole(server, { name: 'readers' }).id;
    driver.setMemberRoles(server, bob, [role]);
    const map = (roleId: string | null) =>
      ask({ ask: 'map command', serverId: server, command: 'look', roleId });
    const offered = (user: string) => driver.offered(user, channel).some(({ name }) => name === 'look');
    expect(await map(role)).toEqual(DONE);
    expect([offered(alice), offered(bob)]).toEqual([false, true]);
    const typed = { ask: 'command', channelId: channel, name: 'look', options: { words: 'x' } } as const;
    expect(sentenceOf(await ask(typed))).toBe(
      'You may not use look here. Look as somebody else, or give the command to a role under "Rights".',
    );
    expect(await map(null)).toEqual(DONE);
    expect([offered(alice), offered(bob)]).toEqual([true, true]);
    expect(sentenceOf(await map('1'))).toMatch(/^This is not here/);
  });

  it('sets the clock, leads to the next poll and digest, and begins again', async () => {
    const { ask, state, done } = await somePage();
    expect(await ask({ ask: 'speed', speed: 3600 })).toEqual(DONE);
    expect(state.speed).toBe(3600);
    expect(await ask({ ask: 'go to', where: 'next poll' })).toEqual(DONE);
    expect(sentenceOf(await ask({ ask: 'go to', where: 'next digest' }))).toMatch(/^No digest is due\./);
    state.nextDigestAt = 5000;
    expect(await ask({ ask: 'go to', where: 'next digest' })).toEqual(DONE);
    expect(await ask({ ask: 'again' })).toEqual(DONE);
    expect(done).toEqual(['next poll', 'next digest', 'again']);
  });

  it('does not wait for the way, and logs where it failed', async () => {
    const { ask, scene, log } = await somePage();
    scene.time.toNextPoll = () => Promise.reject(new Error('closed')) as never;
    expect(await ask({ ask: 'go to', where: 'next poll' })).toEqual(DONE);
    await expect.poll(() => log.lines.length).toBe(1);
  });

  it('says where to look when it has a fault of its own', async () => {
    const { ask, scene, log, noticed } = await somePage();
    scene.time.setSpeed = () => {
      throw new TypeError('no clock');
    };
    expect(sentenceOf(await ask({ ask: 'speed', speed: 1 }))).toBe(
      'The page could not do this. The terminal in which the sandbox runs says why.',
    );
    expect(log.lines).toMatchObject([{ message: 'the page could not do what it was asked' }]);
    expect(noticed).toEqual([]);
  });
});
