import { afterEach, describe, expect, it } from 'vitest';
import { commands } from '#commands/index.ts';
import { sameCommands } from '#src/gateway/register.ts';
import { type BotInSandbox, connect, startBot } from './bot.ts';

describe('registering commands', () => {
  const open: BotInSandbox[] = [];
  afterEach(async () => {
    for (const bot of open.splice(0)) await bot.close();
  });

  it('all of Paperboy’s commands are taken by Discord, and found unchanged at the next start', async () => {
    const first = await startBot({ commands });
    open.push(first);
    const { driver } = first.discord;
    await driver.untilCommand('help');
    expect(driver.commandNames().toSorted()).toEqual(commands.map(({ data }) => data.name).toSorted());
    expect(driver.traffic().byRoute['PUT /applications/{application_id}/commands']).toBe(1);
    await first.gateway.close(1_000);
    first.gateway = await connect(first.discord, { commands });
    await expect.poll(() => driver.traffic().byRoute['GET /applications/{application_id}/commands']).toBe(2);
    expect(driver.traffic().byRoute['PUT /applications/{application_id}/commands']).toBe(1);
  });

  it('defaults that Discord fills in make no difference', () => {
    const wanted = [{ name: 'a', description: 'd', options: [{ type: 3, name: 'o', description: 'x' }] }];
    const known = [
      {
        ...wanted[0],
        id: '1',
        version: '2',
        type: 1,
        contexts: null,
        nsfw: false,
        integration_types: [0],
        default_member_permissions: null,
        options: [{ ...wanted[0].options[0], required: false }],
      },
    ];
    expect(sameCommands(known, wanted)).toBe(true);
  });

  it.each([
    ['description', { description: 'other' }],
    ['permission', { default_member_permissions: '16' }],
    ['option', { options: [{ type: 3, name: 'o', description: 'x', required: true }] }],
    ['place', { contexts: [0] }],
    ['translation', { description_localizations: { de: 'd' } }],
  ])('a changed %s is a change', (_, change) => {
    const known = { name: 'a', description: 'd', options: [{ type: 3, name: 'o', description: 'x' }] };
    expect(sameCommands([known], [{ ...known, ...change }])).toBe(false);
  });
});
