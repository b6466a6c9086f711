import { ApplicationCommandType, type Client, type Interaction, MessageFlags } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let client: Client<true>;

beforeEach(async () => {
  place = await someServer();
  client = await connect(place.sandbox);
});
afterEach(async () => {
  await client.destroy();
  await place.sandbox.close();
});

const onInteraction = (answer: (interaction: Interaction) => unknown) =>
  client.on('interactionCreate', answer);

describe('a command of a menu', () => {
  beforeEach(async () => {
    await client.application.commands.set([
      { name: 'Find the paper', type: ApplicationCommandType.Message },
      { name: 'Papers of', type: ApplicationCommandType.User },
    ]);
  });

  test('hands over the message, which the bot may then read, and answers it', async () => {
    const { driver, alice, bob, channel } = place;
    const written = driver.write({ user: bob, channel, content: 'see 1706.03762' });
    onInteraction((interaction) => {
      if (interaction.isMessageContextMenuCommand())
        return interaction.reply(`${interaction.commandName}: ${interaction.targetMessage.content}`);
    });
    const life = driver.useOn({ user: alice, channel, name: 'Find the paper', message: written.id });
    expect(await life.message()).toMatchObject({
      content: 'Find the paper: see 1706.03762',
      type: 23,
      interaction: { name: 'Find the paper', user: { id: alice } },
      interaction_metadata: { type: 2, user: { id: alice }, target_message_id: written.id },
      message_reference: { message_id: written.id, channel_id: channel },
    });
  });

  test('hands over a member', async () => {
    const { driver, alice, bob, channel } = place;
    onInteraction((interaction) => {
      if (interaction.isUserContextMenuCommand())
        return interaction.reply(`${interaction.targetUser.username}, ${interaction.targetMember !== null}`);
    });
    const life = driver.useOn({ user: alice, channel, name: 'Papers of', member: bob });
    expect(await life.message()).toMatchObject({
      content: 'bob, true',
      interaction_metadata: { target_user: { id: bob } },
    });
  });

  test('is offered on what it is for, by who sees it', async () => {
    const { driver, server, alice, bob, channel } = place;
    const { id } = driver.write({ user: bob, channel, content: 'hello' });
    const at = { user: alice, channel };
    expect(() => driver.useOn({ ...at, name: 'Papers of', message: id })).toThrow('No command');
    expect(() => driver.useOn({ ...at, name: 'Papers of', member: '1' })).toThrow('no member');
    expect(() => driver.slash({ ...at, name: 'Papers of' })).toThrow('No command');
    driver.setOverwrite(channel, { id: server, deny: ['ViewChannel'] });
    expect(() => driver.useOn({ ...at, name: 'Find the paper', message: id })).toThrow('cannot see');
  });
});

describe('an option', () => {
  const OPTIONS = [
    { name: 'whole', type: 4, min_value: 1, max_value: 9 },
    { name: 'share', type: 10, max_value: 0.5 },
    { name: 'loud', type: 5 },
    { name: 'who', type: 6 },
    { name: 'where', type: 7, channel_types: [0] },
    { name: 'group', type: 8 },
    { name: 'anyone', type: 9 },
    { name: 'list', type: 11, file_types: ['.bib'] },
  ].map((one) => ({ ...one, description: 'd' }));

  beforeEach(async () => {
    // What it means is Discord's to say: discord.js' types know fewer of the keys.
    const options = OPTIONS as never;
    await client.application.commands.set([{ name: 'all', description: 'd', options }]);
  });

  test('of every kind arrives as what it stands for', async () => {
    const { driver, server, alice, bob, channel } = place;
    const role = driver.createRole(server, { name: 'readers' }).id;
    onInteraction(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { options } = interaction;
      const file = options.getAttachment('list', true);
      const text = await (await fetch(file.url)).text();
      const said = [
        options.getInteger('whole'),
        options.getNumber('share'),
        options.getBoolean('loud'),
        options.getUser('who')?.username,
        options.getChannel('where')?.name,
        options.getRole('group')?.name,
        options.getMentionable('anyone') !== null,
        `${file.name} ${file.size} ${text}`,
      ];
      await interaction.reply({ content: said.join(', '), flags: MessageFlags.Ephemeral });
    });
    const list = { name: 'mine.bib', content: Buffer.from('@misc{a}') };
    const options = {
      whole: 3,
      share: 0.25,
      loud: true,
      who: bob,
      where: channel,
      group: role,
      anyone: role,
      list,
    };
    const life = driver.slash({ user: alice, channel, name: 'all', options });
    expect((await life.message()).content).toBe(
      '3, 0.25, true, bob, papers, readers, true, mine.bib 8 @misc{a}',
    );
  });

  test.each([
    [{ whole: 1.5 }, 'another kind'],
    [{ whole: 10 }, 'outside the bounds'],
    [{ share: 0.6 }, 'outside the bounds'],
    [{ share: '0.1' }, 'another kind'],
    [{ loud: 'yes' }, 'another kind'],
    [{ who: '1' }, 'offers no user'],
    [{ where: '1' }, 'offers no channel'],
    [{ group: '1' }, 'offers no role'],
    [{ anyone: '1' }, 'offers no mentionable'],
    [{ list: 'mine.bib' }, 'another kind'],
    [{ list: { name: 'mine.txt', content: new Uint8Array(1) } }, 'none of .bib'],
  ])('takes nothing else: %j', (options, refusal) => {
    const { driver, alice, channel } = place;
    expect(() => driver.slash({ user: alice, channel, name: 'all', options })).toThrow(refusal);
  });

  test('for a file takes 10 MiB', () => {
    const { driver, alice, channel } = place;
    const give = (bytes: number) => {
      const list = { name: 'mine.bib', content: new Uint8Array(bytes) };
      return driver.slash({ user: alice, channel, name: 'all', options: { list } });
    };
    expect(() => give(10 * 1024 * 1024 + 1)).toThrow('too large');
    expect(() => give(10 * 1024 * 1024)).not.toThrow();
  });

  test('for a channel offers no other kind of channel, and none of another server', () => {
    const { driver, server, alice, channel } = place;
    const voice = driver.createChannel(server, { name: 'talk', type: 'voice' }).id;
    const far = driver.createChannel(driver.createServer({ name: 'Far' }).id, { name: 'far' }).id;
    for (const where of [voice, far])
      expect(() => driver.slash({ user: alice, channel, name: 'all', options: { where } })).toThrow(
        'no channel',
      );
  });
});

test('a follow-up is shown as a reply to the first answer', async () => {
  const { driver, alice, channel } = place;
  await client.application.commands.set([{ name: 'paper', description: 'd' }]);
  onInteraction(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('one');
    await interaction.followUp('two');
  });
  const life = driver.slash({ user: alice, channel, name: 'paper' });
  const first = await life.message();
  expect(first).toMatchObject({ type: 20, interaction: { name: 'paper' } });
  expect(first).not.toHaveProperty('referenced_message');
  expect(await life.followUp()).toMatchObject({
    type: 19,
    referenced_message: { id: first.id, content: 'one' },
    interaction_metadata: { original_response_message_id: first.id },
  });
});
