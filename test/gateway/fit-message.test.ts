import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMessage } from '#src/gateway/fit-message.ts';
import { cutText } from '#src/gateway/fit-text.ts';

describe('fitting a message into Discord’s limits', () => {
  it('leaves what fits as it is', () => {
    const parts = {
      content: 'x',
      embeds: [{ title: 'y', fields: [{ name: 'a', value: 'b' }] }],
      components: [],
    };
    expect(fitMessage(parts)).toEqual({ parts, cut: [] });
  });

  it('shows where text was cut, and tells the log', () => {
    const { parts, cut } = fitMessage({ content: 'x'.repeat(2_001), embeds: [{ title: 'y'.repeat(300) }] });
    expect(parts.content).toBe(`${'x'.repeat(1_999)}…`);
    expect(parts.embeds).toEqual([{ title: `${'y'.repeat(255)}…` }]);
    expect(cut).toEqual(['content', 'embed title']);
  });

  it('keeps all embeds together within 6,000 characters, the first ones whole', () => {
    const length = fc.nat(5_000);
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 14 }), fc.nat(30), (lengths, fields) => {
        const embeds = lengths.map((n) => ({
          title: 'title',
          description: 'd'.repeat(n),
          fields: Array.from({ length: fields }, () => ({ name: 'n', value: 'v'.repeat(40) })),
        }));
        const { parts } = fitMessage({ embeds });
        const fitted = parts.embeds ?? [];
        expect(fitted.length).toBeLessThanOrEqual(10);
        expect(fitted.reduce((sum: number, embed) => sum + characters(embed), 0)).toBeLessThanOrEqual(6_000);
      }),
    );
  });

  it('keeps 25 choices of a select, five rows, and short labels', () => {
    const options = Array.from({ length: 30 }, (_, n) => ({ label: 'l'.repeat(120), value: `${n}` }));
    const row = { type: 1, components: [{ type: 3, custom_id: 'c', options, placeholder: 'p'.repeat(200) }] };
    const { parts } = fitMessage({ components: Array(7).fill(row) });
    expect(parts.components).toHaveLength(5);
    const choice = { label: `${'l'.repeat(99)}…`, value: '24' };
    const [first] = parts.components ?? [];
    expect(first).toMatchObject({
      components: [{ placeholder: `${'p'.repeat(149)}…`, options: { 24: choice, length: 25 } }],
    });
  });

  it('never cuts a character in two', () => {
    expect(cutText('ab😀cd', 4)).toBe('ab…');
    expect(cutText('ab😀cd', 5)).toBe('ab😀…');
  });
});

function characters(embed: object): number {
  const { title, description, fields } = embed as {
    title: string;
    description: string;
    fields: { name: string; value: string }[];
  };
  return [title, description, ...fields.flatMap(({ name, value }) => [name, value])].join('').length;
}
