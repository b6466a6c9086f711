import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '#config/config.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';

const accepted = (env: Record<string, string>) => {
  const result = readConfig(env, SOURCE_SETTINGS);
  if (!result.ok) throw new Error(result.message);
  return result.config;
};
const refused = (env: Record<string, string>) => {
  const result = readConfig(env, SOURCE_SETTINGS);
  return result.ok ? 'accepted' : result.message;
};

describe('the operator’s contract', () => {
  it('has a default for everything but the secrets', () => {
    expect(accepted({})).toMatchObject({
      DISCORD_TOKEN: null,
      DISCORD_API_URL: 'https://discord.com/api',
      DATABASE_URL: { kind: 'sqlite', file: 'data/paperboy.db' },
      HTTP_ADDRESS: { host: '127.0.0.1', port: 8080 },
      ARXIV_CATEGORIES: ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG', 'stat.ML'],
      POLL_CRON: '*/15 * * * *',
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(accepted({ CONTACT: '', LOG_LEVEL: ' ' })).toMatchObject({
      CONTACT: null,
      LOG_LEVEL: 'info',
    });
  });

  it('takes seconds in the cron line, and addresses with a trailing slash', () => {
    const config = accepted({ POLL_CRON: '*/5 * * * * *', HUGGING_FACE_URL: 'http://127.0.0.1:9000/' });
    expect(config).toMatchObject({ POLL_CRON: '*/5 * * * * *', HUGGING_FACE_URL: 'http://127.0.0.1:9000' });
  });

  it('takes a path after sqlite:, and nothing that means something else elsewhere', () => {
    const file = (url: string) => accepted({ DATABASE_URL: url }).DATABASE_URL.file;
    expect(file('sqlite: data/my papers.db ')).toBe('data/my papers.db');
    expect(file('sqlite:/var/lib/paperboy.db')).toBe('/var/lib/paperboy.db');
    expect(file('sqlite:///var/lib/paperboy.db')).toBe('/var/lib/paperboy.db');
    expect(file('sqlite::memory:')).toBe(':memory:');
    const strange = [
      'sqlite:',
      'sqlite://data/x.db',
      'sqlite:file:x?mode=memory',
      'sqlite:~/x.db',
      'sqlite:a\0b',
    ];
    const asked = strange.map((url) =>
      refused({ DATABASE_URL: url }).includes('DATABASE_URL must look like'),
    );
    expect(asked).toEqual(strange.map(() => true));
  });

  it('names every bad variable in one message', () => {
    const message = refused({
      DISCORD_API_URL: 'discord',
      DATABASE_URL: 'mysql://x',
      POLL_CRON: 'often',
      HTTP_ADDRESS: '8080x',
      LOG_LEVEL: 'loud',
      ARXIV_CATEGORIES: 'cs.AI,,',
      TREND_SURE: 'high',
    });
    for (const name of [
      'DISCORD_API_URL',
      'DATABASE_URL',
      'POLL_CRON',
      'HTTP_ADDRESS',
      'LOG_LEVEL',
      'ARXIV_CATEGORIES',
      'TREND_SURE',
    ]) {
      expect(message).toContain(name);
    }
  });

  it.each([
    ['PURGE_AFTER_DAYS', 'a whole number from 1 to 3650, written in digits alone'],
    ['NONCE_WINDOW_SECONDS', 'a whole number from 1 to 600, written in digits alone'],
    ['LIVING_CARD_HOURS', 'a whole number from 1 to 720, written in digits alone'],
    ['SUBSCRIPTIONS_PER_CHANNEL', 'a whole number from 1 to 1000, written in digits alone'],
    ['SUBSCRIPTIONS_PER_SERVER', 'a whole number from 1 to 3000, written in digits alone'],
    ['TREND_SURE', 'a number from 1 to 10, written like 3 or 2.5'],
    ['TREND_WIDE', 'a number from 1 to 10, written like 3 or 2.5'],
  ])('takes a %s of its range alone, in plain decimals', (name, range) => {
    const wrong = [
      ...['1e15', '1e0', '0x5', '0b11', '5 0', '5.', '.5', '+5', '-5', '5_0', '5,0', '٥', '5 days', '0'],
      ...['10.0001', '4000', '99999999999999999999', 'Infinity', 'NaN', 'true', 'null'],
    ];
    expect(wrong.map((value) => refused({ [name]: value }))).toEqual(
      wrong.map(() => expect.stringContaining(`  ${name} must be ${range}\n`)),
    );
    expect(accepted({ [name]: '5' })).toMatchObject({ [name]: 5 });
  });

  it('takes parts of a number where they mean something', () => {
    expect(accepted({ TREND_SURE: '3.55', TREND_WIDE: '1', PURGE_AFTER_DAYS: '3650' })).toMatchObject({
      ...{ TREND_SURE: 3.55, TREND_WIDE: 1, PURGE_AFTER_DAYS: 3650 },
    });
    expect(refused({ PURGE_AFTER_DAYS: '2.5', TREND_SURE: '10.05' })).toMatch(
      /PURGE_AFTER_DAYS must be.*\n {2}TREND_SURE must be|TREND_SURE must be.*\n {2}PURGE_AFTER_DAYS must be/,
    );
  });

  it('never repeats a secret in its message', () => {
    expect(refused({ DISCORD_TOKEN: 'my secret', LOG_LEVEL: 'loud' })).not.toContain('secret');
  });

  it.each([
    ['DISCORD_TOKEN', 'abc.def\u200b.ghi'],
    ['HUGGING_FACE_TOKEN', 'hf_abc\u00e9'],
    ['HUGGING_FACE_URL', 'https://me:secret@huggingface.co'],
    ['DISCORD_API_URL', 'https://me@discord.com/api'],
  ])('takes no %s under which nothing can be asked', (name, value) => {
    const message = refused({ [name]: value });
    expect(message).toContain(`  ${name} must `);
    expect(message).not.toContain(value);
  });

  it('says that PostgreSQL is not there yet', () => {
    expect(refused({ DATABASE_URL: 'postgres://localhost/paperboy' })).toContain(
      'PostgreSQL is not supported yet',
    );
  });

  it('takes host names and addresses as names of the pages, in any case', () => {
    const hosts = (text: string) => readConfig({ HTTP_HOSTS: text });
    expect(hosts('Papers.Example, paperboy , fd00::5,[::2],10.0.0.5')).toMatchObject({
      config: { HTTP_HOSTS: ['papers.example', 'paperboy', 'fd00::5', '[::2]', '10.0.0.5'] },
    });
    expect(hosts(' ')).toMatchObject({ config: { HTTP_HOSTS: [] } });
    for (const wrong of [
      'http://papers.example',
      'papers.example:8080',
      'papers.example/x',
      '*',
      'a b',
      '8080',
    ])
      expect(hosts(wrong)).toMatchObject({
        message: expect.stringContaining(
          'HTTP_HOSTS must be host names separated by commas, without http://',
        ),
      });
  });

  it('is explained whole in example.env, with the defaults', () => {
    const text = readFileSync('config/example.env', 'utf8');
    const explained = Object.fromEntries(
      [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]),
    );
    expect(accepted(explained)).toEqual(accepted({}));
    expect(Object.keys(explained).sort()).toEqual(
      Object.keys(accepted({ DISCORD_TOKEN: 'x', HUGGING_FACE_TOKEN: 'x', CONTACT: 'x' })).sort(),
    );
  });
});
