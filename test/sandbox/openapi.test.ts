import { describe, expect, test } from 'vitest';
import { callerOf } from './discord-caller.ts';
import { hasOpenApi, openApiCheck } from './openapi.ts';
import { someServer } from './some-server.ts';

// Where Discord's description is not beside the project, nothing can be checked against it.
describe.skipIf(!hasOpenApi)("Discord's own description of its API (needs its OpenAPI file)", () => {
  const messages = { method: 'POST', route: '/channels/{channel_id}/messages' };

  test('finds a body over a limit, and a mistyped property however deep', () => {
    const check = openApiCheck();
    expect(check({ ...messages, body: { content: 'a', embeds: [{ title: 'a' }] } })).toEqual([]);
    expect(check({ ...messages, body: { embeds: [{ title: 'a'.repeat(257) }] } })).toHaveLength(1);
    const nested = {
      flags: 1 << 15,
      components: [{ type: 17, components: [{ type: 10, content: 'a', contents: 'b' }] }],
    };
    expect(check({ ...messages, body: nested })).toEqual([
      '/components/0/components/0/contents is no property that Discord describes',
    ]);
  });

  test('lets permissions through as discord.js writes them', () => {
    const check = openApiCheck();
    const body = [{ name: 'a', description: 'd', default_member_permissions: '32' }];
    expect(check({ method: 'PUT', route: '/applications/{application_id}/commands', body })).toEqual([]);
  });

  test('makes a test fail when the bot sent something else', async () => {
    const { sandbox, channel } = await someServer();
    await callerOf(sandbox)('POST', `/channels/${channel}/messages`, { content: 'a', colour: 1 });
    await expect(sandbox.close()).rejects.toThrow('colour is no property');
  });
});
