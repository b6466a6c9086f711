import { MessageFlags } from 'discord-api-types/v10';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replacing, writeAnswer } from '#src/gateway/answers/write-answer.ts';
import type { ShownMessage } from '#src/render/parts.ts';
import { checkMessage } from '#src/sandbox/rules/message-rules.ts';
import { contentOf } from '#test/read-message.ts';

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\ud800',
    'x'.repeat(7000),
    '😀'.repeat(3000),
    `[a](https://${'b'.repeat(500)}.org) `.repeat(9),
  ),
);
const address = fc.oneof(odd, fc.webUrl({ withQueryParameters: true }));
const picture = fc.record({ url: address, description: fc.constant('A map') }, { requiredKeys: ['url'] });
const embed = fc.record(
  {
    ...{ title: odd, description: odd, url: address, thumbnail: picture, image: picture },
    author: fc.record({ name: odd, url: address }),
    footer: fc.record({ text: odd }),
    fields: fc.array(fc.record({ name: odd, value: odd, inline: fc.boolean() }), { maxLength: 30 }),
    timestamp: fc.constant('2026-03-10T12:00:00.000Z'),
    color: fc.nat(0xffffff),
  },
  { requiredKeys: ['title'] },
);
const button = fc.record({ type: fc.constant(2), style: fc.constant(2), label: odd, custom_id: fc.uuid() });
const select = fc.record({
  ...{ type: fc.constant(3), custom_id: fc.uuid(), placeholder: odd },
  options: fc.array(fc.record({ label: odd, value: odd, description: odd }), { maxLength: 30 }),
});
const row = fc.record({
  type: fc.constant(1),
  components: fc.oneof(fc.array(button, { maxLength: 7 }), fc.tuple(select)),
});
const anyReply = fc.record({
  content: odd,
  embeds: fc.array(embed, { maxLength: 12 }),
  components: fc.array(row, { maxLength: 12 }),
});

it('makes an answer that Discord takes of whatever it is given, and says what it cut', () => {
  fc.assert(
    fc.property(anyReply, fc.boolean(), (given, isHidden) => {
      const shown = { ...given, content: `x${given.content}` } as unknown as ShownMessage;
      const { body, cut } = writeAnswer(shown, isHidden);
      expect(() => checkMessage({ body, files: [] })).not.toThrow();
      expect(JSON.stringify(body)).not.toMatch(/\\ud[89a-f]/);
      expect(contentOf({ content: '', embeds: [], components: body.components })).toMatch(/^x/);
      if (given.content.length > 4000) expect(cut).not.toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('has components V2 whatever it says, so that it can be changed to any other answer', () => {
  const V2 = MessageFlags.IsComponentsV2;
  expect(writeAnswer({ content: 'x' }, false).body.flags).toBe(V2);
  expect(writeAnswer({ embeds: [{ title: 'x' }] }, true).body.flags).toBe(V2 | MessageFlags.Ephemeral);
});

it('in the place of an answer of an earlier version leaves nothing of it', () => {
  const body = replacing(writeAnswer({ content: 'x' }, false).body);
  const old = { flags: 0, fileNames: [], hasContent: true, hasLegacyParts: true };
  expect(() => checkMessage({ body, files: [] }, { ...old, hasLegacyParts: false })).not.toThrow();
  expect(body).toMatchObject({ content: null, embeds: [], attachments: [] });
});

it('names the files that go with an answer, and an edit without files takes away those that were there', () => {
  const { body } = writeAnswer({ content: 'Here.', files: [{ name: 'a.json', text: '{}' }] }, true);
  expect(body.attachments).toEqual([{ id: '0', filename: 'a.json' }]);
  expect(JSON.stringify(body.components)).toContain('"attachment://a.json"');
  expect(replacing(body).attachments).toEqual(body.attachments);
  expect(replacing(writeAnswer({ content: 'Here.' }, true).body).attachments).toEqual([]);
});
