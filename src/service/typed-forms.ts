import { z } from 'zod';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { PlainKey } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { moderatorFor, ownSubscription, refuseChange } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';

const channel = z.object({
  ...{ id: z.string(), name: z.string(), type: z.number() },
  /** The member who may mention any role there; null: who typed it may not. */
  mentionedBy: z.string().nullable(),
});

/** What somebody typed that was refused, as it was typed. */
const typedSchema = z.discriminatedUnion('form', [
  z.object({
    form: z.literal('subscribe'),
    filter: z.string(),
    /** The other options, `name: value`, one a line. */
    lines: z.string(),
    flags: z.record(z.string(), z.boolean()),
    /** Null: where it was typed. */
    channel: channel.nullable(),
    role: z.object({ id: z.string(), mentionable: z.boolean() }).nullable(),
    /** What it is to be in the place of: a subscription, and the mark of what was saved of it when this was typed. */
    base: z.object({ id: z.string(), mark: z.string() }).optional(),
    /** Papers that the wanted ones should be like, where that is still to be changed. */
    like: z.string().optional(),
  }),
  z.object({
    form: z.literal('edit'),
    filter: z.string(),
    id: z.string(),
    /** The mark of the filter that stood in the form. */
    shown: z.string().nullable(),
  }),
  z.object({ form: z.literal('test'), filter: z.string(), paper: z.string() }),
  z.object({ form: z.literal('mute'), filter: z.string() }),
]);
export type TypedForm = z.infer<typeof typedSchema>;
/** What was typed for a subscription, new or saved. */
export type TypedOrder = Extract<TypedForm, { form: 'subscribe' }>;

const keptSchema = z.object({
  ...{ kind: z.literal('typed'), serverId: z.string(), typed: typedSchema },
  /** Who typed it; an earlier version did not note it. */
  by: z.string().optional(),
});

function commandOf(typed: TypedForm): string {
  if (typed.form !== 'subscribe') return 'filter';
  return typed.base ? 'subscriptions' : 'subscribe';
}

export type TypedForms = {
  /** Keeps what was refused as it was typed; returns its key. */
  keepTyped(asker: Asker & { typed: TypedForm }): Promise<string>;
  /** `forgotten`: what is said where it is too old. */
  recallTyped(asker: Asker & { key: string; forgotten?: PlainKey }): Promise<TypedForm>;
  /** That of a preview for whoever typed it; throws DeniedError for others. */
  recallOwnTyped(asker: Asker & { key: string }): Promise<TypedForm>;
};

/** Keeps what was typed, so that nobody has to type it again. */
export function createTypedForms({
  questions,
  subscriptionStore,
}: {
  questions: QuestionStore;
  subscriptionStore: SubscriptionStore;
}): TypedForms {
  const recall = async ({
    key,
    forgotten = 'typed.forgotten',
    ...asker
  }: Asker & { key: string; forgotten?: PlainKey }) => {
    const kept = keptSchema.safeParse(await questions.recall(key, forgotten));
    if (!kept.success) throw new UserError(forgotten);
    const { typed, serverId } = kept.data;
    const moderator = await moderatorFor(asker, commandOf(typed));
    if (serverId !== moderator.serverId) throw new DeniedError('typed.forgotten');
    if (typed.form === 'edit') await ownSubscription(subscriptionStore, moderator, typed.id);
    if (typed.form === 'subscribe' && typed.channel) await refuseChange(moderator, typed.channel.id);
    return kept.data;
  };
  return {
    keepTyped: ({ typed, serverId, userId }) =>
      questions.keep({ kind: 'typed', serverId: serverId ?? '', typed, by: userId }),
    recallTyped: async (asked) => (await recall(asked)).typed,
    async recallOwnTyped(asked) {
      const { typed, by } = await recall({ ...asked, forgotten: 'preview.forgotten' });
      if (by !== asked.userId) throw new DeniedError('preview.others');
      return typed;
    },
  };
}
