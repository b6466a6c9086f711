import { ChannelType } from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import { planImport } from '#src/service/plan-import.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { aDesk, MODERATOR } from './a-desk.ts';
import { NOON } from './a-library.ts';

const CHANNELS = ['5', '6', '7', '8'];
let desk: Awaited<ReturnType<typeof aDesk>>;
beforeEach(async () => {
  desk = await aDesk();
});
const subscribe = (channelId: string, filter: string) =>
  desk.subscriptionStore.add({ serverId: '1', channelId }, { ...DEFAULTS, filter }, 'ada');
const entry = (id: string, filter: string, more: object = {}) => ({ channel: { id }, filter, ...more });
const plan = async (entries: object[], { mutes = [] as string[], perServer = 30 } = {}) => {
  const moderator = { serverId: '1', lacks: async () => null };
  const file = { server: { mutes }, entries: entries as ReturnType<typeof entry>[] };
  const deps = {
    ...{ ...desk, perServer, takesWords: () => true, mention: () => 'rings' as const },
    botIn: () => ({ botPermissions: 8n, mentionsAll: false }),
    channel: (id: string) =>
      CHANNELS.includes(id) ? { serverId: '1', name: 'papers', type: ChannelType.GuildText } : null,
  };
  const planned = await planImport(deps, file, { asker: MODERATOR, moderator }, async () => {});
  return planned.ok
    ? {
        kinds: planned.plan.subscriptions.map(({ kind, paused }) => [kind, paused?.until ?? paused !== null]),
        mutes: planned.plan.mutes,
      }
    : planned.problems.map(({ place, told }) => `${place}: ${inEnglish(told)}`);
};

describe('a file is refused', () => {
  it('where a channel or the server would have more than it can, with what is there', async () => {
    for (const word of ['a1', 'b2', 'c3']) await subscribe('5', word);
    expect(await plan([entry('5', 'd4'), entry('5', 'a1')])).toEqual([
      'subscriptions: <#5> would have 4 subscriptions: there can be 3 in a channel.',
    ]);
    expect(await plan([entry('6', 'd4')], { perServer: 3 })).toEqual([
      'subscriptions: That would be 4 subscriptions: there can be 3 in a server.',
    ]);
    expect(await plan([entry('6', 'd4')], { perServer: 4 })).toMatchObject({ kinds: [['new', false]] });
    expect(await plan([entry('5', 'a1')], { perServer: 3 })).toMatchObject({ kinds: [['same', false]] });
  });

  it('where the server would mute more than it can, with those that are there', async () => {
    for (let n = 0; n < 99; n++) await desk.subscriptionStore.mute('1', `word${n}`, 'ada');
    expect(await plan([], { mutes: ['survey', 'word3', 'surveys'] })).toEqual({
      kinds: [],
      mutes: ['survey'],
    });
    expect(await plan([], { mutes: ['survey', 'ice'] })).toEqual([
      'server.mutes: That would be 101 mutes: there can be 100 in a server.',
    ]);
  });

  it('where it has the same twice in a channel, in whatever words; in two channels it has not', async () => {
    expect(await plan([entry('5', 'ocean ice'), entry('6', 'ice'), entry('5', 'ocean AND ice')])).toEqual([
      expect.stringMatching(/^subscriptions\[2\]: .*subscriptions\[0\]/),
    ]);
    expect(await plan([entry('5', 'ocean'), entry('6', 'ocean')])).toMatchObject({
      kinds: [
        ['new', false],
        ['new', false],
      ],
    });
  });
});

describe('a pause in a file', () => {
  const until = (ms: number) => ({ pausedUntil: new Date(NOON + ms).toISOString() });

  it('is one while its end is to come', async () => {
    const pauses = [
      {},
      { paused: true },
      { paused: false },
      until(1000),
      until(0),
      { paused: false, ...until(1000) },
    ];
    const planned = await plan(pauses.map((more, n) => entry(CHANNELS[n % 4], `word${n}`, more)));
    expect(planned).toMatchObject({
      kinds: [false, true, false, NOON + 1000, false, false].map((paused) => ['new', paused]),
    });
  });

  it('that is there already is the same one', async () => {
    const { id } = await subscribe('5', 'ocean');
    expect(await plan([entry('5', 'ocean', { paused: true })])).toMatchObject({ kinds: [['differs', true]] });
    await desk.setPaused({ ...MODERATOR, ids: [id], isPaused: true });
    expect(await plan([entry('5', 'ocean', { paused: true })])).toMatchObject({ kinds: [['same', true]] });
    expect(await plan([entry('5', 'ocean')])).toMatchObject({ kinds: [['differs', false]] });
    expect(await plan([entry('5', 'ocean', until(1000))])).toMatchObject({
      kinds: [['differs', NOON + 1000]],
    });
  });
});
