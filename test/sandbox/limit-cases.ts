/** One of Discord's limits: a body that just keeps it, one that just does not, and how the latter is refused. */
export type LimitCase = { rule: string; within: unknown; beyond: unknown; refusal: string };

const text = (length: number) => 'a'.repeat(length);
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const button = (index: number, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'b',
  custom_id: `b${index}`,
  ...more,
});
const row = (components: object[]) => ({ type: 1, components });
const option = (index: number, more: object = {}) => ({ label: `o${index}`, value: `v${index}`, ...more });
const select = (more: object = {}) => ({ type: 3, custom_id: 's', options: [option(0)], ...more });
const v2 = (components: object[], more: object = {}) => ({ flags: 1 << 15, components, ...more });
const display = (content: string) => ({ type: 10, content });
const ids = (count: number) => many(count, (index) => String(1_000_000_000_000_000_000n + BigInt(index)));

export const MESSAGE_LIMITS: readonly LimitCase[] = [
  {
    rule: 'content has 2000 characters',
    within: { content: text(2000) },
    beyond: { content: text(2001) },
    refusal: 'content BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a character outside the basic plane counts twice',
    within: { content: '🐣'.repeat(1000) },
    beyond: { content: `${'🐣'.repeat(1000)}a` },
    refusal: 'content BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a message has 10 embeds',
    within: { embeds: many(10, () => ({ title: 'a' })) },
    beyond: { embeds: many(11, () => ({ title: 'a' })) },
    refusal: 'embeds BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'an embed title has 256 characters, blanks around it not counted',
    within: { embeds: [{ title: ` ${text(256)} ` }] },
    beyond: { embeds: [{ title: text(257) }] },
    refusal: 'embeds.0.title BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'an embed description has 4096 characters',
    within: { embeds: [{ description: text(4096) }] },
    beyond: { embeds: [{ description: text(4097) }] },
    refusal: 'embeds.0.description BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'an embed has 25 fields',
    within: { embeds: [{ fields: many(25, () => ({ name: 'n', value: 'v' })) }] },
    beyond: { embeds: [{ fields: many(26, () => ({ name: 'n', value: 'v' })) }] },
    refusal: 'embeds.0.fields BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a field name has 256 characters',
    within: { embeds: [{ fields: [{ name: text(256), value: 'v' }] }] },
    beyond: { embeds: [{ fields: [{ name: text(257), value: 'v' }] }] },
    refusal: 'embeds.0.fields.0.name BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a field value has 1024 characters',
    within: { embeds: [{ fields: [{ name: 'n', value: text(1024) }] }] },
    beyond: { embeds: [{ fields: [{ name: 'n', value: text(1025) }] }] },
    refusal: 'embeds.0.fields.0.value BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a field has a name',
    within: { embeds: [{ fields: [{ name: 'n', value: 'v' }] }] },
    beyond: { embeds: [{ fields: [{ name: ' ', value: 'v' }] }] },
    refusal: 'embeds.0.fields.0.name BASE_TYPE_REQUIRED',
  },
  {
    rule: 'a footer has 2048 characters',
    within: { embeds: [{ footer: { text: text(2048) } }] },
    beyond: { embeds: [{ footer: { text: text(2049) } }] },
    refusal: 'embeds.0.footer.text BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'an author name has 256 characters',
    within: { embeds: [{ author: { name: text(256) } }] },
    beyond: { embeds: [{ author: { name: text(257) } }] },
    refusal: 'embeds.0.author.name BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'all embeds together have 6000 characters',
    within: { embeds: [{ description: text(3000) }, { description: text(3000) }] },
    beyond: { embeds: [{ description: text(3000) }, { description: text(3001) }] },
    refusal: 'embeds MAX_EMBED_SIZE_EXCEEDED',
  },
  {
    rule: 'an embed shows something',
    within: { embeds: [{ title: 'a' }] },
    beyond: { embeds: [{ color: 1 }] },
    refusal: 'embeds.0.description BASE_TYPE_REQUIRED',
  },
  {
    rule: 'a colour has 24 bits',
    within: { embeds: [{ title: 'a', color: 0xffffff }] },
    beyond: { embeds: [{ title: 'a', color: 0x1000000 }] },
    refusal: 'embeds.0.color NUMBER_TYPE_MAX',
  },
  {
    rule: 'an embed link is a web address',
    within: { embeds: [{ title: 'a', url: 'https://example.org/' }] },
    beyond: { embeds: [{ title: 'a', url: 'ftp://example.org/' }] },
    refusal: 'embeds.0.url URL_TYPE_INVALID_SCHEME',
  },
  {
    rule: 'a link is well formed',
    within: { embeds: [{ title: 'a', image: { url: 'https://example.org/a.png' } }] },
    beyond: { embeds: [{ title: 'a', image: { url: 'a.png' } }] },
    refusal: 'embeds.0.image.url URL_TYPE_INVALID_URL',
  },
  {
    rule: 'the alternative text of an embed’s picture has 1024 characters',
    within: { embeds: [{ image: { url: 'https://example.org/a.png', description: text(1024) } }] },
    beyond: { embeds: [{ image: { url: 'https://example.org/a.png', description: text(1025) } }] },
    refusal: 'embeds.0.image.description BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a time stamp is ISO 8601',
    within: { embeds: [{ title: 'a', timestamp: '2026-03-02T00:00:00Z' }] },
    beyond: { embeds: [{ title: 'a', timestamp: 'noon' }] },
    refusal: 'embeds.0.timestamp DATE_TIME_TYPE_PARSE',
  },
  {
    rule: 'a nonce has 25 characters',
    within: { content: 'a', nonce: text(25) },
    beyond: { content: 'a', nonce: text(26) },
    refusal: 'nonce BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'allowed_mentions names 100 users',
    within: { content: 'a', allowed_mentions: { users: ids(100) } },
    beyond: { content: 'a', allowed_mentions: { users: ids(101) } },
    refusal: 'allowed_mentions.users BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'allowed_mentions parses a kind or lists it, not both',
    within: { content: 'a', allowed_mentions: { parse: ['roles'], users: ids(1) } },
    beyond: { content: 'a', allowed_mentions: { parse: ['users'], users: ids(1) } },
    refusal: 'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  },
  {
    rule: 'a message has three stickers',
    within: { content: 'a', sticker_ids: ids(3) },
    beyond: { content: 'a', sticker_ids: ids(4) },
    refusal: 'sticker_ids BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a message has five rows',
    within: { content: 'a', components: many(5, (index) => row([button(index)])) },
    beyond: { content: 'a', components: many(6, (index) => row([button(index)])) },
    refusal: 'components BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a row has five buttons',
    within: { content: 'a', components: [row(many(5, (index) => button(index)))] },
    beyond: { content: 'a', components: [row(many(6, (index) => button(index)))] },
    refusal: 'components.0.components BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a select fills its row',
    within: { content: 'a', components: [row([select()])] },
    beyond: { content: 'a', components: [row([select(), button(0)])] },
    refusal: 'components.0.components BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a custom id has 100 characters',
    within: { content: 'a', components: [row([button(0, { custom_id: text(100) })])] },
    beyond: { content: 'a', components: [row([button(0, { custom_id: text(101) })])] },
    refusal: 'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'custom ids are unique',
    within: { content: 'a', components: [row([button(0), button(1)])] },
    beyond: { content: 'a', components: [row([button(0), button(0)])] },
    refusal: 'components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  },
  {
    rule: 'a button label has 80 characters',
    within: { content: 'a', components: [row([button(0, { label: text(80) })])] },
    beyond: { content: 'a', components: [row([button(0, { label: text(81) })])] },
    refusal: 'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'an acting button has a custom id',
    within: { content: 'a', components: [row([button(0)])] },
    beyond: { content: 'a', components: [row([button(0, { custom_id: undefined })])] },
    refusal: 'components.0.components.0.custom_id BASE_TYPE_REQUIRED',
  },
  {
    rule: 'a link button has no custom id',
    within: {
      content: 'a',
      components: [row([{ type: 2, style: 5, label: 'l', url: 'https://example.org' }])],
    },
    beyond: {
      content: 'a',
      components: [row([{ type: 2, style: 5, label: 'l', url: 'https://example.org', custom_id: 'x' }])],
    },
    refusal: 'components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  },
  {
    rule: 'a button link has 512 characters',
    within: {
      content: 'a',
      components: [row([{ type: 2, style: 5, label: 'l', url: `https://a.org/${text(498)}` }])],
    },
    beyond: {
      content: 'a',
      components: [row([{ type: 2, style: 5, label: 'l', url: `https://a.org/${text(499)}` }])],
    },
    refusal: 'components.0.components.0.url BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a select has 25 options',
    within: { content: 'a', components: [row([select({ options: many(25, option) })])] },
    beyond: { content: 'a', components: [row([select({ options: many(26, option) })])] },
    refusal: 'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'an option label has 100 characters',
    within: { content: 'a', components: [row([select({ options: [option(0, { label: text(100) })] })])] },
    beyond: { content: 'a', components: [row([select({ options: [option(0, { label: text(101) })] })])] },
    refusal: 'components.0.components.0.options.0.label BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'option values are unique',
    within: { content: 'a', components: [row([select({ options: [option(0), option(1)] })])] },
    beyond: { content: 'a', components: [row([select({ options: [option(0), option(0)] })])] },
    refusal: 'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  },
  {
    rule: 'a placeholder has 150 characters',
    within: { content: 'a', components: [row([select({ placeholder: text(150) })])] },
    beyond: { content: 'a', components: [row([select({ placeholder: text(151) })])] },
    refusal: 'components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'text displays need the V2 flag',
    within: v2([display('a')]),
    beyond: { content: 'a', components: [display('a')] },
    refusal: 'components.0.type UNION_TYPE_CHOICES',
  },
  {
    rule: 'V2 messages have 40 components, nested ones counted',
    within: v2([{ type: 17, components: many(39, () => display('a')) }]),
    beyond: v2([{ type: 17, components: many(39, () => display('a')) }, display('a')]),
    refusal: 'components BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'V2 messages have 4000 characters in all',
    within: v2([display(text(2000)), display(text(2000))]),
    beyond: v2([display(text(2000)), display(text(2001))]),
    refusal: 'components COMPONENT_MAX_TOTAL_TEXT_EXCEEDED',
  },
  {
    rule: 'V2 messages have no content',
    within: v2([display('a')]),
    beyond: v2([display('a')], { content: 'a' }),
    refusal: 'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  },
  {
    rule: 'V2 messages have no embeds',
    within: v2([display('a')]),
    beyond: v2([display('a')], { embeds: [{ title: 'a' }] }),
    refusal: 'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  },
  {
    rule: 'a text display is not empty',
    within: v2([display('a')]),
    beyond: v2([display('')]),
    refusal: 'components.0.content BASE_TYPE_REQUIRED',
  },
  {
    rule: 'a section has three texts',
    within: v2([{ type: 9, components: many(3, () => display('a')), accessory: button(0) }]),
    beyond: v2([{ type: 9, components: many(4, () => display('a')), accessory: button(0) }]),
    refusal: 'components.0.components BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a section has an accessory',
    within: v2([{ type: 9, components: [display('a')], accessory: button(0) }]),
    beyond: v2([{ type: 9, components: [display('a')] }]),
    refusal: 'components.0.accessory DICT_TYPE_CONVERT',
  },
  {
    rule: 'a gallery has 10 pictures',
    within: v2([{ type: 12, items: many(10, () => ({ media: { url: 'https://example.org/a.png' } })) }]),
    beyond: v2([{ type: 12, items: many(11, () => ({ media: { url: 'https://example.org/a.png' } })) }]),
    refusal: 'components.0.items BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'an alternative text has 1024 characters',
    within: v2([
      { type: 12, items: [{ media: { url: 'https://example.org/a.png' }, description: text(1024) }] },
    ]),
    beyond: v2([
      { type: 12, items: [{ media: { url: 'https://example.org/a.png' }, description: text(1025) }] },
    ]),
    refusal: 'components.0.items.0.description BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a picture that is referred to is attached',
    within: v2([{ type: 12, items: [{ media: { url: 'https://example.org/a.png' } }] }]),
    beyond: v2([{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }]),
    refusal: 'components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  },
  {
    rule: 'containers do not nest',
    within: v2([{ type: 17, components: [display('a')] }]),
    beyond: v2([{ type: 17, components: [{ type: 17, components: [display('a')] }] }]),
    refusal: 'components.0.components.0.type UNION_TYPE_CHOICES',
  },
];

const command = (more: object = {}) => ({ name: 'a', description: 'd', ...more });
const asked = (more: object = {}) =>
  command({ options: [{ type: 3, name: 'q', description: 'd', ...more }] });
const commands = (count: number, more: object = {}) =>
  many(count, (index) => command({ name: `c${index}`, ...more }));
const choice = (index: number, more: object = {}) => ({ name: `n${index}`, value: `v${index}`, ...more });
const menu = (count: number, type: number) => many(count, (index) => ({ type, name: `Menu ${index}` }));
// 100 for the command, 2600 for each of three options with 25 choices of 100, and 1 + `last` for a fourth.
const long = (last: number) =>
  command({
    description: text(99),
    options: [
      ...many(3, (index) => ({
        type: 3,
        name: `o${index}`,
        description: text(98),
        choices: many(25, (one) =>
          choice(0, { name: text(23) + String(one).padStart(2, '0'), value: text(75) }),
        ),
      })),
      { type: 3, name: 'p', description: text(last) },
    ],
  });

export const COMMAND_LIMITS: readonly LimitCase[] = [
  {
    rule: 'a name has 32 characters',
    within: [command({ name: text(32) })],
    beyond: [command({ name: text(33) })],
    refusal: '0.name BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a name is in lower case',
    within: [command({ name: 'größe-1_' })],
    beyond: [command({ name: 'Paper' })],
    refusal: '0.name APPLICATION_COMMAND_INVALID_NAME',
  },
  {
    rule: 'a name is one word',
    within: [command({ name: '論文' })],
    beyond: [command({ name: 'a paper' })],
    refusal: '0.name APPLICATION_COMMAND_INVALID_NAME',
  },
  {
    rule: 'a description has 100 characters',
    within: [command({ description: text(100) })],
    beyond: [command({ description: text(101) })],
    refusal: '0.description BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a slash command has a description',
    within: [command()],
    beyond: [{ name: 'a' }],
    refusal: '0.description BASE_TYPE_REQUIRED',
  },
  {
    rule: 'a menu command has none',
    within: [{ type: 3, name: 'Look up papers' }],
    beyond: [{ type: 3, name: 'Look up papers', description: 'd' }],
    refusal: '0.description APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
  },
  {
    rule: 'names are unique',
    within: [command(), command({ name: 'b' })],
    beyond: [command(), command()],
    refusal: '1.name APPLICATION_COMMANDS_DUPLICATE_NAME',
  },
  {
    rule: 'there are 100 slash commands',
    within: commands(100),
    beyond: commands(101),
    refusal: ' MAX_CHAT_INPUT_COMMANDS_REACHED',
  },
  {
    rule: 'there are 15 message commands',
    within: menu(15, 3),
    beyond: menu(16, 3),
    refusal: ' MAX_MESSAGE_COMMANDS_REACHED',
  },
  {
    rule: 'a command has 25 options',
    within: [command({ options: many(25, (index) => ({ type: 3, name: `o${index}`, description: 'd' })) })],
    beyond: [command({ options: many(26, (index) => ({ type: 3, name: `o${index}`, description: 'd' })) })],
    refusal: '0.options BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'option names are unique',
    within: [
      command({
        options: [
          { type: 3, name: 'a', description: 'd' },
          { type: 3, name: 'b', description: 'd' },
        ],
      }),
    ],
    beyond: [
      command({
        options: [
          { type: 3, name: 'a', description: 'd' },
          { type: 3, name: 'a', description: 'd' },
        ],
      }),
    ],
    refusal: '0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
  },
  {
    rule: 'required options come first',
    within: [
      command({
        options: [
          { type: 3, name: 'a', description: 'd', required: true },
          { type: 3, name: 'b', description: 'd' },
        ],
      }),
    ],
    beyond: [
      command({
        options: [
          { type: 3, name: 'a', description: 'd' },
          { type: 3, name: 'b', description: 'd', required: true },
        ],
      }),
    ],
    refusal: '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  },
  {
    rule: 'an option has 25 choices',
    within: [asked({ choices: many(25, choice) })],
    beyond: [asked({ choices: many(26, choice) })],
    refusal: '0.options.0.choices BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a choice value has 100 characters',
    within: [asked({ choices: [choice(0, { value: text(100) })] })],
    beyond: [asked({ choices: [choice(0, { value: text(101) })] })],
    refusal: '0.options.0.choices.0.value BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'an option has choices or autocomplete',
    within: [asked({ autocomplete: true })],
    beyond: [asked({ autocomplete: true, choices: [choice(0)] })],
    refusal: '0.options.0.autocomplete APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
  },
  {
    rule: 'a text option takes 6000 characters',
    within: [asked({ max_length: 6000 })],
    beyond: [asked({ max_length: 6001 })],
    refusal: '0.options.0.max_length NUMBER_TYPE_MAX',
  },
  {
    rule: 'localisations have known languages',
    within: [command({ name_localizations: { de: 'a' } })],
    beyond: [command({ name_localizations: { tlh: 'a' } })],
    refusal: '0.name_localizations.tlh ENUM_TYPE_COERCE',
  },
  {
    rule: 'localised names keep the rule of names',
    within: [command({ name_localizations: { de: 'arbeit' } })],
    beyond: [command({ name_localizations: { de: 'Arbeit' } })],
    refusal: '0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME',
  },
  {
    rule: 'subcommands are not mixed with options',
    within: [command({ options: [{ type: 1, name: 's', description: 'd' }] })],
    beyond: [
      command({
        options: [
          { type: 1, name: 's', description: 'd' },
          { type: 3, name: 'b', description: 'd' },
        ],
      }),
    ],
    refusal: '0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  },
  {
    rule: 'groups do not nest',
    within: [
      command({
        options: [
          { type: 2, name: 'g', description: 'd', options: [{ type: 1, name: 's', description: 'd' }] },
        ],
      }),
    ],
    beyond: [
      command({
        options: [
          { type: 2, name: 'g', description: 'd', options: [{ type: 2, name: 's', description: 'd' }] },
        ],
      }),
    ],
    refusal: '0.options.0.options.0.type BASE_TYPE_CHOICES',
  },
  {
    rule: 'a command has 8000 characters',
    within: [long(99)],
    beyond: [long(100)],
    refusal: '0 APPLICATION_COMMAND_TOO_LARGE',
  },
];

export const CHOICE_LIMITS: readonly LimitCase[] = [
  {
    rule: 'there are 25 proposals',
    within: many(25, choice),
    beyond: many(26, choice),
    refusal: 'data.choices BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a proposal has 100 characters',
    within: [choice(0, { name: text(100) })],
    beyond: [choice(0, { name: text(101) })],
    refusal: 'data.choices.0.name BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a proposed value has 100 characters',
    within: [choice(0, { value: text(100) })],
    beyond: [choice(0, { value: text(101) })],
    refusal: 'data.choices.0.value BASE_TYPE_MAX_LENGTH',
  },
];

const input = (index: number, more: object = {}) => ({ type: 4, style: 1, custom_id: `i${index}`, ...more });
const label = (index: number, more: object = {}) => ({
  type: 18,
  label: 'l',
  component: input(index),
  ...more,
});
const group = (more: object) => ({ type: 22, custom_id: 'g', options: [option(0)], ...more });
const files = (more: object) => ({ type: 19, custom_id: 'f', ...more });
const modal = (more: object = {}) => ({ title: 't', custom_id: 'm', components: [label(0)], ...more });

export const MODAL_LIMITS: readonly LimitCase[] = [
  {
    rule: 'a title has 45 characters',
    within: modal({ title: text(45) }),
    beyond: modal({ title: text(46) }),
    refusal: 'data.title BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a modal has five parts',
    within: modal({ components: many(5, label) }),
    beyond: modal({ components: many(6, label) }),
    refusal: 'data.components BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a label has 45 characters',
    within: modal({ components: [label(0, { label: text(45) })] }),
    beyond: modal({ components: [label(0, { label: text(46) })] }),
    refusal: 'data.components.0.label BASE_TYPE_BAD_LENGTH',
  },
  {
    rule: 'a label description has 100 characters',
    within: modal({ components: [label(0, { description: text(100) })] }),
    beyond: modal({ components: [label(0, { description: text(101) })] }),
    refusal: 'data.components.0.description BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a text field starts with 4000 characters',
    within: modal({ components: [label(0, { component: input(0, { value: text(4000) }) })] }),
    beyond: modal({ components: [label(0, { component: input(0, { value: text(4001) }) })] }),
    refusal: 'data.components.0.component.value BASE_TYPE_MAX_LENGTH',
  },
  {
    rule: 'a group of boxes takes ten at most',
    within: modal({ components: [label(0, { component: group({ max_values: 10 }) })] }),
    beyond: modal({ components: [label(0, { component: group({ max_values: 11 }) })] }),
    refusal: 'data.components.0.component.max_values NUMBER_TYPE_MAX',
  },
  {
    rule: 'a group of boxes asks for none at least',
    within: modal({ components: [label(0, { component: group({ min_values: 0 }) })] }),
    beyond: modal({ components: [label(0, { component: group({ min_values: -1 }) })] }),
    refusal: 'data.components.0.component.min_values NUMBER_TYPE_MIN',
  },
  {
    rule: 'an upload takes ten files',
    within: modal({ components: [label(0, { component: files({ max_values: 10 }) })] }),
    beyond: modal({ components: [label(0, { component: files({ max_values: 11 }) })] }),
    refusal: 'data.components.0.component.max_values NUMBER_TYPE_MAX',
  },
  {
    rule: 'an upload names kinds of files by extensions, or as audio, image or video',
    within: modal({ components: [label(0, { component: files({ file_types: ['.bib', 'image'] }) })] }),
    beyond: modal({ components: [label(0, { component: files({ file_types: ['bib'] }) })] }),
    refusal: 'data.components.0.component.file_types.0 BASE_TYPE_CHOICES',
  },
  {
    rule: 'fields have different custom ids',
    within: modal({ components: [label(0), label(1)] }),
    beyond: modal({ components: [label(0), label(0)] }),
    refusal: 'data.components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  },
];
