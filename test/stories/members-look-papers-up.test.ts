import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleSource } from '#src/source/sample.ts';
import { openStage, type Stage, textOf } from './stage.ts';

describe('members look papers up', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({
      start: '2026-11-20T12:00:00Z',
      sources: (clock) => [createSampleSource({ clock, startedAt: clock.now() })],
    });
  });
  afterAll(() => stage.close());

  const ask = async (name: string, options: Record<string, string | boolean> = {}) => {
    const message = await stage.driver
      .slash({ user: stage.alice, channel: stage.channel, name, options })
      .message();
    return { text: textOf(message), message };
  };

  it('by id, by link and by words of the title', async () => {
    for (const query of [
      '2408.00714',
      'https://huggingface.co/papers/2408.00714',
      'segment anything in images',
    ]) {
      const { text, message } = await ask('paper', { query });
      expect(text).toContain('SAM 2: Segment Anything in Images and Videos');
      expect(message.ephemeral).toBe(false);
    }
  });

  it('and are told what to do when there is no such paper', async () => {
    const { text, message } = await ask('paper', { query: 'entirely unheard of' });
    expect(text).toContain('arXiv id');
    expect(message.ephemeral).toBe(true);
  });

  it('find titles while they type', async () => {
    const asked = stage.driver.autocomplete({
      user: stage.alice,
      channel: stage.channel,
      name: 'paper',
      options: { query: 'segm' },
      focused: 'query',
    });
    expect(await asked.choices()).toContainEqual({
      name: 'SAM 2: Segment Anything in Images and Videos',
      value: '2408.00714',
    });
  });

  it('search in the filter language, turn the page and open a paper', async () => {
    const { text, message } = await ask('search', { query: 'diffusion OR video' });
    expect(text).toContain('papers · diffusion OR video');
    const at = { user: stage.alice, channel: stage.channel, message: message.id };
    const turned = await stage.driver.click({ ...at, label: 'Next' }).message();
    expect(textOf(turned)).toContain('Page 2 of 2');
    const opened = stage.driver.choose({ ...at, customId: 'open', values: [firstOption(turned)] });
    expect((await opened.message()).ephemeral).toBe(true);
  });

  it('are shown where a search is malformed, and what they probably meant', async () => {
    expect((await ask('search', { query: 'diffusion OR "x y' })).text).toContain('line 1, column 14');
    expect((await ask('search', { query: 'difusion' })).text).toContain('No paper has “difusion”');
  });

  it('see what is trending with the reason for each', async () => {
    expect((await ask('trending', { period: 'week' })).text).toMatch(
      /it was 1st of \d+ papers of \d+ November\.|of \d+ papers of \d+ November \(\d+ upvotes? at \d+ h/,
    );
    expect((await ask('trending', { period: 'week', topic: 'llm' })).text).toContain('· llm');
  });

  it('ask whether it works', async () => {
    const { text } = await ask('status');
    expect(text).toContain('Paperboy is running');
    expect(text).toContain('42 papers known');
  });

  it('cannot change what is posted', async () => {
    const order = {
      user: stage.alice,
      channel: stage.channel,
      name: 'subscribe',
      options: { keywords: 'diffusion' },
    };
    expect(() => stage.driver.slash(order)).toThrow();
  });
});

function firstOption(message: { components?: unknown }): string {
  const found = /"value":"([^"]+)"/.exec(JSON.stringify(message.components));
  return found?.[1] ?? '';
}
