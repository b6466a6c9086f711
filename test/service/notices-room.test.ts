import { beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '#src/service/asker.ts';
import { createNoticesRoom, noticesView } from '#src/service/notices-room.ts';
import type { UndoChange } from '#src/service/undo-change.ts';
import { SETTINGS_OF_NEW, type ServerSettings } from '#src/subscription/server-settings.ts';
import { allRights } from '#test/fakes/all-rights.ts';

let settings: ServerSettings;
let goTo: string | null;
let gone: string | null = null;
let undoneThrough: string;
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
  isGone: ({ channelId }: { channelId: string }) => channelId === gone,
  takesWords: (_: string, id: string) => id !== 'forum',
  lacked: ({ destination }: { destination: string }) =>
    destination === 'channel:shut' ? [{ permission: 'sendMessages', by: null } as const] : [],
};
const asker = (more: Partial<Asker['rights']> = {}): Asker => ({
  ...{ serverId: '1', userId: 'mod', now: 0 },
  rights: { ...allRights, ...more },
});
/** Nobody changed it since. */
const undoSettings: UndoChange['undoSettings'] = async ({ through, settings: { before, after } }) => {
  if (settings.notices === after.notices) settings = before;
  undoneThrough = through;
  return { kind: 'undone', isDone: false, items: [], more: 0 };
};
const room = createNoticesRoom({ ...deps, undoSettings });
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
    expect([settings.notices, undoneThrough]).toEqual(['mods', 'doctor']);
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
  gone = 'mods';
  expect(await view()).toMatchObject({ how: 'deleted', goTo: 'system' });
  gone = null;
  goTo = 'mods';
  expect(await view()).toMatchObject({ how: 'chosen', isPublic: false });
  expect(await view({ sees: async () => false, managesServer: () => false })).toEqual({
    ...{ goTo: null, chosen: null, how: 'chosen', isPublic: false, mayChange: false },
  });
  goTo = null;
  expect(await view()).toMatchObject({ how: 'nowhere', goTo: null });
});

describe('where notices go', () => {
  it('is told to whom it is shown alone, with whether everybody reads along', async () => {
    const told = async (sees: Asker['rights']['sees'] = async () => true) =>
      noticesView(deps, asker({ sees }), '1');
    expect(await told()).toEqual({
      ...{ goTo: 'system', chosen: null, how: 'picked', isPublic: true, mayChange: true },
    });
    expect(await told(async () => false)).toMatchObject({ goTo: null, how: 'picked', isPublic: false });
    settings = { ...settings, notices: 'mods' };
    expect(await told()).toMatchObject({ goTo: 'system', chosen: 'mods', how: 'instead' });
    expect(await told(async (id) => id === 'system')).toMatchObject({ chosen: null, how: 'instead' });
    goTo = 'mods';
    expect(await told()).toMatchObject({ goTo: 'mods', how: 'chosen', isPublic: false });
    goTo = null;
    expect(await told()).toMatchObject({ goTo: null, how: 'nowhere', isPublic: false });
  });
});
