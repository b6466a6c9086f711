import { expect, it } from 'vitest';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { serverSettingsMessage } from '#src/render/server-settings-page.ts';
import { createManageServerSettings } from '#src/service/server-settings.ts';
import { openSubscriptionStore } from '#src/subscription/subscription-store.ts';
import { blocksOf, controlsOf } from '#test/read-message.ts';
import { MODERATOR } from './a-desk.ts';
import { aLibrary } from './a-library.ts';
import { undoSettingsIn } from './undo-in.ts';

it('Server settings tell where notices go, let them go elsewhere, and take that back', async () => {
  const { db, clock, questions } = await aLibrary([]);
  const subscriptionStore = await openSubscriptionStore(
    db,
    await openKeyv(db, 'subscriptions', clock),
    clock,
  );
  const services = createManageServerSettings({
    ...{ subscriptionStore, questions, lacked: () => [], takesWords: () => true },
    undoSettings: undoSettingsIn(subscriptionStore, questions),
    noticesGoTo: (serverId) => subscriptionStore.settings(serverId).notices ?? '9',
    isSeenByEverybody: () => false,
    isGone: () => false,
  });
  const shown = (view: Parameters<typeof serverSettingsMessage>[0]) => {
    const message = serverSettingsMessage(view);
    const [{ text }] = blocksOf({ content: '', embeds: message.embeds });
    return { text, ids: controlsOf(message).map(({ custom_id: id }) => id) };
  };
  const present = shown(await services.showServerSettings(MODERATOR));
  expect(present.text).toContain('Notices to moderators go to <#9>: Paperboy picked it');
  expect(present.ids).toContain('server-settings:notices');
  expect(present.ids).not.toContain('server-settings:pick-notices');

  const saved = shown(await services.chooseServerNotices({ ...MODERATOR, to: '7' }));
  expect(saved.text).toContain('Notices to moderators go to <#7>.');
  expect(saved.ids).toContain('server-settings:undo-notices:7:');
  expect(saved.ids).toContain('server-settings:pick-notices');

  const back = await services.undoServerNotices({ ...MODERATOR, to: '7', from: null });
  if ('key' in back) throw new Error('somebody changed it since');
  const undone = shown(back);
  expect(undone.text).toContain('go to <#9>: Paperboy picked it');
  expect(undone.ids.some((id) => id?.startsWith('server-settings:undo'))).toBe(false);
});
