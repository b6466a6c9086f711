import { beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '#src/service/asker.ts';
import { createNoticesRoom, noticesView } from '#src/service/notices-room.ts';
import { SETTINGS_OF_NEW, type ServerSettings } from '#src/subscription/server-settings.ts';
import { allRights } from '#test/fakes/all-rights.ts';

let settings: ServerSettings;
let goTo: string | null;
beforeEach(() => {
  settings = SETTINGS_OF_NEW;
  goTo = 'system';
});
const deps = {
  subscriptionStore: {
    settings: () => settings,
    changeSettings: async (_: string, decide: (present: ServerSettings) => ServerSettings) => {
      const before = settings;
      settings = decide(before);
      return before;
    },
  },
  noticesGoTo: () => goTo,
  isSeenByEverybody: (id: string) => id === 'system',
  takesWords: (_: string, id: string) => id !== 'forum',
  lacked: ({ destination }: { destination: string }) =>
    destination === 'channel:shut' ? [{ permission: 'sendMessages', by: null } as const] : [],
};
const asker = (more: Partial<Asker['rights']> = {}): Asker => ({
  ...{ serverId: '1', userId: 'mod', now: 0 },
  rights: { ...allRights, ...more },
});
const room = createNoticesRoom(deps);
const choose = (to: string | null, by = asker()) => room.choose({ ...by, to, through: 'doctor' });
const undo = (to: string | null, from: string | null) =>
  room.undo({ ...asker(), to, from, through: 'doctor' });
const said = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  );

describe('the channel for notices', () => {
  it('is chosen, left to Paperboy again, and taken back', async () => {
    await choose('mods');
    expect(settings.notices).toBe('mods');
    await choose(null);
    expect(settings.notices).toBeNull();
    await undo(null, 'mods');
    expect(settings.notices).toBe('mods');
  });

  it('is not taken back once somebody else chose another', async () => {
    await choose('mods');
    await choose('staff');
    expect(await said(undo('mods', null))).toMatch(/^This setting was changed again since/);
    expect(settings.notices).toBe('staff');
  });

  it('is one that the asker sees, that takes words, and where Paperboy may write', async () => {
    expect(await said(choose('mods', asker({ sees: async () => false })))).toMatch(
      /^This is about a channel that you cannot see/,
    );
    expect(await said(choose('forum'))).toBe(
      '<#forum> takes no notices. Pick a text or announcement channel of this server. Nothing was changed.',
    );
    expect(await said(choose('shut'))).toBe(
      'Paperboy may not send messages in <#shut>, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages. Nothing was saved.',
    );
    expect(await said(undo(null, 'shut'))).toMatch(/^Paperboy may not send messages in <#shut>/);
    expect(settings.notices).toBeNull();
  });

  it('is chosen by who may use the command and manages the server alone', async () => {
    expect(await said(choose('mods', asker({ managesServer: () => false })))).toMatch(
      /^Settings of the whole server are for members with the Manage Server permission/,
    );
    expect(await said(choose('mods', asker({ through: async () => null })))).toMatch(
      /`\/doctor`, can do this/,
    );
    expect(settings.notices).toBeNull();
  });
});

it('is told as it is: picked, chosen, meanwhile another, nowhere; hidden ones are not named', async () => {
  const view = (rights = {}) => noticesView(deps, asker(rights), '1');
  expect(await view()).toEqual({
    ...{ goTo: 'system', chosen: null, how: 'picked', isPublic: true, mayChange: true },
  });
  // Who does not see it hears nothing of it, be it everybody else's.
  expect(await view({ sees: async () => false })).toMatchObject({ goTo: null, isPublic: false });
  await choose('mods');
  expect(await view()).toMatchObject({ how: 'instead', chosen: 'mods', goTo: 'system' });
  goTo = 'mods';
  expect(await view()).toMatchObject({ how: 'chosen', isPublic: false });
  expect(await view({ sees: async () => false, managesServer: () => false })).toEqual({
    ...{ goTo: null, chosen: null, how: 'chosen', isPublic: false, mayChange: false },
  });
  goTo = null;
  expect(await view()).toMatchObject({ how: 'nowhere', goTo: null });
});
