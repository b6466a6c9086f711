import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';
import { type Caller, callerOf, faultsOf } from './discord-caller.ts';
import { CHOICE_LIMITS, COMMAND_LIMITS, MESSAGE_LIMITS, MODAL_LIMITS } from './limit-cases.ts';

let sandbox: Sandbox;
let call: Caller;
let user: string;
let channel: string;

beforeAll(async () => {
  sandbox = await startSandbox({ limits: { global: 'off', routes: false } });
  call = callerOf(sandbox);
  const { driver } = sandbox;
  const server = driver.createServer({ name: 'Lab' });
  user = server.ownerId;
  channel = driver.createChannel(server.id, { name: 'papers' }).id;
  driver.inviteBot(server.id, ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory']);
});
afterAll(() => sandbox.close());

async function send(body: unknown) {
  return call('POST', `/channels/${channel}/messages`, body);
}

describe('a message', () => {
  test.each(MESSAGE_LIMITS)('$rule', async ({ within, beyond, refusal }) => {
    expect(await send(within)).toMatchObject({ status: 200 });
    const refused = await send(beyond);
    expect(refused).toMatchObject({ status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
    expect(faultsOf(refused.body.errors)).toContain(refusal);
  });

  test('without anything in it is refused with 50006', async () => {
    expect(await send({ content: '  ' })).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  test('keeps the V2 flag when it is edited', async () => {
    const made = await send({ flags: 1 << 15, components: [{ type: 10, content: 'a' }] });
    const path = `/channels/${channel}/messages/${made.body.id}`;
    expect(await call('PATCH', path, { content: 'a' })).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(await call('PATCH', path, { components: [{ type: 10, content: 'b' }] })).toMatchObject({
      status: 200,
    });
  });

  test('keeps the V2 flag too where an edit names other flags', async () => {
    const made = await send({ flags: 1 << 15, components: [{ type: 10, content: 'a' }] });
    const path = `/channels/${channel}/messages/${made.body.id}`;
    const legacy = { flags: 0, content: 'a', components: [] };
    expect(await call('PATCH', path, legacy)).toMatchObject({ status: 400, body: { code: 50035 } });
    const kept = await call('PATCH', path, { flags: 0, components: [{ type: 10, content: 'b' }] });
    expect(kept).toMatchObject({ status: 200, body: { flags: 1 << 15 } });
  });

  test('turns to V2 only where its content and embeds are taken away', async () => {
    const made = await send({ content: 'a', embeds: [{ title: 'b' }] });
    const path = `/channels/${channel}/messages/${made.body.id}`;
    const v2 = { flags: 1 << 15, components: [{ type: 10, content: 'c' }] };
    for (const half of [v2, { ...v2, content: null }, { ...v2, embeds: [] }])
      expect(await call('PATCH', path, half)).toMatchObject({ status: 400, body: { code: 50035 } });
    const turned = await call('PATCH', path, { ...v2, content: null, embeds: [] });
    expect(turned).toMatchObject({ status: 200, body: { flags: 1 << 15, content: '', embeds: [] } });
  });

  test('is not emptied by an edit', async () => {
    const made = await send({ content: 'a' });
    const path = `/channels/${channel}/messages/${made.body.id}`;
    expect(await call('PATCH', path, { content: '' })).toMatchObject({ status: 400, body: { code: 50006 } });
    expect(await call('PATCH', path, { content: '', embeds: [{ title: 'b' }] })).toMatchObject({
      status: 200,
    });
  });
});

describe('a command', () => {
  test.each(COMMAND_LIMITS)('$rule', async ({ within, beyond, refusal }) => {
    const path = `/applications/${sandbox.applicationId}/commands`;
    expect(await call('PUT', path, within)).toMatchObject({ status: 200 });
    const refused = await call('PUT', path, beyond);
    expect(refused).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(faultsOf(refused.body.errors)).toContain(refusal);
  });
});

async function register(): Promise<void> {
  const options = [{ type: 3, name: 'q', description: 'd', autocomplete: true }];
  await call('PUT', `/applications/${sandbox.applicationId}/commands`, [
    { name: 'a', description: 'd', options },
  ]);
}

/** Hears the interaction as a bot would, and answers it. */
async function answer(typing: boolean, body: unknown) {
  const asked = typing
    ? sandbox.driver.autocomplete({ user, channel, name: 'a', options: { q: 'x' }, focused: 'q' })
    : sandbox.driver.slash({ user, channel, name: 'a' });
  return call('POST', `/interactions/${asked.id}/${sandbox.driver.tokenOf(asked.id)}/callback`, body);
}

describe('an autocomplete answer', () => {
  beforeAll(register);
  test.each(CHOICE_LIMITS)('$rule', async ({ within, beyond, refusal }) => {
    expect(await answer(true, { type: 8, data: { choices: within } })).toMatchObject({ status: 204 });
    const refused = await answer(true, { type: 8, data: { choices: beyond } });
    expect(faultsOf(refused.body.errors)).toContain(refusal);
  });
});

describe('a modal', () => {
  beforeAll(register);
  test.each(MODAL_LIMITS)('$rule', async ({ within, beyond, refusal }) => {
    expect(await answer(false, { type: 9, data: within })).toMatchObject({ status: 204 });
    const refused = await answer(false, { type: 9, data: beyond });
    expect(faultsOf(refused.body.errors)).toContain(refusal);
  });
});

describe('an answer to an interaction', () => {
  beforeAll(register);

  test('needs its data', async () => {
    expect(await answer(false, { type: 4 })).toMatchObject({ status: 400, body: { code: 50035 } });
  });

  test('fits the kind of interaction', async () => {
    const update = await answer(false, { type: 7, data: { content: 'a' } });
    expect(faultsOf(update.body.errors)).toEqual(['type BASE_TYPE_CHOICES']);
    const message = await answer(true, { type: 4, data: { content: 'a' } });
    expect(faultsOf(message.body.errors)).toEqual(['type BASE_TYPE_CHOICES']);
  });

  test('stays of components V2 once it is, and an older one turns only where nothing of it stays', async () => {
    const press = { type: 1, components: [{ type: 2, style: 2, label: 'Go', custom_id: 'go' }] };
    const asked = sandbox.driver.slash({ user, channel, name: 'a' });
    const callback = (id: string, body: object) =>
      call('POST', `/interactions/${id}/${sandbox.driver.tokenOf(id)}/callback`, body);
    await callback(asked.id, { type: 4, data: { content: 'a', components: [press] } });
    const { id: message } = await asked.message();
    const v2 = { flags: 1 << 15, components: [{ type: 10, content: 'b' }, press] };
    const click = () => sandbox.driver.click({ user, channel, message, label: 'Go' }).id;
    const first = click();
    expect(await callback(first, { type: 7, data: v2 })).toMatchObject({
      status: 400,
      body: { code: 50035 },
    });
    expect(await callback(first, { type: 7, data: { ...v2, content: null, embeds: [] } })).toMatchObject({
      status: 204,
    });
    const legacy = { type: 7, data: { content: 'c', components: [press] } };
    expect(await callback(click(), legacy)).toMatchObject({ status: 400, body: { code: 50035 } });
  });

  test('turns to components V2 when its time to think is over', async () => {
    const asked = sandbox.driver.slash({ user, channel, name: 'a' });
    const token = sandbox.driver.tokenOf(asked.id);
    await call('POST', `/interactions/${asked.id}/${token}/callback`, { type: 5, data: { flags: 64 } });
    const original = `/webhooks/${sandbox.applicationId}/${token}/messages/@original`;
    const v2 = { flags: 1 << 15, components: [{ type: 10, content: 'b' }] };
    expect(await call('PATCH', original, v2)).toMatchObject({
      status: 200,
      body: { flags: (1 << 15) | 64, components: v2.components },
    });
  });
});
