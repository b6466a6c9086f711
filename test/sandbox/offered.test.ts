import { ApplicationCommandPermissionType, ApplicationCommandType } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let call: Caller;

beforeEach(async () => {
  place = await someServer({ limits: { routes: false } }, startSandbox);
  call = callerOf(place.sandbox);
});
afterEach(() => place.sandbox.close());

async function register(commands: readonly object[], scope = ''): Promise<{ id: string; name: string }[]> {
  const answer = await call('PUT', `/applications/${place.sandbox.applicationId}${scope}/commands`, commands);
  return answer.body as unknown as { id: string; name: string }[];
}

const slash = (name: string, more: object = {}) => ({ name, description: 'd', ...more });
const namesFor = (user: string, channel = place.channel) =>
  place.driver.offered(user, channel).map(({ name }) => name);

describe('the commands that a client offers', () => {
  test('stand in the order of the alphabet, those of menus among them', async () => {
    await register([
      slash('watch'),
      { name: 'Find the paper', type: ApplicationCommandType.Message },
      slash('about'),
      { name: 'Papers of', type: ApplicationCommandType.User },
      slash('launch', { type: ApplicationCommandType.PrimaryEntryPoint }),
    ]);
    expect(place.driver.offered(place.alice, place.channel)).toMatchObject([
      { name: 'about', type: 1 },
      { name: 'Find the paper', type: 3 },
      { name: 'Papers of', type: 2 },
      { name: 'watch', type: 1 },
    ]);
  });

  test('go by the names that are shown in the language of who looks', async () => {
    await register([slash('paper', { name_localizations: { de: 'arbeit' } }), slash('browse')]);
    expect(namesFor(place.alice)).toEqual(['browse', 'paper']);
    place.driver.setUser(place.alice, { locale: 'de' });
    expect(namesFor(place.alice)).toEqual(['paper', 'browse']);
  });

  test('come whole, with everything that the composer draws from', async () => {
    const options = [
      {
        name: 'scope',
        name_localizations: { de: 'umfang' },
        description: 'Which',
        type: 3,
        required: true,
        choices: [{ name: 'All', value: 'all', name_localizations: { de: 'Alle' } }],
      },
      { name: 'words', description: 'd', type: 3, autocomplete: true, max_length: 40 },
      { name: 'most', description: 'd', type: 4, min_value: 1, max_value: 25 },
      { name: 'where', description: 'd', type: 7, channel_types: [0, 5] },
      { name: 'list', description: 'd', type: 11 },
    ];
    await register([slash('subscribe', { options, description_localizations: { de: 'Abonnieren' } })]);
    expect(place.driver.offered(place.alice, place.channel)).toMatchObject([
      { description_localizations: { de: 'Abonnieren' }, options },
    ]);
  });

  test('are those that this member may use in this channel', async () => {
    const { driver, server, channel, alice, bob } = place;
    const [, pause] = await register([slash('paper'), slash('pause', { default_member_permissions: '32' })]);
    expect(namesFor(alice)).toEqual(['paper']);
    const role = driver.createRole(server, { name: 'editors' }).id;
    driver.setMemberRoles(server, bob, [role]);
    driver.setCommandPermissions(server, pause.id, [
      { id: role, type: ApplicationCommandPermissionType.Role, permission: true },
    ]);
    expect(namesFor(bob)).toEqual(['paper', 'pause']);
    driver.setCommandPermissions(server, null, [
      { id: channel, type: ApplicationCommandPermissionType.Channel, permission: false },
    ]);
    expect(namesFor(bob)).toEqual([]);
    expect(() => driver.slash({ user: bob, channel, name: 'paper' })).toThrow('may not use');
  });

  test('are those of this server and of this kind of place', async () => {
    const { driver, server, alice } = place;
    const other = driver.createServer({ name: 'Other', owner: alice });
    const elsewhere = driver.createChannel(other.id, { name: 'talk' }).id;
    driver.inviteBot(other.id, ['ViewChannel']);
    await register([slash('paper'), slash('find', { contexts: [0] })]);
    await register([slash('local')], `/guilds/${server}`);
    expect(namesFor(alice)).toEqual(['find', 'local', 'paper']);
    expect(namesFor(alice, elsewhere)).toEqual(['find', 'paper']);
    expect(namesFor(alice, driver.openDm(alice))).toEqual(['paper']);
    driver.kickBot(other.id);
    expect(namesFor(alice, elsewhere)).toEqual([]);
  });

  test('are told to nobody who cannot see the channel', async () => {
    const { driver, server, channel, alice } = place;
    driver.setOverwrite(channel, { id: server, deny: ['ViewChannel'] });
    expect(() => driver.offered(alice, channel)).toThrow('cannot see');
  });
});

test('of two commands with one name a server’s own is used, unless it is not for the member', async () => {
  const { driver, server, channel, alice } = place;
  const [global] = await register([slash('paper')]);
  const [own] = await register([slash('paper', { default_member_permissions: '0' })], `/guilds/${server}`);
  const heard: unknown[] = [];
  place.sandbox.world.dispatch = ({ payload }) => heard.push(payload);
  driver.slash({ user: alice, channel, name: 'paper' });
  const owner = place.sandbox.world.guilds.get(server)?.ownerId ?? '';
  driver.slash({ user: owner, channel, name: 'paper' });
  expect(heard).toMatchObject([{ data: { id: global.id } }, { data: { id: own.id } }]);
});
