import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BOT_PERMISSIONS, connect, someServer } from './some-server.ts';

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

async function register(...commands: Parameters<typeof client.application.commands.set>[0]) {
  await client.application.commands.set(commands);
}

function onInteraction(answer: (interaction: Interaction) => unknown) {
  client.on('interactionCreate', answer);
}

async function textChannel() {
  const channel = await client.channels.fetch(place.channel);
  if (!channel?.isSendable()) throw new Error('no channel to write to');
  return channel;
}

test('a bot is ready and knows its server, its channels and its own permissions', async () => {
  const channel = client.channels.cache.get(place.channel);
  expect(channel).toMatchObject({ name: 'papers', guildId: place.server });
  const own = client.guilds.cache.get(place.server)?.members.me?.permissions;
  expect(own?.toArray()).toEqual(expect.arrayContaining([...BOT_PERMISSIONS]));
});

test('a slash command is deferred, then answered, for the asker alone', async () => {
  const { driver, alice, bob, channel } = place;
  await register({
    name: 'paper',
    description: 'Show one paper',
    options: [{ name: 'query', description: 'Which', type: 3, required: true }],
  });
  onInteraction(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(`About ${interaction.options.getString('query')}`);
  });

  const life = driver.slash({ user: alice, channel, name: 'paper', options: { query: 'attention' } });

  expect(await life.answered()).toMatchObject({ kind: 'deferred', ephemeral: true });
  expect(await life.message()).toMatchObject({ content: 'About attention', ephemeral: true });
  expect(driver.read(alice, channel)).toHaveLength(1);
  expect(driver.read(bob, channel)).toHaveLength(0);
});

test('an interaction says who asked, where, and what the bot may do there', async () => {
  const { driver, alice, channel, server } = place;
  await register({
    name: 'where',
    description: 'Where',
    options: [{ name: 'channel', description: 'A channel', type: 7 }],
  });
  const heard = new Promise<Interaction>((resolve) => onInteraction(resolve));

  driver.slash({ user: alice, channel, name: 'where', options: { channel } });

  const interaction = await heard;
  expect(interaction).toMatchObject({
    guildId: server,
    channelId: channel,
    locale: 'en-US',
    guildLocale: 'en-US',
    context: 0,
  });
  expect(interaction.appPermissions.has('EmbedLinks')).toBe(true);
  expect(interaction.memberPermissions?.has('SendMessages')).toBe(true);
  expect(interaction.memberPermissions?.has('ManageChannels')).toBe(false);
  expect(interaction.isChatInputCommand() && interaction.options.getChannel('channel')?.id).toBe(channel);
});

test('proposals appear while an option is typed', async () => {
  const { driver, alice, channel } = place;
  await register({
    name: 'paper',
    description: 'd',
    options: [{ name: 'query', description: 'd', type: 3, autocomplete: true }],
  });
  onInteraction((interaction) => {
    if (interaction.isAutocomplete())
      return interaction.respond([{ name: `${interaction.options.getFocused()}!`, value: '1' }]);
  });

  const life = driver.autocomplete({
    user: alice,
    channel,
    name: 'paper',
    options: { query: 'atten' },
    focused: 'query',
  });

  expect(await life.choices()).toEqual([{ name: 'atten!', value: '1' }]);
});

test('a click on a button changes the message it stands on', async () => {
  const { driver, alice, channel } = place;
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('more:1').setLabel('More').setStyle(ButtonStyle.Primary),
  );
  const message = await (await textChannel()).send({ content: 'Short', components: [row] });
  onInteraction((interaction) => {
    if (interaction.isButton())
      return interaction.update({ content: `Long, said ${interaction.customId}`, components: [] });
  });

  const life = driver.click({ user: alice, channel, message: message.id, label: 'More' });

  expect(await life.answered()).toMatchObject({ kind: 'updated', messageId: message.id });
  expect(driver.read(alice, channel)).toMatchObject([{ content: 'Long, said more:1', components: [] }]);
});

test('a select hands over what was chosen', async () => {
  const { driver, alice, channel } = place;
  const select = new StringSelectMenuBuilder()
    .setCustomId('open')
    .addOptions({ label: 'One', value: '1' }, { label: 'Two', value: '2' });
  const message = await (await textChannel()).send({
    content: 'Which?',
    components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)],
  });
  onInteraction((interaction) => {
    if (interaction.isStringSelectMenu()) return interaction.reply(interaction.values.join());
  });

  const life = driver.choose({ user: alice, channel, message: message.id, customId: 'open', values: ['2'] });

  expect(await life.message()).toMatchObject({ content: '2', ephemeral: false });
  expect(() =>
    driver.choose({ user: alice, channel, message: message.id, customId: 'open', values: ['3'] }),
  ).toThrow('no option');
});

test('a modal is opened, filled in and answered', async () => {
  const { driver, alice, channel } = place;
  await register({ name: 'edit', description: 'd' });
  onInteraction((interaction) => {
    if (interaction.isChatInputCommand()) return interaction.showModal(filterModal());
    if (interaction.isModalSubmit())
      return interaction.reply({ content: interaction.fields.getTextInputValue('filter'), flags: 64 });
  });

  const life = driver.slash({ user: alice, channel, name: 'edit' });
  expect(await life.modal()).toMatchObject({ title: 'Filter', custom_id: 'filter:1' });
  const submitted = await driver.submitModal({ user: alice, channel, life, fields: { filter: 'diffusion' } });

  expect(await submitted.message()).toMatchObject({ content: 'diffusion', ephemeral: true });
});

function filterModal() {
  const input = new TextInputBuilder().setCustomId('filter').setStyle(TextInputStyle.Short);
  const label = new LabelBuilder().setLabel('Words').setTextInputComponent(input);
  return new ModalBuilder().setTitle('Filter').setCustomId('filter:1').addLabelComponents(label);
}

test('a file arrives and can be fetched', async () => {
  const { driver, channel } = place;
  const file = new AttachmentBuilder(Buffer.from('@article{a}'), {
    name: 'paper.bib',
    description: 'BibTeX',
  });
  const sent = await (await textChannel()).send({ content: 'Here', files: [file] });

  const [seen] = driver.allMessages(channel);
  expect(seen.attachments).toMatchObject([{ filename: 'paper.bib', description: 'BibTeX', size: 11 }]);
  const response = await fetch(sent.attachments.first()?.url ?? '');
  expect(await response.text()).toBe('@article{a}');
});

test('components V2 come back with ids', async () => {
  const { driver, channel } = place;
  await (await textChannel()).send({
    flags: MessageFlags.IsComponentsV2,
    components: [new TextDisplayBuilder().setContent('# A paper')],
  });
  expect(driver.allMessages(channel)).toMatchObject([
    { content: '', components: [{ type: 10, id: 1, content: '# A paper' }] },
  ]);
});

test('follow-ups come after the answer', async () => {
  const { driver, alice, channel } = place;
  await register({ name: 'paper', description: 'd' });
  onInteraction(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('one');
    await interaction.followUp({ content: 'two', flags: MessageFlags.Ephemeral });
    await interaction.deleteReply();
  });

  const life = driver.slash({ user: alice, channel, name: 'paper' });

  expect(await life.followUp()).toMatchObject({ content: 'two', ephemeral: true });
  await driver.until('the deletion', () => life.answers().find((answer) => answer.kind === 'deleted'));
  expect(driver.read(alice, channel).map((message) => message.content)).toEqual(['two']);
});

test('the bot hears of channels, roles, threads and servers that come and go', async () => {
  const { driver, server, role, alice, channel } = place;
  const heard: string[] = [];
  for (const event of [
    'channelCreate',
    'channelUpdate',
    'channelDelete',
    'threadCreate',
    'threadUpdate',
    'roleUpdate',
    'guildDelete',
    'guildCreate',
  ] as const) {
    client.on(event, () => heard.push(event));
  }
  const fresh = driver.createChannel(server, { name: 'news', type: 'announcement' });
  driver.setOverwrite(fresh.id, { id: server, deny: ['SendMessages'] });
  driver.deleteChannel(fresh.id);
  const thread = driver.createThread(channel, { name: 'talk', user: alice });
  driver.setThread(thread.id, { archived: true });
  driver.setRolePermissions(server, role, ['ViewChannel']);
  driver.kickBot(server);
  driver.inviteBot(server, BOT_PERMISSIONS);

  await vi.waitFor(() => expect(heard).toHaveLength(8));
  expect(heard).toEqual([
    'channelCreate',
    'channelUpdate',
    'channelDelete',
    'threadCreate',
    'threadUpdate',
    'roleUpdate',
    'guildDelete',
    'guildCreate',
  ]);
});

test('a direct message reaches a person who shares a server and takes them', async () => {
  const { driver, alice } = place;
  const user = await client.users.fetch(alice);
  await user.send('Your papers');
  expect(driver.read(alice, driver.openDm(alice))).toMatchObject([{ content: 'Your papers' }]);

  driver.setUser(alice, { acceptsDms: false });
  await expect(user.send('More')).rejects.toMatchObject({ code: 50007 });
});
