import { describe, expect, it } from 'vitest';
import { addMessage } from '#src/sandbox/changes/messages.ts';
import { rawly, somePage } from './some-page.ts';

const SCRIPT = '<script>alert(1)</script>';

async function pageWith(name: string, contentType: string) {
  const page = await somePage();
  const { world } = page.sandbox;
  const channel = world.channels.get(page.channel);
  if (!channel) throw new Error('no channel');
  const files = [{ index: 0, name, contentType, content: Buffer.from(SCRIPT) }];
  const message = addMessage(world, channel, { authorId: world.bot.id, body: {}, files });
  const path = (shown = encodeURIComponent(name)) =>
    `/pictures/${channel.id}/${message.attachments[0].id}/${shown}`;
  return { ...page, path };
}

describe('a file of a message', () => {
  it.each(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])(
    'is drawn when it is one of %s',
    async (type) => {
      const { origin, path } = await pageWith('plot', type);
      const answer = await fetch(origin + path());
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('content-disposition')).toBeNull();
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await answer.text()).toBe(SCRIPT);
    },
  );

  it.each(['text/html', 'image/svg+xml', 'application/pdf', 'text/csv', 'image/png\r\nx-evil: 1', ''])(
    'is only ever saved when it is something else: %j',
    async (type) => {
      const { origin, path } = await pageWith('evil.html', type);
      const { headers } = await fetch(origin + path());
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toBe('attachment');
      expect(headers.get('x-evil')).toBeNull();
    },
  );

  it('comes whatever its name is, and its name changes nothing', async () => {
    const { port, path } = await pageWith('../../"><script>.png', 'image/png');
    for (const name of [path(), path('..%2f..%2fpackage.json'), path('%0d%0ax-evil:1')]) {
      const answer = await rawly(port, { path: name });
      expect(answer).toMatchObject({ status: 200, text: SCRIPT });
      expect(answer.headers['x-evil']).toBeUndefined();
    }
  });

  it('is not found where there is none', async () => {
    const { origin, channel } = await pageWith('plot.png', 'image/png');
    for (const path of [
      `/pictures/${channel}/1/plot.png`,
      '/pictures/1/2/plot.png',
      '/pictures/1/2',
      '/pictures/',
    ])
      expect((await fetch(origin + path)).status).toBe(404);
  });
});
