import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, choicesOf, type Harness, linesOf, openHarness } from './harness.ts';
import { idIn } from './lab.ts';

let harness: Harness;
let robots: string[];
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  robots = await harness.print(
    ...['Robot hands that fold', 'Robot hands that pour', 'Robot hands that sew'].map((title) => ({ title })),
    ...Array.from({ length: 60 }, (_, at) => ({ title: `Thing${at} of its own kind${at}` })),
  );
});
beforeEach(async () => {
  for (const { id } of harness.stored()) await harness.remove(id);
});
afterAll(() => harness.close());

const front = (options: Record<string, string | boolean> = {}) => harness.ask('subscribe', options);
const choose = async (message: { id: string; components?: unknown }, value: string) =>
  harness.choose(message.id, idIn(message, 'topic:'), value);

describe('/subscribe alone', () => {
  it('offers the topics, own words and papers to be like, and saves nothing', async () => {
    const shown = await front();
    expect(shown.ephemeral).toBe(true);
    expect(linesOf(shown)).toEqual([
      'Choose one of 67 topics, or say it in your own words. You see what the last 30 days would have brought before anything is saved. No paper has trended newly yet, so the figures count all papers read.',
    ]);
    const choices = choicesOf(shown, idIn(shown, 'topic:'));
    expect(choices).toHaveLength(25);
    expect(choices[0].label).toBe('Robotics and embodied AI · 3 in 1 day');
    expect(choices.slice(-3).map(({ label }) => label)).toEqual([
      ...['More topics', 'Own words', 'Like these papers'],
    ]);
    expect(buttonsOf(shown)).toEqual(['Cancel']);
    expect(harness.stored()).toEqual([]);
  });

  it('leads on to every topic of the catalogue, and back', async () => {
    const names = new Set<string>();
    let shown = await front();
    for (const _ of [1, 2, 3, 4]) {
      const choices = choicesOf(shown, idIn(shown, 'topic:'));
      for (const { value } of choices) if (!value.startsWith('?')) names.add(value);
      shown = await choose(shown, choices[choices.length - 3].value);
    }
    expect(names.size).toBe(67);
  });

  it('goes on with the preview of a topic, with the options that were typed', async () => {
    const preview = await choose(await front({ what: 'all', silent: true }), 'robotics');
    expect(linesOf(preview)[0]).toContain('`topic:robotics`');
    await harness.click(preview.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([
      { filter: 'topic:robotics', what: { kind: 'all' }, silent: true },
    ]);
  });

  it('opens a form for own words, which goes on with their preview', async () => {
    const { driver, moderator: user, channel } = harness;
    const shown = await front({ what: 'all' });
    const customId = idIn(shown, 'topic:');
    const life = driver.choose({ user, channel, message: shown.id, customId, values: ['?words'] });
    await life.modal();
    const preview = await (
      await driver.submitModal({ user, channel, life, fields: { filter: 'robot', lines: 'what: all' } })
    ).message();
    expect(linesOf(preview)[0]).toContain('`robot`');
    expect(buttonsOf(preview)).toEqual(['Subscribe', 'Change', 'Cancel']);
  });

  it('opens a form for papers, which goes on with filters that find them', async () => {
    const { driver, moderator: user, channel } = harness;
    const shown = await front();
    const customId = idIn(shown, 'topic:');
    const life = driver.choose({ user, channel, message: shown.id, customId, values: ['?like'] });
    await life.modal();
    const fields = { like: robots.slice(0, 3).join(' ') };
    const proposed = await (await driver.submitModal({ user, channel, life, fields })).message();
    expect(buttonsOf(proposed)).toContain('Use filter 1');
    expect(harness.stored()).toEqual([]);
  });
});
