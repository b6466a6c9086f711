import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMessage } from '#src/gateway/posts/fit-message.ts';
import { cutText } from '#src/gateway/posts/fit-text.ts';
import { checkMessage } from '#src/sandbox/rules/message-rules.ts';

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

  it('leaves out what Discord would refuse, and keeps the rest', () => {
    const link = (label: string, url: string) => ({ type: 2, style: 5, label, url });
    const { parts, cut } = fitMessage({
      embeds: [
        {
          title: 'y',
          url: 'javascript:alert(1)',
          thumbnail: { url: 'data:image/png,x' },
          fields: [{ name: 'a', value: ' ' }],
        },
        { footer: { text: '' } },
      ],
      components: [
        {
          type: 1,
          components: [
            link('a', `https://example.org/${'p'.repeat(512)}`),
            link('b', 'https://example.org/'),
          ],
        },
        {
          type: 1,
          components: [link('c', 'http://localhost/'), { type: 2, style: 2, label: '', custom_id: 'x' }],
        },
        { type: 1, components: [{ type: 3, custom_id: 'open', options: [{ label: 'x', value: '' }] }] },
      ],
    });
    expect(parts).toEqual({
      embeds: [{ title: 'y', fields: [] }],
      components: [{ type: 1, components: [link('b', 'https://example.org/')] }],
    });
    expect(cut).toHaveLength(7);
  });

  it('makes a message that Discord takes of whatever it is given', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('', ' ', '\ud800', 'x'.repeat(7000), '😀'.repeat(3000)),
    );
    const address = fc.oneof(
      odd,
      fc.webUrl({ withQueryParameters: true }),
      fc.constant('https://exämple.org/ a'),
    );
    const embed = fc.record({
      title: odd,
      description: odd,
      url: address,
      thumbnail: fc.record({ url: address }),
      author: fc.record({ name: odd, url: address, icon_url: address }),
      footer: fc.record({ text: odd, icon_url: address }),
      fields: fc.array(fc.record({ name: odd, value: odd }), { maxLength: 30 }),
    });
    const button = fc.oneof(
      fc.record({ type: fc.constant(2), style: fc.constant(5), label: odd, url: address }),
      fc.record({ type: fc.constant(2), style: fc.constant(2), label: odd, custom_id: fc.uuid() }),
    );
    const select = fc.record({
      type: fc.constant(3),
      custom_id: fc.uuid(),
      placeholder: odd,
      options: fc.array(fc.record({ label: odd, value: odd, description: odd }), { maxLength: 30 }),
    });
    const row = fc.record({
      type: fc.constant(1),
      components: fc.oneof(fc.array(button, { maxLength: 7 }), fc.tuple(select)),
    });
    const message = fc.record({
      content: odd,
      embeds: fc.array(embed, { maxLength: 12 }),
      components: fc.array(row, { maxLength: 7 }),
    });
    fc.assert(
      fc.property(message, (given) => {
        const body = { ...fitMessage(given).parts, content: 'x' };
        expect(() => checkMessage({ body, files: [] })).not.toThrow();
        expect(JSON.stringify(body)).not.toMatch(/\\ud[89a-f]/);
      }),
      { numRuns: 300 },
    );
  });

  it('never cuts a character in two', () => {
    expect(cutText('ab😀cd', 4)).toBe('ab…');
    expect(cutText('ab😀cd', 5)).toBe('ab😀…');
    expect(cutText('ab🏳️‍🌈cd', 7)).toBe('ab…');
    expect(cutText('abé́cd', 4)).toBe('ab…');
    expect(cutText('ab🇩🇪🇫🇷cd', 9)).toBe('ab🇩🇪…');
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
