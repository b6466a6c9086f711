import { describe, expect, it } from 'vitest';
import { moderatorFor } from '#src/service/moderate.ts';
import { planImport } from '#src/service/plan-import.ts';
import { aDesk, MODERATOR } from './a-desk.ts';

describe('planning an import', () => {
  it('lets others have their turn between the mutes of a file, and between those that are there', async () => {
    const desk = await aDesk();
    for (const text of ['ocean', 'ice']) await desk.subscriptionStore.mute('1', text, 'ada', () => false);
    const given = {
      ...{ ...desk, perServer: 100, perChannel: 25, takesWords: () => true },
      ...{ channel: () => null, mention: () => 'rings' as const },
      botIn: () => ({ botPermissions: null, mentionsAll: false }),
    };
    const file = { server: { mutes: ['waves', 'tides', 'waves'] }, entries: [] };
    let breaths = 0;
    const breathe = async () => {
      breaths++;
    };

    const importer = { asker: MODERATOR, moderator: await moderatorFor(MODERATOR, 'filter') };
    const planned = await planImport(given, file, importer, breathe);

    expect(planned).toMatchObject({ ok: true, plan: { mutes: ['waves', 'tides'] } });
    expect(breaths).toBe(5);
  });
});
