import { z } from 'zod';

/** A filter, as it was written, of what must not come to any channel of a server. Kept until somebody removes it. */
const mute = z.object({
  text: z.string().min(1),
  /** A member's id. */
  who: z.string(),
  /** UTC ms. */
  at: z.int(),
});

export const mutesDocumentSchema = z.object({ version: z.literal(1), mutes: z.array(mute) });

export type Mute = z.infer<typeof mute>;
