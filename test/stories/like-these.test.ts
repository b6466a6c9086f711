import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '#test/read-message.ts';
import { type Answer, buttonsOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';

let harness: Harness;
let lattices: string[];
let others: string[];
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  const things = Array.from({ length: 60 }, (_, at) => ({ title: `Thing${at} of its own kind${at}` }));
  others = await harness.print(...things);
  lattices = await harness.print(
    ...['Alpha', 'Beta', 'Gamma', 'Delta'].map((name) => ({ title: `${name} lattice` })),
  );
});
afterAll(() => harness.close());

const like = (text: string, more: Record<string, string | boolean> = {}) =>
  harness.ask('subscribe', { like: text, ...more });
const textOf = (message: Answer): string => linesOf(message).join('\n');

describe('/subscribe like:', () => {
  it('proposes filters that find the examples, with what they would have found, and saves nothing', async () => {
    const [a, b, c] = lattices;
    const proposed = await like(`${a}, https://arxiv.org/abs/${b}v2 ${c}`);
    expect([contentOf(proposed), proposed.ephemeral]).toEqual(['Nothing is saved yet.', true]);
    expect(titleOf(proposed)).toBe('Filters that find papers like these 3');
    expect(textOf(proposed)).toBe(
      'Filter 1 finds 3 of 3 examples, and 4 papers of the last 30 days.\n```\nlattice\n```',
    );
    expect(buttonsOf(proposed)).toEqual(['Use filter 1']);
    expect(harness.stored()).toEqual([]);
  });

  it('shows the preview of a filter with the other options; Subscribe saves it', async () => {
    const proposed = await like(lattices.join(' '), { when: 'weekly friday', silent: true });
    const preview = await harness.click(proposed.id, 'Use filter 1');
    expect(JSON.stringify(preview)).toContain('lattice');
    expect(harness.stored()).toEqual([]);
    await harness.click(preview.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([{ filter: 'lattice', silent: true, when: { kind: 'weekly' } }]);
  });

  it('names each id that nobody has, and gives back what was typed', async () => {
    const refused = await like(`${lattices[0]} 2603.09998 2603.09999`);
    expect(contentOf(refused)).toBe(
      'No source has `2603.09998` and `2603.09999`. Leave them out, or correct them. Nothing was saved.',
    );
    expect(textOf(refused)).toContain('2603.09998');
  });

  it('names what is no paper', async () => {
    expect(contentOf(await like(`${lattices[0]} 2613.00001 https://example.org/7`))).toBe(
      '`2613.00001` cannot be an arXiv id: there is no month 13. I find no paper in `https://example.org/7`. Write arXiv ids or links, such as `2603.19039 2603.18742`. Nothing was saved.',
    );
  });

  it('asks for a second paper, and reads ten at most', async () => {
    expect(contentOf(await like(`${lattices[0]} ${lattices[0]}`))).toMatch(/^Name a second paper at least, /);
    expect(contentOf(await like('lattices'))).toMatch(/^Name two papers at least, /);
    expect(contentOf(await like(others.slice(0, 11).join(' ')))).toMatch(
      /^These are 11 papers; I read 10 at most\./,
    );
  });

  it('says so where papers of different fields share nothing', async () => {
    const told = await like(others.slice(0, 10).join('\n'));
    expect(contentOf(told)).toMatch(/^These 10 papers share no word or topic that others lack\./);
    expect(buttonsOf(told)).toEqual(['Change']);
  });

  it('that was refused is changed with what was typed, and keeps the other options', async () => {
    const refused = await like(`${lattices[0]} 2603.09998`, {
      ...{ when: 'weekly friday', channel: harness.channelNamed('other') },
    });
    const at = { user: harness.moderator, channel: harness.channel };
    const life = harness.driver.click({ ...at, message: refused.id, label: 'Change' });
    expect(JSON.stringify(await life.modal())).toContain(`"value":"${lattices[0]} 2603.09998"`);
    const sent = await harness.driver.submitModal({ ...at, life, fields: { like: lattices.join(' ') } });
    const proposed = await sent.message();
    const preview = await harness.click(proposed.id, 'Use filter 1');
    expect(textOf(preview)).toContain('Friday 09:00');
  });

  it('goes without a filter beside it', async () => {
    const refused = await like(lattices.join(' '), { keywords: 'waves' });
    expect(contentOf(refused)).toMatch(
      /^`like` proposes filters, so it goes without `topic` and `keywords`\./,
    );
    expect(textOf(refused)).toContain('waves');
    expect(buttonsOf(refused)).toEqual([]);
  });
});
