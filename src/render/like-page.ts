import { ButtonStyle } from 'discord-api-types/v10';
import { code, phrase } from '#src/wording/phrase.ts';
import { codeBlock } from './escape-markdown.ts';
import { ACCENT, button, embed, type MessageView, rowsOf } from './parts.ts';
import { changeButton, changeLike } from './refused-page.ts';
import { say, sayPhrase, sayPlain } from './say.ts';

/**
 * Filters proposed from so many examples: each with how many of them it finds, and how many papers of the last 30 days. Where
 * there are none: the topics that are nearest.
 */
export type LikeView = {
  examples: number;
  filters: readonly { filter: string; finds: number; recent: number }[];
  nearest: readonly { topic: string; finds: number }[];
};

/** `forms`: by filter, the key of its preview; `again`: that of the form in which the papers are changed. */
export function likeMessage(
  { examples: of, filters, nearest }: LikeView,
  forms: readonly string[],
  again: string,
): MessageView & { content: string } {
  if (filters.length === 0) {
    const near = nearest.map(({ topic, finds }) =>
      say('like.nearest', { topic: code(`topic:${topic}`), finds, of }),
    );
    return {
      ...{ content: [say('like.nothing', { n: of }), ...near].join('\n'), embeds: [] },
      components: rowsOf([changeButton(changeLike(again))]),
    };
  }
  const told = filters.map(({ filter, finds, recent: n }, at) =>
    [say('like.proposal', { at: at + 1, finds, of, n }), codeBlock(filter)].join('\n'),
  );
  const uses = forms.map((key, at) =>
    button(sayPhrase(phrase('button.useFilter', { at: at + 1 })), `preview:${key}`, ButtonStyle.Primary),
  );
  return {
    content: sayPlain('like.notSaved'),
    embeds: [embed(say('like.title', { n: of }), told.join('\n'), ACCENT.paper)],
    components: rowsOf(uses),
  };
}
