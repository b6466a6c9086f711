import { beforeEach, expect, it } from 'vitest';
import { phrase } from '#src/wording/phrase.ts';
import { MINUTE } from '#test/archive/some-papers.ts';
import { aGateway } from './some-servers.ts';
import { here, openTroubles, place, shut } from './some-troubles.ts';

let room: Awaited<ReturnType<typeof openTroubles>>;
beforeEach(async () => {
  room = await openTroubles();
});

const told = () => room.happenings.told();
const permissions = [phrase('permission.sendMessages')];
const SILENCED = {
  code: 'permission-missing',
  reason: phrase('hold.missing', { n: 1, permissions }),
} as const;

it('a channel that cannot be posted in is told, with what is missing and how much waits', async () => {
  await room.refuse('c', SILENCED);
  expect(told()).toEqual(['held: <#c> cannot be posted in: Send Messages is missing. 1 paper waits.']);
});

it('and that can be posted in again is told before what waited goes', async () => {
  room.known.servers = shut;
  await room.refuse('c', SILENCED);
  room.known.now += MINUTE;
  await room.refuse('c', SILENCED);
  room.known.servers = aGateway(here);
  room.known.triggered.length = 0;
  const triggeredThen: number[] = [];
  room.happenings.listen(() => triggeredThen.push(room.known.triggered.length));
  await room.trouble.probe({ serverId: 's', channelId: 'c' });
  expect(told()).toEqual([
    'held: <#c> cannot be posted in: Send Messages is missing. 1 paper waits.',
    'held: <#c> cannot be posted in: Send Messages is missing. 2 papers wait.',
    'over: <#c> can be posted in again. 2 papers go there as a digest.',
  ]);
  expect(triggeredThen).toEqual([0]);
});

it('and of which only a trial tells whether it can is told to be tried again', async () => {
  await room.refuse('c');
  room.known.now += 10 * MINUTE;
  await room.trouble.probe();
  expect(told()[1]).toBe('over: <#c> is tried again. 1 paper goes there now.');
});

it('where nothing waits any more is told without papers', async () => {
  await room.outbox.hold(place('c'), SILENCED, room.known.now);
  await room.trouble.onHold(place('c'), SILENCED);
  await room.trouble.probe({ serverId: 's', channelId: 'c' });
  expect(told()).toEqual([
    'held: <#c> cannot be posted in: Send Messages is missing.',
    'over: <#c> is tried again.',
  ]);
});

it('in which nothing is subscribed any more is let go in silence', async () => {
  await room.refuse('c');
  room.put('c', null);
  await room.trouble.probe({ serverId: 's', channelId: 'c' });
  expect(await room.isHeld('c')).toBe(false);
  expect(told()).toHaveLength(1);
});
