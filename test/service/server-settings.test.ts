import { beforeEach, describe, expect, it } from 'vitest';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { conflictMessage } from '#src/render/conflict-page.ts';
import { inContainers } from '#src/render/container.ts';
import { ACCENT } from '#src/render/parts.ts';
import { type ServerSettingsView, serverSettingsMessage } from '#src/render/server-settings-page.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import { createManageServerSettings } from '#src/service/server-settings.ts';
import { controlsOf } from '#test/read-message.ts';
import { NOON, stageStore } from '#test/subscription/store-stage.ts';
import { MODERATOR } from './a-desk.ts';
import { undoSettingsIn } from './undo-in.ts';

/** Nothing is said to moderators here. */
const ROOM = {
  noticesGoTo: () => null,
  isGone: () => false,
  isSeenByEverybody: () => false,
  takesWords: () => true,
  lacked: () => [],
};

let stage: Awaited<ReturnType<typeof stageStore>>;
let manage: ReturnType<typeof createManageServerSettings>;
let questions: ReturnType<typeof createQuestionStore>;
const open = async () => {
  questions = createQuestionStore(await openKeyv(stage.db, 'questions'));
  const { subscriptionStore } = stage;
  const undoSettings = undoSettingsIn(subscriptionStore, questions);
  manage = createManageServerSettings({ ...ROOM, subscriptionStore, questions, undoSettings });
};
beforeEach(async () => {
  stage = await stageStore();
  await open();
});

const linesOf = (view: ServerSettingsView) =>
  (serverSettingsMessage(view).embeds[0].description ?? '').split('\n').filter((line) => line !== '');
const controls = (view: ServerSettingsView) => controlsOf(serverSettingsMessage(view));
const buttons = (view: ServerSettingsView) => controls(view).flatMap(({ label }) => label ?? []);
const mutesOffered = (view: ServerSettingsView) =>
  controls(view).filter(({ custom_id = '' }) => custom_id.startsWith('server-settings:unmute'));
const undone = async (asked: Pick<Parameters<typeof manage.undoServerSettings>[0], 'to' | 'from'>) => {
  const view = await manage.undoServerSettings({ ...MODERATOR, ...asked });
  if ('key' in view) throw new Error('somebody changed it since');
  return view;
};
const LINE = { to: { samePaper: 'line' }, from: { samePaper: 'full' } } as const;

describe('a setting of the server', () => {
  it('that is so already is told so, and has no Undo', async () => {
    const saved = await manage.changeServerSettings({ ...MODERATOR, to: LINE.to });
    expect([linesOf(saved)[0], buttons(saved)[0]]).toEqual(['Saved.', 'Undo']);
    const again = await manage.changeServerSettings({ ...MODERATOR, to: LINE.to });
    expect([linesOf(again)[0], buttons(again)[0]]).toEqual(['Saved already.', 'Change the zone']);
  });

  it('that was undone is undone once', async () => {
    await manage.changeServerSettings({ ...MODERATOR, to: LINE.to });
    expect(linesOf(await undone(LINE))[0]).toBe('Undone.');
    expect(linesOf(await undone(LINE))[0]).toBe('Undone already.');
  });

  it('that somebody changed since is shown as it is, and overwritten by nobody', async () => {
    await manage.changeServerSettings({ ...MODERATOR, to: LINE.to });
    await manage.changeServerSettings({ ...MODERATOR, userId: 'eve', to: { samePaper: 'none' } });
    const conflict = await manage.undoServerSettings({ ...MODERATOR, ...LINE });
    if (!('key' in conflict)) throw new Error('nothing is in the way');
    expect(conflictMessage(conflict).embeds[0].description?.split('\n')).toEqual([
      '**Undo would make it:** the same paper in several channels, One line with a link → In full in each channel',
      '**Now:** the same paper in several channels, One line with a link → Not at all',
      `<@eve> changed it <t:${NOON / 1000}:f>.`,
      '',
      'Nothing was undone yet.',
    ]);
    expect(stage.subscriptionStore.settings('1').samePaper).toBe('none');
    const kept = await questions.recall(conflict.key);
    expect(kept).toMatchObject({ through: 'subscriptions', settings: { seen: { samePaper: 'none' } } });
  });

  it('goes back to no zone that nobody knows, whatever a button says', async () => {
    const to = { zone: 'Asia/Tokyo' };
    await manage.changeServerZone({ ...MODERATOR, written: 'Tokyo' });
    for (const zone of ['Atlantis', '../etc', 'UTC+2'])
      await expect(manage.undoServerSettings({ ...MODERATOR, to, from: { zone } })).rejects.toThrow();
    expect(stage.subscriptionStore.settings('1').zone).toBe('Asia/Tokyo');
    expect(linesOf(await undone({ to, from: { zone: 'Europe/Berlin' } }))[0]).toBe('Undone.');
    expect(linesOf(await undone({ to: { zone: 'Europe/Berlin' }, from: { zone: null } }))[0]).toBe('Undone.');
    expect(stage.subscriptionStore.settings('1').zone).toBeNull();
  });
});

describe('settings that cannot be read', () => {
  beforeEach(async () => {
    for (const name of ['settings', 'mutes']) await stage.keyv.set(`1:${name}`, { version: 9 });
    stage.subscriptionStore = await stage.reopened();
    await open();
  });

  it('are told, with what holds instead, and offer no change of them', async () => {
    const shown = await manage.showServerSettings(MODERATOR);
    expect([linesOf(shown)[0], linesOf(shown).at(-1)]).toEqual([
      'What was set here cannot be read, so the following holds until it can. It is kept; the operator’s log says what is wrong with it.',
      'What this server mutes cannot be read, so nothing is muted until it can. It is kept; the operator’s log says what is wrong with it.',
    ]);
    expect(serverSettingsMessage(shown).embeds[0].color).toBe(ACCENT.look);
    expect(controls(shown).map(({ label }) => label)).toEqual(['All subscriptions']);
  });

  it('are named as what they are where somebody changes them all the same', async () => {
    await expect(manage.changeServerSettings({ ...MODERATOR, to: LINE.to })).rejects.toThrow(
      'The settings of this server cannot be read, so nothing is changed. They are kept',
    );
    await expect(stage.subscriptionStore.mute('1', 'survey', 'kim')).rejects.toThrow(
      'What this server mutes cannot be read, so nothing is changed. It is kept',
    );
  });
});

describe('many mutes', () => {
  const muteAll = async (n: number) => {
    for (let at = 0; at < n; at++) await stage.subscriptionStore.mute('1', `${'x'.repeat(120)} ${at}`, 'kim');
    return manage.showServerSettings(MODERATOR);
  };

  it('can each be removed, also the oldest of a hundred', async () => {
    const shown = await muteAll(100);
    const offered = mutesOffered(shown);
    expect(offered.map(({ options = [] }) => options.length)).toEqual([25, 25, 25, 25]);
    expect(JSON.stringify(offered[3])).toContain('"Remove a mute: 76 to 100 of 100"');
    const [oldest] = offered[0].options ?? [];
    await manage.removeMute({ ...MODERATOR, at: Number(oldest.value) });
    expect(stage.subscriptionStore.mutes('1')).toHaveLength(99);
  });

  it('stand whole in the answer as far as they are told, and the others are counted', async () => {
    const shown = await muteAll(100);
    expect(linesOf(shown).at(-1)).toBe('and 80 more');
    expect(inContainers(serverSettingsMessage(shown)).cut).toEqual([]);
  });

  it('up to 25 are one select', async () => {
    const offered = mutesOffered(await muteAll(25));
    expect(offered.map(({ custom_id }) => custom_id)).toEqual(['server-settings:unmute']);
    expect(JSON.stringify(offered)).toContain('"placeholder":"Remove a mute"');
  });
});
