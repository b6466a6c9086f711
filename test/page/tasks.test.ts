import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReadingGroup } from '#src/page/reading-group.ts';
import { createTasks } from '#src/page/tasks.ts';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const done = (tasks: ReturnType<typeof createTasks>) =>
  tasks
    .list()
    .filter(({ isDone }) => isDone)
    .map(({ id }) => id);

it('are three things to try, none of them done', () => {
  const tasks = createTasks(sandbox.world);
  expect(tasks.list().map(({ text }) => text)).toEqual([
    'Look a paper up, or search for some',
    'Press “Why here?” under an alert in #vision',
    'Give #general a filter of its own',
  ]);
  expect(done(tasks)).toEqual([]);
});

it('are ticked off by the commands that they name, and whoever listens hears of it once', () => {
  const tasks = createTasks(sandbox.world);
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
  expect([done(tasks), heard]).toEqual([['look up', 'subscribe'], 1]);
});

it('know a button by what stands on it', () => {
  const { driver, world } = sandbox;
  const group = openReadingGroup(driver);
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
  const tasks = createTasks(world);
  const press = (customId: string) =>
    tasks.noticed({ as: 'a', ask: 'click', channelId: channel, messageId: message.id, customId });
  press('s:1');
  expect(done(tasks)).toEqual([]);
  press('w:1');
  expect(done(tasks)).toEqual(['why']);
});
