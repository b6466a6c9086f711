import {
  type APIContainerComponent,
  ApplicationCommandOptionType,
  MessageFlags,
} from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import type { Command, CommandOption, Component } from '#commands/command.ts';
import { ClosedError, OutsideError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import { ACCENT, button, row as messageRow } from '#src/render/parts.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';
import { languageNow } from '#src/wording/language.ts';
import { UserError } from '#src/wording/user-error.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { blocksOf, contentOf } from '#test/read-message.ts';
import { textOf } from '#test/stories/stage.ts';
import { type BotInSandbox, startBot } from '../bot.ts';

describe('an interaction', () => {
  let bot: BotInSandbox;
  afterEach(() => bot.close());

  const start = async (commands: readonly Command[], components: readonly Component[] = [], log?: Log) => {
    bot = await startBot({ commands, components, log });
    for (const { data } of commands) await bot.discord.driver.untilCommand(data.name);
  };
  const slash = (name: string, options = {}, user = bot.member) =>
    bot.discord.driver.slash({ user, channel: bot.channelId, name, options });
  const kinds = (life: { answers(): readonly { kind: string }[] }) => life.answers().map(({ kind }) => kind);

  it('is answered at once, to the asker alone, unless the command says otherwise', async () => {
    await start([
      command('quiet', { answer: () => ({ content: 'only you' }) }),
      command('loud', { private: false, answer: () => ({ content: 'all' }) }),
    ]);
    const quiet = slash('quiet');
    expect(seenOf(await quiet.message())).toEqual(['only you', true]);
    expect(kinds(quiet)).toEqual(['message']);
    expect(seenOf(await slash('loud').message())).toEqual(['all', false]);
  });

  it('shows before Discord’s 3 s are over that a long answer is at work, and then it in the same place', async () => {
    const work = Promise.withResolvers<void>();
    const answer = () => work.promise.then(() => ({ content: 'done' }));
    await start([command('long', { answer }), command('loud', { private: false, answer })]);
    const [long, loud] = [slash('long'), slash('loud')];
    expect((await long.answered()).kind).toBe('deferred');
    expect((await loud.answered()).kind).toBe('deferred');
    work.resolve();
    expect(seenOf(await long.message())).toEqual(['done', true]);
    expect(seenOf(await loud.message())).toEqual(['done', false]);
    expect(bot.discord.driver.allMessages(bot.channelId)).toHaveLength(2);
  });

  it('tells the asker alone what to do next, also when all were to see the answer', async () => {
    const wrong = () => {
      throw new UserError('stored.text', { text: 'Give an arXiv id.' });
    };
    const work = Promise.withResolvers<void>();
    await start([
      command('now', { private: false, answer: wrong }),
      command('later', { private: false, answer: () => work.promise.then(wrong) }),
    ]);
    const told = await slash('now').message();
    expect([...seenOf(told), edgeOf(told)]).toEqual(['Give an arXiv id.', true, ACCENT.refused]);
    const later = slash('later');
    await later.answered();
    work.resolve();
    const toldLater = await later.followUp();
    expect([...seenOf(toldLater), edgeOf(toldLater)]).toEqual(['Give an arXiv id.', true, ACCENT.refused]);
    const seenByAll = bot.discord.driver.read(bot.moderator, bot.channelId);
    expect(seenByAll).toEqual([]);
  });

  it('names the source that does not answer', async () => {
    const down = () => {
      throw new OutsideError('arXiv', 'time-out', { retryable: true });
    };
    await start([command('find', { answer: down })]);
    expect(contentOf(await slash('find').message())).toMatch(
      /^ArXiv is not answering.*Try again in a few minutes/,
    );
  });

  it('gives a reference for what nobody foresaw', async () => {
    const broken = () => {
      throw new TypeError('x is undefined');
    };
    await start([command('broken', { answer: broken })]);
    const [content, isAlone] = seenOf(await slash('broken').message());
    expect(content).toMatch(/reference `[0-9a-z]{6,8}`/);
    expect(content).not.toContain('undefined');
    expect(isAlone).toBe(true);
  });

  it('tells the reference also when Discord refuses the answer itself', async () => {
    const malformed = () => ({
      components: [row({ label: 'x', custom_id: 'twice' }), row({ label: 'y', custom_id: 'twice' })],
    });
    await start([command('odd', { answer: malformed })]);
    expect(contentOf(await slash('odd').message())).toContain('reference');
  });

  it('reads options, who asks and what the bot may do there', async () => {
    const options: CommandOption[] = [
      {
        type: ApplicationCommandOptionType.String,
        name: 'words',
        description: 'command.help.topic' as const,
      },
      { type: ApplicationCommandOptionType.Integer, name: 'cap', description: 'command.help.topic' as const },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'silent',
        description: 'command.help.topic' as const,
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'channel',
        description: 'command.help.topic' as const,
      },
      { type: ApplicationCommandOptionType.Role, name: 'role', description: 'command.help.topic' as const },
    ];
    await start([
      command('ask', {
        options,
        answer: async (request) => ({
          content: JSON.stringify([
            request.text('words'),
            request.number('cap'),
            request.flag('silent'),
            request.channel('channel')?.name,
            request.role('role'),
            request.text('none') + request.number('none') + request.flag('none') + request.channel('none'),
            (await request.rights.through('settings')) !== null,
            request.serverId === bot.serverId,
            request.here.id === bot.channelId,
            ((request.here.botPermissions ?? 0n) & (1n << 11n)) !== 0n,
          ]),
        }),
      }),
    ]);
    const { driver } = bot.discord;
    const role = driver.createRole(bot.serverId, { name: 'readers' });
    const given = { words: 'state space', cap: 3, silent: true, channel: bot.channelId, role: role.id };
    const expected = ['state space', 3, true, 'papers', { id: role.id, mentionable: false }, 'nullnullnull'];
    const asMember = await slash('ask', given).message();
    expect(JSON.parse(contentOf(asMember))).toEqual([...expected, false, true, true, true]);
    const asModerator = await slash('ask', given, bot.moderator).message();
    expect(JSON.parse(contentOf(asModerator))[6]).toBe(true);
  });

  it('finds the subcommand and its options', async () => {
    const test: CommandOption = {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'test',
      description: 'command.status' as const,
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'paper',
          description: 'command.help.topic' as const,
        },
      ],
    };
    await start([
      command('filter', {
        options: [test],
        answer: (r) => ({ content: `${r.name} ${r.subcommand} ${r.text('paper')}` }),
      }),
    ]);
    expect(contentOf(await slash('filter test', { paper: '2310.06825' }).message())).toBe(
      'filter test 2310.06825',
    );
  });

  it('proposes at most 25 fitting choices, and none when proposing fails', async () => {
    const options: CommandOption[] = [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'command.help.topic' as const,
        autocomplete: true,
      },
    ];
    const many = Array.from({ length: 40 }, (_, n) => ({ name: `${n} ${'x'.repeat(200)}`, value: `${n}` }));
    const failing = () => {
      throw new Error('no');
    };
    await start([
      command('good', {
        options,
        complete: (request) => many.filter(({ name }) => name.includes(request.focused.value)),
      }),
      command('bad', { options, complete: failing }),
    ]);
    const typed = (name: string) =>
      bot.discord.driver.autocomplete({
        user: bot.member,
        channel: bot.channelId,
        name,
        options: { topic: '1' },
        focused: 'topic',
      });
    const choices = await typed('good').choices();
    expect(choices.map(({ value }) => value)).toEqual(
      many
        .map(({ value }) => value)
        .filter((v) => v.includes('1'))
        .slice(0, 25),
    );
    expect(choices.every(({ name }) => name.length <= 100)).toBe(true);
    expect(await typed('bad').choices()).toEqual([]);
  });

  it('turns a page in place, keeping nothing of the old one', async () => {
    const list = (page: number) => ({
      ...(page === 0 ? { content: 'first' } : { embeds: [{ title: `page ${page}` }] }),
      components: [row({ label: 'Next', custom_id: `list:${page + 1}` })],
    });
    await start(
      [command('list', { private: false, answer: () => list(0) })],
      [{ prefix: 'list', updates: true, answer: ({ arg }) => list(Number(arg(0))) }],
    );
    const shown = await slash('list').message();
    const click = bot.discord.driver.click({
      user: bot.member,
      channel: bot.channelId,
      message: shown.id,
      label: 'Next',
    });
    await click.answered();
    const [now, ...others] = bot.discord.driver.allMessages(bot.channelId);
    expect([now.id, textOf(now)]).toEqual([shown.id, '\npage 1']);
    expect(others).toEqual([]);
  });

  it('turns a page of an answer that an earlier version gave, keeping nothing of it', async () => {
    await start(
      [command('list', { answer: () => ({ content: 'old', components: [NEXT] }) })],
      [
        {
          prefix: 'list',
          updates: true,
          answer: () => ({ embeds: [{ title: 'page 1' }], components: [NEXT] }),
        },
      ],
    );
    const shown = await slash('list').message();
    asItWas(bot, shown.id, { content: 'old', embeds: [{ title: 'page 0' }], components: [NEXT] });
    const click = { user: bot.member, channel: bot.channelId, message: shown.id, label: 'Next' };
    const turned = await bot.discord.driver.click(click).message();
    expect([turned.id, textOf(turned), turned.embeds, turned.ephemeral]).toEqual([
      ...[shown.id, '\npage 1', [], true],
    ]);
    const again = await bot.discord.driver.click(click).message();
    expect([again.id, again.flags]).toEqual([shown.id, turned.flags]);
  });

  it('never stands in the place of a post, which may be changed as the post that it is', async () => {
    await start([], [{ prefix: 'list', updates: true, answer: () => ({ embeds: [{ title: 'page 1' }] }) }]);
    const body = { content: 'A post', embeds: [{ title: 'TerraScope' }], components: [NEXT] };
    const post = bot.discord.driver.write({ user: bot.moderator, channel: bot.channelId, content: '', body });
    const click = { user: bot.member, channel: bot.channelId, message: post.id, label: 'Next' };
    const beside = await bot.discord.driver.click(click).message();
    expect([textOf(beside), beside.ephemeral]).toEqual(['\npage 1', true]);
    const [kept] = bot.discord.driver.allMessages(bot.channelId);
    expect([kept.id, kept.flags, textOf(kept)]).toEqual([post.id, 0, '\nTerraScope']);
  });

  it('leaves the list as it was when turning its page goes wrong, and tells the asker', async () => {
    const work = Promise.withResolvers<never>();
    await start(
      [
        command('list', {
          private: false,
          answer: () => ({ content: 'list', components: [row({ label: 'Next', custom_id: 'old:1' })] }),
        }),
      ],
      [{ prefix: 'old', updates: true, answer: () => work.promise }],
    );
    const shown = await slash('list').message();
    const click = bot.discord.driver.click({
      user: bot.member,
      channel: bot.channelId,
      message: shown.id,
      label: 'Next',
    });
    await click.answered();
    work.reject(new UserError('stored.text', { text: 'That list is too old.' }));
    expect(seenOf(await click.followUp())).toEqual(['That list is too old.', true]);
    expect(bot.discord.driver.read(bot.moderator, bot.channelId).map(contentOf)).toEqual(['list']);
  });

  it('answers a button that no one knows any more', async () => {
    await start([
      command('old', {
        answer: () => ({ content: 'x', components: [row({ label: 'Go', custom_id: 'gone:1' })] }),
      }),
    ]);
    const shown = await slash('old').message();
    const click = bot.discord.driver.click({
      user: bot.member,
      channel: bot.channelId,
      message: shown.id,
      label: 'Go',
    });
    expect(seenOf(await click.message())).toEqual([expect.stringContaining('older Paperboy'), true]);
  });

  it('opens a form and reads it', async () => {
    const modal = {
      custom_id: 'form:7',
      title: 'Filter',
      components: [{ type: 18, label: 'Words', component: { type: 4, custom_id: 'words', style: 1 } }],
    };
    await start(
      [command('edit', { answer: () => ({ modal }) })],
      [{ prefix: 'form', answer: ({ arg, text }) => ({ content: `${arg(0)}: ${text('words')}` }) }],
    );
    const life = slash('edit');
    expect(await life.modal()).toMatchObject({ title: 'Filter' });
    const sent = await bot.discord.driver.submitModal({
      user: bot.member,
      channel: bot.channelId,
      life,
      fields: { words: 'pruning' },
    });
    expect(contentOf(await sent.message())).toBe('7: pruning');
  });

  it('tells a reference also when it cannot read what is asked', async () => {
    await start([
      command('odd', {
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'text',
            description: 'command.help.topic' as const,
          },
        ],
      }),
    ]);
    const { driver, world } = bot.discord;
    const { dispatch } = world;
    // A kind of option that no one knew of.
    world.dispatch = (one) =>
      dispatch({
        ...one,
        payload: { ...one.payload, data: { name: 'odd', options: [{ name: 'text', type: 99, value: {} }] } },
      });
    expect(contentOf(await slash('odd').message())).toContain('reference');
    for (const payload of [null, 7, [], {}, { id: 'x' }, { id: '1', type: 2, token: 't' }])
      dispatch({
        event: 'INTERACTION_CREATE',
        guildId: bot.serverId,
        payload: payload as Record<string, unknown>,
      });
    world.dispatch = dispatch;
    expect(contentOf(await slash('odd').message())).toBe('odd');
    expect(driver.gateway.connected).toBe(1);
  });

  it('is answered in the language of whoever asks, also after a wait', async () => {
    const answer = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return { content: languageNow() };
    };
    await start([command('ask', { answer })]);
    const { world } = bot.discord;
    const { dispatch } = world;
    world.dispatch = (one) => dispatch({ ...one, payload: { ...one.payload, locale: 'pt-BR' } });
    expect(contentOf(await slash('ask').message())).toBe('pt-BR');
  });

  it('cuts what is over Discord’s limits where the reader sees it', async () => {
    await start([
      command('long', {
        answer: () => ({ content: 'x'.repeat(3_000), embeds: Array(12).fill({ title: 'y' }) }),
      }),
    ]);
    const answer = await slash('long').message();
    expect(contentOf(answer)).toHaveLength(2_000);
    expect(contentOf(answer).endsWith('…')).toBe(true);
    expect(blocksOf(answer)).toHaveLength(10);
  });

  it('while the bot stops, a command in hand is finished and a new one is told to come back', async () => {
    const work = Promise.withResolvers<void>();
    await start([
      command('work', { answer: () => work.promise.then(() => ({ content: 'done' })) }),
      command('more', { answer: () => ({ content: 'never' }) }),
    ]);
    const life = slash('work');
    await life.answered();
    const closed = bot.gateway.close(5_000);
    expect(contentOf(await slash('more').message())).toContain('being restarted');
    work.resolve();
    expect(contentOf(await life.message())).toBe('done');
    await closed;
  });

  it('that needs the database after it was closed is told to come back: nothing is wrong', async () => {
    const log = createKeptLog();
    const work = Promise.withResolvers<never>();
    await start([command('work', { answer: () => work.promise })], [], log);
    const life = slash('work');
    await life.answered();
    const closed = bot.gateway.close(5_000);
    work.reject(new ClosedError());
    expect(contentOf(await life.message())).toContain('being restarted');
    await closed;
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

function command(
  name: string,
  {
    options,
    answer = () => ({ content: name }),
    ...more
  }: Partial<Omit<Command, 'data'>> & { options?: readonly CommandOption[] },
): Command {
  return { data: { name, description: 'command.status', options }, answer, ...more };
}

/** Its words, and whether only the asker sees them. */
const edgeOf = ({ components }: SeenMessage) =>
  (components as APIContainerComponent[] | undefined)?.[0]?.accent_color;
const seenOf = (message: SeenMessage) => [contentOf(message), message.ephemeral] as const;

const row = ({ label, custom_id }: { label: string; custom_id: string }) =>
  messageRow(button(label, custom_id));

const NEXT = row({ label: 'Next', custom_id: 'list:1' });

/** As a version without components V2 had written it. */
function asItWas(bot: BotInSandbox, id: string, parts: object) {
  const message = bot.discord.world.channels.get(bot.channelId)?.messages.get(id);
  if (message) Object.assign(message, parts, { flags: message.flags & ~MessageFlags.IsComponentsV2 });
}
