import { type APIMessageTopLevelComponent, MessageFlags } from 'discord-api-types/v10';
import { inContainers } from '#src/render/container.ts';
import { type ShownMessage, shownFile } from '#src/render/parts.ts';
import { fitMessage } from '../posts/fit-message.ts';

/** Discord's JSON for an answer. */
export type AnswerBody = {
  components: readonly APIMessageTopLevelComponent[];
  flags: number;
  allowed_mentions: { parse: [] };
  attachments?: readonly { id: string; filename: string }[];
};

/** An edit keeps what it does not name: nothing of the old message stays, which may be of an earlier version, with an embed. */
const NOTHING_ELSE = { content: null, embeds: [] } as const;

/**
 * Every answer has components V2: a message that has them once can never be without, whatever it is changed to. Mentions
 * nobody. `cut`: what was over Discord's limits.
 */
export function writeAnswer(
  { content, embeds, components, files = [] }: ShownMessage,
  hidden: boolean,
): { body: AnswerBody; cut: readonly string[] } {
  const fitted = fitMessage({ content, embeds, components }, Number.POSITIVE_INFINITY);
  const contained = inContainers(fitted.parts);
  const flags = MessageFlags.IsComponentsV2 | (hidden ? MessageFlags.Ephemeral : 0);
  return {
    body: {
      components: [...contained.components, ...files.map(({ name }) => shownFile(name))],
      ...{ flags, allowed_mentions: { parse: [] } },
      ...(files.length > 0 && {
        attachments: files.map(({ name }, at) => ({ id: String(at), filename: name })),
      }),
    },
    cut: [...fitted.cut, ...contained.cut],
  };
}

type Replacing = AnswerBody & Required<Pick<AnswerBody, 'attachments'>> & typeof NOTHING_ELSE;

/** The same in the place of a message that is there. */
export const replacing = (body: AnswerBody): Replacing => ({
  attachments: [],
  ...body,
  ...NOTHING_ELSE,
});
