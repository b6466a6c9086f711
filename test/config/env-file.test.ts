import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { variablesWith } from '#config/config.ts';
import { readEnvFile } from '#config/env-file.ts';
import { tellEnvFile } from '#config/tell-env-file.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';

const VARIABLES = variablesWith(SOURCE_SETTINGS);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Env = Record<string, string | undefined>;

function taken(text: string | Buffer, env: Env = {}): { env: Env; told: string[] } {
  writeFileSync(file, text);
  const read = readEnvFile(env, file);
  if (!read.ok) throw new Error(read.message);
  return { env, told: tellEnvFile(read.found, env, VARIABLES) };
}

describe('a .env', () => {
  it.each([
    ['plain', 'DISCORD_TOKEN=a.b-c\nCONTACT=me@x.org\n'],
    ['with quotes and comments', '# mine\nDISCORD_TOKEN="a.b-c" # the bot\nCONTACT=\'me@x.org\'\n'],
    ['with line ends of Windows', 'DISCORD_TOKEN=a.b-c\r\nCONTACT=me@x.org\r\n'],
    ['with line ends of old Macs', 'DISCORD_TOKEN=a.b-c\rCONTACT=me@x.org\r'],
    ['with a mark at its beginning', '\uFEFFDISCORD_TOKEN=a.b-c\nCONTACT=me@x.org'],
    [
      'in UTF-16, as a shell of Windows writes it',
      Buffer.from('\uFEFFDISCORD_TOKEN=a.b-c\r\nCONTACT=me@x.org', 'utf16le'),
    ],
    [
      'with blanks behind a sign without a value',
      'HTTP_HOSTS= \nDISCORD_TOKEN=a.b-c\nLOG_LEVEL=\t\nCONTACT=me@x.org',
    ],
    [
      'with letters that nobody sees, as copied text has them',
      '# x\n\uFEFFDISCORD_TOKEN=\u200ba.b-c\u2060\nCONTACT\u200b=me@x.org\u00ad\n',
    ],
    ['with blanks and export', 'export DISCORD_TOKEN = a.b-c\n  CONTACT=me@x.org  \n'],
  ])('%s is read, and what it sets is told by name', (_, text) => {
    const { env, told } = taken(text);
    expect(env).toMatchObject({ DISCORD_TOKEN: 'a.b-c', CONTACT: 'me@x.org' });
    expect(Object.values(env).filter(Boolean)).toHaveLength(2);
    expect(told).toEqual(['.env was read: it sets DISCORD_TOKEN and CONTACT.']);
  });

  it('gives way to the environment, and says where', () => {
    const { env, told } = taken('DISCORD_TOKEN=file\nCONTACT=file', { DISCORD_TOKEN: 'environment' });
    expect(env).toEqual({ DISCORD_TOKEN: 'environment', CONTACT: 'file' });
    expect(told).toEqual([
      '.env was read: it sets CONTACT.',
      'The environment has DISCORD_TOKEN too, and wins over .env.',
    ]);
  });

  it('without a value for the token says that this means the sandbox', () => {
    expect(taken('DISCORD_TOKEN=\n').told).toEqual([
      '.env was read: it sets nothing that Paperboy uses.',
      "DISCORD_TOKEN= in .env is empty, which means the sandbox: put your bot's token right behind the sign.",
    ]);
    expect(taken('DISCORD_TOKEN=x\n', { DISCORD_TOKEN: '' }).told.at(-1)).toBe(
      'In the environment DISCORD_TOKEN is empty, which means the sandbox: unset it there to use the one of .env.',
    );
  });

  it('with a name that nobody knows, or a line without a sign, is told so without its words', () => {
    const { told } = taken('DISCORD_TOKNE=secret\nTZ=UTC\nDISCORD_TOKEN: secret\n\n# note\n');
    expect(told).toEqual([
      '.env was read: it sets TZ.',
      'Paperboy knows no DISCORD_TOKNE: config/example.env lists every variable.',
      'Line 3 of .env was passed over: it has no = between name and value.',
    ]);
  });

  it('that is not there is no matter; one that cannot be read is a sentence', () => {
    expect(readEnvFile({}, file)).toEqual({ ok: true, found: null });
    expect(tellEnvFile(null, {}, VARIABLES)).toEqual([]);
    expect(readEnvFile({}, folder)).toEqual({
      ok: false,
      message: `${folder} cannot be read: it is a folder. Mend it, or move it away.`,
    });
  });

  it('copied from the example changes nothing', () => {
    const read = readEnvFile({}, 'config/example.env');
    expect(read).toMatchObject({ ok: true, found: { overruled: [], unread: [] } });
  });
});
