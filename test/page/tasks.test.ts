import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReadingGroup } from '#src/page/reading-group.ts';
import { createTasks } from '#src/page/tasks.ts';
import { inContainers } from '#src/render/container.ts';
import { button as buttonOf, row } from '#src/render/parts.ts';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const tasksOf = ({ driver, world }: Sandbox, generalId = 'c') => createTasks({ driver, world }, generalId);

const done = (tasks: ReturnType<typeof createTasks>) =>
  tasks
    .list()
    .filter(({ isDone }) => isDone)
    .map(({ id }) => id);

it('are three things to try, none of them done', () => {
  const tasks = tasksOf(sandbox);
  expect(tasks.list().map(({ text }) => text)).toEqual([
    'Look a paper up, or search for some',
    'Press “Why here?” under an alert in #vision',
    'Give #general a filter of its own',
  ]);
  expect(done(tasks)).toEqual([]);
});

it('are ticked off by the commands that they name, and whoever listens hears of it once', () => {
  const tasks = tasksOf(sandbox);
  let heard = 0;
  const stop = tasks.onChange(() => {
    heard += 1;
  });
  const command = (name: string) =>
    tasks.noticed({ as: 'a', ask: 'command', channelId: 'c', name, options: {} });
  command('help');
  expect([done(tasks), heard]).toEqual([[], 0]);
  command('paper');
  command('search');
  expect([done(tasks), heard]).toEqual([['look up'], 1]);
  stop();
  command('subscribe');
  expect([done(tasks), heard], 'a command to subscribe may be refused').toEqual([['look up'], 1]);
});

it('know a button by what stands on it', () => {
  const { driver, world } = sandbox;
  const group = openReadingGroup(driver, world.now());
  const channel = group.channels.get('vision') ?? '';
  const button = (label: string, custom_id: string) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id,
  });
  const components = [
    { type: ComponentType.ActionRow, components: [button('Why here?', 'w:1'), button('Save', 's:1')] },
  ];
  const message = driver.write({
    ...{ user: group.people[0].id, channel, content: 'An alert', body: { components } },
  });
  const tasks = tasksOf(sandbox);
  const press = (customId: string) =>
    tasks.noticed({ as: 'a', ask: 'click', channelId: channel, messageId: message.id, customId });
  press('s:1');
  expect(done(tasks)).toEqual([]);
  press('w:1');
  expect(done(tasks)).toEqual(['why']);
});

it('a filter of its own is ticked off when Paperboy says that #general has one, not when it asks on', () => {
  const { driver, world } = sandbox;
  const group = openReadingGroup(driver, world.now());
  const [general, vision] = ['general', 'vision'].map((name) => group.channels.get(name) ?? '');
  const tasks = tasksOf(sandbox, general);
  const answer = (channel: string | undefined, label: string) => {
    const { components } = inContainers({
      embeds: [{ title: 'Subscribed', description: `<#${channel}> gets papers` }],
      components: [row(buttonOf(label, 'u:1'))],
    });
    const body = { components, flags: MessageFlags.IsComponentsV2 };
    driver.write({ user: world.bot.id, channel: general ?? '', content: '', body });
  };
  answer(general, 'Change');
  answer(vision, 'Undo');
  expect(done(tasks)).toEqual([]);
  answer(general, 'Undo');
  expect(done(tasks)).toEqual(['subscribe']);
});
