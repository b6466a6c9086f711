import { z } from 'zod';
import type { PageQuestion } from '../protocol.ts';

const id = z.string().regex(/^\d{1,20}$/);
const name = z.string().min(1).max(100);
const text = z.string().max(6000);
const customId = z.string().min(1).max(100);
const file = z.strictObject({
  name: z.string().min(1).max(260),
  type: z.string().max(200),
  base64: z.string(),
});
const typed = z.union([text, z.number(), z.boolean()]);

const as = { as: id };
const at = { ...as, channelId: id };
const ofMessage = { ...at, messageId: id };

/** What the page may ask, as it comes over HTTP. What a client would not send besides is refused by the sandbox. */
export const PAGE_QUESTION: z.ZodType<PageQuestion> = z.discriminatedUnion('ask', [
  z.strictObject({ ...at, ask: z.literal('command'), name, options: z.record(name, z.union([typed, file])) }),
  z.strictObject({ ...at, ask: z.literal('complete'), name, options: z.record(name, typed), focused: name }),
  z.strictObject({ ...ofMessage, ask: z.literal('use on message'), name }),
  z.strictObject({ ...at, ask: z.literal('use on person'), name, personId: id }),
  z.strictObject({ ...ofMessage, ask: z.literal('click'), customId }),
  z.strictObject({ ...ofMessage, ask: z.literal('choose'), customId, values: z.array(text).max(25) }),
  z.strictObject({
    ...at,
    ask: z.literal('submit'),
    life: id,
    fields: z.record(customId, z.union([text, z.boolean(), z.array(text).max(25), z.array(file).max(10)])),
  }),
  z.strictObject({ ...ofMessage, ask: z.literal('vote'), answers: z.array(text).max(10) }),
  z.strictObject({ ...at, ask: z.literal('write'), content: z.string() }),
  z.strictObject({ ...at, ask: z.literal('allow'), permission: name, isAllowed: z.boolean() }),
  z.strictObject({
    ...as,
    ask: z.literal('create channel'),
    serverId: id,
    name: z.string(),
    kind: z.enum(['text', 'announcement', 'forum']),
  }),
  z.strictObject({ ...at, ask: z.literal('delete channel') }),
  z.strictObject({
    ...as,
    ask: z.literal('map command'),
    serverId: id,
    command: name,
    roleId: id.nullable(),
  }),
  z.strictObject({ ...as, ask: z.literal('speed'), speed: z.number().min(0).max(3600) }),
  z.strictObject({ ...as, ask: z.literal('go to'), where: z.enum(['next poll', 'next digest']) }),
  z.strictObject({ ...as, ask: z.literal('again') }),
]);
