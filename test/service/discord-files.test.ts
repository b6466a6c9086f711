import { expect, it } from 'vitest';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { fileGetter } from '#src/rooms.ts';
import { createDiscordFiles, FILE_BYTES } from '#src/service/discord-files.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createScriptedFetch } from '#test/fakes/scripted-fetch.ts';

const CDN = 'https://cdn.discordapp.com/attachments/1/2/a.json';

function filesOf(answer: () => Response, apiUrl = 'https://discord.com/api') {
  const { fetch, asked } = createScriptedFetch(answer);
  const clock = createFakeClock(0);
  const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'test', limits: { retries: 0 } });
  const files = createDiscordFiles({ get: fileGetter(http), apiUrl });
  return { asked, read: (url: string, bytes = 2) => files.read({ name: 'a.json', bytes, url }) };
}
const json = () => new Response('{}');

it('reads a file where Discord keeps it', async () => {
  const { read, asked } = filesOf(json);
  expect(await read(CDN)).toBe('{}');
  expect(await read('https://media.discordapp.net/attachments/1/2/a.json?ex=1')).toBe('{}');
  expect(asked.map(({ url }) => new URL(url).host)).toEqual(['cdn.discordapp.com', 'media.discordapp.net']);
});

it.each([
  ['utf-8', Buffer.from('\ufeff{"a":"é"}', 'utf8')],
  ['utf-16le', Buffer.from('\ufeff{"a":"é"}', 'utf16le')],
  ['utf-16be', Buffer.from('\ufeff{"a":"é"}', 'utf16le').swap16()],
])('reads one of %s by the mark at its beginning', async (_, body) => {
  const { read } = filesOf(
    () =>
      new Response(new Uint8Array(body), { headers: { 'content-type': 'application/json; charset=utf-8' } }),
  );
  expect(await read(CDN)).toBe('{"a":"é"}');
});

it('does not follow into the operator’s own network', async () => {
  const inside = filesOf(
    () => new Response('', { status: 302, headers: { location: 'http://169.254.169.254/' } }),
  );
  await expect(inside.read(CDN)).rejects.toThrow('I could not read the file from Discord.');
  expect(inside.asked).toHaveLength(1);
});

it('asks no other address, whatever an interaction says', async () => {
  const { read, asked } = filesOf(json);
  for (const url of [
    'http://cdn.discordapp.com/a.json',
    'https://cdn.discordapp.com:8443/a.json',
    'https://cdn.discordapp.com.example.org/a.json',
    'https://cdn.discordapp.com@169.254.169.254/a.json',
    'https://discord.com/api/a.json',
    'http://127.0.0.1:8080/metrics',
    'file:///etc/passwd',
    'no address',
  ])
    await expect(read(url)).rejects.toThrow('I could not read the file from Discord.');
  expect(asked).toEqual([]);
});

it('reads it from another Discord where that is where the bot is', async () => {
  const { read } = filesOf(json, 'http://127.0.0.1:4000/api');
  expect(await read('http://127.0.0.1:4000/attachments/1/2/a.json')).toBe('{}');
  await expect(read('http://127.0.0.1:4001/attachments/1/2/a.json')).rejects.toThrow('could not read');
});

it('refuses one that is said to be too large without asking, and one that is after all', async () => {
  const large = filesOf(() => new Response('x'.repeat(FILE_BYTES + 1)));
  await expect(large.read(CDN, FILE_BYTES + 1)).rejects.toThrow(
    'The file is too large: it has 10.1 MB, and I read 10 MB at most. Nothing was changed.',
  );
  expect(large.asked).toEqual([]);
  await expect(large.read(CDN)).rejects.toThrow('I could not read the file from Discord.');
});

it('says so where Discord has it no more', async () => {
  const { read } = filesOf(() => new Response('', { status: 404 }));
  await expect(read(CDN)).rejects.toThrow('I could not read the file from Discord. Nothing was changed.');
});
