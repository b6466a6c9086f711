import { expect, it } from 'vitest';
import { createServerNews } from '#src/gateway/connection/server-news.ts';

it('what Discord tells of servers is heard by whoever listens by then', () => {
  const { tell, listen } = createServerNews();
  const heard: string[] = [];
  tell.onServerLeft('early');
  listen({
    onServerLeft: (id) => heard.push(`left ${id}`),
    onChannelGone: (server, id, last) => heard.push(`gone ${server} ${id} ${last?.name}`),
    onPermissionsChanged: (server, id) => heard.push(`changed ${server} ${id}`),
    onServersKnown: () => heard.push('known'),
  });
  tell.onServerLeft('1');
  tell.onChannelGone('1', '2', null);
  tell.onPermissionsChanged('1', null);
  tell.onServersKnown?.();
  expect(heard).toEqual(['left 1', 'gone 1 2 undefined', 'changed 1 null', 'known']);
});
