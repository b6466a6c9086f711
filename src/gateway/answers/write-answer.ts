import { type APIMessageTopLevelComponent, MessageFlags } from 'discord-api-types/v10';
import { inContainers } from '#src/render/container.ts';
import type { ShownMessage } from '#src/render/parts.ts';
import { fitMessage } from '../posts/fit-message.ts';

/** Discord's JSON for an answer. */
export type AnswerBody = {
  components: readonly APIMessageTopLevelComponent[];
  flags: number;
  allowed_mentions: { parse: [] };
};

/** An edit keeps what it does not name: nothing of the old message stays, which may be of an earlier version, with an embed. */
const NOTHING_ELSE = { content: null, embeds: [], attachments: [] } as const;

/**
 * Every answer has components V2: a message that has them once can never be without, whatever it is changed to. Mentions
 * nobody. `cut`: what was over Discord's limits.
 */
export function writeAnswer(
  { content, embeds, components }: ShownMessage,
  hidden: boolean,
): { body: AnswerBody; cut: readonly string[] } {
  const fitted = fitMessage({ content, embeds, components }, Number.POSITIVE_INFINITY);
  const contained = inContainers(fitted.parts);
  const flags = MessageFlags.IsComponentsV2 | (hidden ? MessageFlags.Ephemeral : 0);
  return {
    body: { components: contained.components, flags, allowed_mentions: { parse: [] } },
    cut: [...fitted.cut, ...contained.cut],
  };
}

/** The same in the place of a message that is there. */
export const replacing = (body: AnswerBody): AnswerBody & typeof NOTHING_ELSE => ({
  ...body,
  ...NOTHING_ELSE,
});
