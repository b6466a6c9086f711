import {
  ApplicationCommandType,
  ButtonStyle,
  ChannelType,
  ComponentType,
  InteractionType,
  MessageFlags,
  MessageType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import { showMessage } from '#src/page/show/message.ts';
import { addMessage } from '#src/sandbox/changes/messages.ts';
import { createThread } from '#src/sandbox/changes/threads.ts';
import type { Json } from '#src/sandbox/world/json.ts';
import { someWorld } from './some-world.ts';

let some: ReturnType<typeof someWorld>;

beforeEach(() => {
  some = someWorld();
  some.world.origin = 'http://127.0.0.1:1';
});

type Sent = Partial<Omit<Parameters<typeof addMessage>[2], 'body'>>;

/** The bot writes into #papers. */
function sent(body: Json, wanted: Sent = {}, channelId = some.papers) {
  const channel = some.world.channels.get(channelId);
  if (!channel) throw new Error(`There is no channel ${channelId}.`);
  return addMessage(some.world, channel, { authorId: some.world.bot.id, body, ...wanted });
}

const shown = (message: ReturnType<typeof sent>, viewer = some.alice) =>
  showMessage(some.world, message, viewer);
const shownBody = (body: Json, wanted?: Sent) => shown(sent(body, wanted));

const picture = (name: string, contentType = 'image/png') => ({
  index: 0,
  name,
  contentType,
  content: new Uint8Array(3),
});

describe('who sees a message', () => {
  it('its channel’s members do', () => {
    expect(shownBody({ content: '**hello**' })).toMatchObject({
      author: { name: 'Paperboy', isBot: true },
      channelId: some.papers,
      content: [{ kind: 'strong', inner: [{ kind: 'plain', text: 'hello' }] }],
      editedAt: null,
      isEphemeral: false,
      isThinking: false,
    });
  });

  it('nobody is handed one of a channel that they do not see', () => {
    const message = sent({ content: 'secret' }, {}, some.secret);

    expect(() => shown(message)).toThrow('is not for the user');
    expect(shown(message, some.owner).content).toHaveLength(1);
  });

  it('an ephemeral one is its asker’s alone', () => {
    const message = sent({ content: 'psst' }, { onlyFor: some.alice, flags: MessageFlags.Ephemeral });

    expect(shown(message)).toMatchObject({ isEphemeral: true, push: null });
    expect(() => shown(message, some.bob)).toThrow('is not for the user');
  });

  it('a reply tells nothing of what its reader does not see', () => {
    const question = sent({ content: 'psst' }, { onlyFor: some.alice });
    const reply = sent({ content: 'yes', message_reference: { message_id: question.id } });

    expect(shown(reply).replyTo).toMatchObject({ messageId: question.id, text: 'psst' });
    expect(shown(reply, some.bob).replyTo).toBeNull();
  });

  it('a reply quotes what stands first in a message that is all parts', () => {
    const text = { type: ComponentType.TextDisplay as const, content: '## Why **here**?' };
    const components = [{ type: ComponentType.Container as const, components: [text] }];
    const answer = sent({ components, flags: MessageFlags.IsComponentsV2 });
    const reply = sent({ content: 'yes', message_reference: { message_id: answer.id } });

    expect(shown(reply).replyTo).toMatchObject({ text: 'Why here?' });
  });
});

describe('calling', () => {
  it('is by name, role or everyone, and never of oneself', () => {
    const { alice, bob, role } = some;
    const pings = (content: string, viewer = alice, body: Json = {}) =>
      shown(sent({ content, ...body }), viewer).pings;

    expect(pings(`<@${alice}>`)).toBe(true);
    expect(pings(`<@${alice}>`, bob)).toBe(false);
    expect(pings(`<@&${role}>`)).toBe(true);
    expect(pings(`<@&${role}>`, bob)).toBe(false);
    expect(pings(`<@${alice}>`, alice, { allowed_mentions: { parse: [] } })).toBe(false);
    expect(shown(sent({ content: `<@${alice}>` }, { authorId: alice })).pings).toBe(false);
  });

  it('is not by what stands in an embed', () => {
    const message = shownBody({ embeds: [{ description: `<@${some.alice}>` }] });

    expect(message.pings).toBe(false);
    expect(message.embeds[0].description).toMatchObject([{ kind: 'mention', name: 'alice', isMine: false }]);
  });
});

describe('what a phone shows', () => {
  it('is the words of the content in one line, with names, and cut at its end', () => {
    const content = `**TerraScope**: [Seeing](https://a.b)\n1st of 24 papers <@&${some.role}> ||spoilt||`;

    expect(shownBody({ content }).push).toBe('TerraScope: Seeing 1st of 24 papers @reviewers ▇▇▇');
    expect(shownBody({ content: '😀'.repeat(200) }).push).toBe(`${'😀'.repeat(177)}…`);
  });

  it('is nothing where there are no words in the content', () => {
    const parts = [{ type: ComponentType.TextDisplay, content: 'text' }];

    expect(shownBody({ embeds: [{ title: 'A title' }] }).push).toBeNull();
    expect(shownBody({ components: parts, flags: MessageFlags.IsComponentsV2 }).push).toBeNull();
    expect(shownBody({ content: 'quiet', flags: MessageFlags.SuppressNotifications }).push).toBeNull();
    expect(shown(sent({ content: 'mine' }, { authorId: some.alice })).push).toBeNull();
  });
});

describe('embeds', () => {
  it('are shown with all that they have', () => {
    const embed = {
      color: 0x00ab12,
      author: { name: '**as it is**' },
      title: '*Title*',
      url: 'https://arxiv.org/abs/1',
      description: '# Head',
      fields: [{ name: '`n`', value: '- v', inline: true }],
      footer: { text: '**plain**' },
      timestamp: '2026-03-03T12:00:00.000Z',
      image: { url: 'https://cdn.x.org/a.png', description: 'A plot' },
    };

    expect(shownBody({ embeds: [embed] }).embeds).toMatchObject([
      {
        colour: '#00ab12',
        author: '**as it is**',
        title: [{ kind: 'emphasis' }],
        href: 'https://arxiv.org/abs/1',
        description: [{ kind: 'heading', level: 1 }],
        fields: [{ name: [{ kind: 'code', text: 'n' }], value: [{ kind: 'list' }], isInline: true }],
        footer: '**plain**',
        at: Date.parse('2026-03-03T12:00:00Z'),
        image: { src: null, host: 'cdn.x.org', alt: 'A plot' },
        thumbnail: null,
      },
    ]);
  });

  it('lead nowhere but to web pages', () => {
    const [embed] = shownBody({ embeds: [{ title: 'x', url: 'javascript:alert(1)' }] }).embeds;

    expect(embed).toMatchObject({ href: null, colour: null, description: null, at: null });
  });

  it('show their own picture, which does not stand below once more', () => {
    const body = {
      embeds: [{ image: { url: 'attachment://plot.png' } }],
      attachments: [{ id: 0, description: 'A plot' }],
    };
    const message = shownBody(body, { files: [picture('plot.png')] });

    expect(message.embeds[0].image?.src).toMatch(new RegExp(`^/pictures/${some.papers}/\\d+/plot.png$`));
    expect(message.files).toEqual([]);
  });

  it('are left out where somebody took them away', () => {
    expect(shownBody({ embeds: [{ title: 'x' }], flags: MessageFlags.SuppressEmbeds }).embeds).toEqual([]);
  });
});

describe('files', () => {
  it('stand below with their names and sizes, and only pictures are drawn', () => {
    const files = [
      picture('SPOILER_a b.png'),
      { ...picture('papers.bib', 'text/plain; charset=utf-8'), index: 1 },
      { ...picture('x.svg', 'image/svg+xml'), index: 2 },
    ];

    expect(shownBody({ content: '' }, { files }).files).toMatchObject([
      { name: 'SPOILER_a b.png', bytes: 3, isImage: true, isSpoiler: true, host: null },
      { name: 'papers.bib', isImage: false, isSpoiler: false },
      { name: 'x.svg', isImage: false },
    ]);
  });
});

describe('components', () => {
  const button = { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Go', custom_id: 'go' };
  const v2 = (components: unknown[], wanted?: Sent) =>
    shownBody({ components, flags: MessageFlags.IsComponentsV2 }, wanted).parts;

  it('of every kind are named', () => {
    const components = [
      {
        type: ComponentType.Container,
        accent_color: 255,
        components: [
          { type: ComponentType.TextDisplay, content: '**a**' },
          { type: ComponentType.Separator, divider: false, spacing: SeparatorSpacingSize.Large },
          {
            type: ComponentType.Section,
            components: [{ type: ComponentType.TextDisplay, content: 'b' }],
            accessory: {
              type: ComponentType.Thumbnail,
              media: { url: 'attachment://a.png' },
              description: 'alt',
              spoiler: true,
            },
          },
          { type: ComponentType.MediaGallery, items: [{ media: { url: 'https://x.org/b.png' } }] },
          { type: ComponentType.File, file: { url: 'attachment://a.png' } },
        ],
      },
    ];

    const parts = v2(components, { files: [picture('a.png')] });

    expect(parts).toMatchObject([
      {
        kind: 'container',
        colour: '#0000ff',
        isSpoiler: false,
        parts: [
          { kind: 'text', text: [{ kind: 'strong' }] },
          { kind: 'separator', hasLine: false, isLarge: true },
          {
            kind: 'section',
            texts: [[{ kind: 'plain', text: 'b' }]],
            accessory: { kind: 'thumbnail', picture: { alt: 'alt', isSpoiler: true } },
          },
          { kind: 'gallery', pictures: [{ src: null, host: 'x.org', alt: null }] },
          { kind: 'file', file: { name: 'a.png', bytes: 3, isImage: true } },
        ],
      },
    ]);
  });

  it('that are pressed say what they are', () => {
    const row = {
      type: ComponentType.ActionRow,
      components: [
        button,
        { type: ComponentType.Button, style: ButtonStyle.Link, label: 'Read', url: 'https://a.b' },
        { ...button, style: ButtonStyle.Danger, disabled: true, label: undefined, emoji: { name: '🗑️' } },
        { type: ComponentType.Button, style: ButtonStyle.Link, label: 'Bad', url: 'javascript:1' },
      ],
    };

    expect(v2([row])).toMatchObject([
      {
        kind: 'row',
        parts: [
          { style: 'primary', label: 'Go', customId: 'go', href: null, isDisabled: false, emoji: null },
          { style: 'link', label: 'Read', customId: null, href: 'https://a.b' },
          { style: 'danger', label: null, emoji: '🗑️', isDisabled: true },
          { style: 'link', href: null },
        ],
      },
    ]);
  });

  it('that are chosen from say what may be, and what is', () => {
    const options = [
      { label: 'A', value: 'a', description: 'first', default: true },
      { label: 'B', value: 'b', emoji: { id: '1', name: 'bee' } },
    ];
    const rows = [
      { type: ComponentType.StringSelect, custom_id: 's', options, min_values: 0, max_values: 2 },
      {
        type: ComponentType.ChannelSelect,
        custom_id: 'c',
        placeholder: 'Where',
        channel_types: [ChannelType.GuildText, ChannelType.PublicThread, ChannelType.PrivateThread],
        default_values: [{ id: some.papers, type: 'channel' }],
      },
      { type: ComponentType.MentionableSelect, custom_id: 'm' },
    ].map((select) => ({ type: ComponentType.ActionRow, components: [select] }));

    expect(v2(rows).flatMap((row) => (row.kind === 'row' ? row.parts : []))).toMatchObject([
      {
        of: 'options',
        least: 0,
        most: 2,
        chosen: ['a'],
        choices: [
          { value: 'a', label: 'A', description: 'first', emoji: null },
          { value: 'b', label: 'B', description: null, emoji: ':bee:' },
        ],
        channelKinds: null,
      },
      {
        of: 'channel',
        placeholder: 'Where',
        chosen: [some.papers],
        channelKinds: ['text', 'thread'],
        choices: [],
      },
      { of: 'mentionable', least: 1, most: 1, chosen: [], isDisabled: false },
    ]);
  });

  it('that the page does not know are told', () => {
    const row = { type: ComponentType.ActionRow, components: [{ type: 99 }] };

    expect(JSON.stringify(v2([{ type: 98 }, row]))).toMatch(/unknown component.*unknown component/);
  });
});

describe('answers to commands', () => {
  const asked = (more: Partial<Parameters<typeof some.world.interactions.set>[1]>) => {
    const id = some.world.nextId();
    some.world.interactions.set(id, {
      id,
      token: id,
      type: InteractionType.ApplicationCommand,
      userId: some.bob,
      channelId: some.papers,
      guildId: some.lab,
      askedAt: 0,
      name: 'filter test',
      command: { type: ApplicationCommandType.ChatInput, targetId: null },
      openedBy: null,
      optionType: 3,
      sourceMessageId: null,
      userInstallOnly: false,
      acknowledged: true,
      originalId: null,
      followUps: 0,
      answers: [],
      ...more,
    });
    return id;
  };
  const answer = (interactionId: string, type: number = MessageType.ChatInputCommand) =>
    shownBody({ content: 'Here.' }, { interactionId, type });

  it('say who asked what', () => {
    expect(answer(asked({})).asked).toMatchObject({ by: { name: 'bob' }, command: '/filter test' });
  });

  it('name a command of a menu without the slash', () => {
    const command = { type: ApplicationCommandType.Message, targetId: '1' };

    expect(answer(asked({ name: 'Why here', command })).asked?.command).toBe('Why here');
  });

  it('say it also when a form came between', () => {
    const openedBy = asked({ name: 'subscribe' });
    const form = asked({ type: InteractionType.ModalSubmit, name: 'form:1', command: null, openedBy });

    expect(answer(form).asked?.command).toBe('/subscribe');
  });

  it('say nothing of presses', () => {
    const press = asked({ type: InteractionType.MessageComponent, name: 'go:1', command: null });

    expect(answer(press).asked).toBeNull();
  });

  it('that are awaited are shown as thinking', () => {
    expect(shownBody({}, { flags: MessageFlags.Loading })).toMatchObject({ isThinking: true, push: null });
  });
});

describe('a message’s thread', () => {
  it('is named with how much was written there', () => {
    const message = sent({ content: 'A paper' });
    const { world, driver } = some;
    const thread = driver.createThread(some.papers, { name: 'Talk', user: some.alice, message: message.id });
    driver.write({ user: some.alice, channel: thread.id, content: 'Nice' });

    expect(showMessage(world, message, some.alice).thread).toEqual({
      id: thread.id,
      name: 'Talk',
      messages: 1,
    });
  });

  it('is not told to those who do not see it', () => {
    const { world } = some;
    const message = sent({ content: 'A paper' });
    const [guild, parent] = [world.guilds.get(some.lab), world.channels.get(some.papers)];
    if (!guild || !parent) throw new Error('There is no lab.');
    createThread(world, guild, parent, { name: 'Talk', ownerId: some.alice, isPrivate: true }, message);

    expect(shown(message).thread).toMatchObject({ name: 'Talk' });
    expect(shown(message, some.bob).thread).toBeNull();
  });
});

describe('polls', () => {
  it('show shares of the votes, and which are the viewer’s', () => {
    const poll = {
      question: { text: 'Which?' },
      answers: [{ poll_media: { text: 'One', emoji: { name: '🥇' } } }, { poll_media: { text: 'Two' } }],
      duration: 1,
    };
    const message = sent({ poll });
    message.poll?.answers[0].voterIds.add(some.alice).add(some.bob);
    message.poll?.answers[1].voterIds.add(some.owner);

    expect(shown(message).poll).toMatchObject({
      question: 'Which?',
      answers: [
        { id: '1', text: '🥇 One', votes: 2, share: 2 / 3, isMine: true },
        { id: '2', text: 'Two', votes: 1, share: 1 / 3, isMine: false },
      ],
      takesSeveral: false,
      votes: 3,
      endsAt: message.createdAt + 3_600_000,
      isOver: false,
    });
  });
});
