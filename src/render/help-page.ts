import { FIGURES } from '#src/paper/figures.ts';
import { code } from '#src/wording/phrase.ts';
import { ACCENT, embed, type MessageView } from './parts.ts';
import { say, sayValue } from './say.ts';

const TOPICS = ['start', 'filters', 'alerts', 'trending', 'permissions'] as const;
type Topic = (typeof TOPICS)[number];

export const helpTopics: readonly Topic[] = TOPICS;

/** What to do next, with examples to copy. An unknown topic shows the start page. */
export function helpMessage(topic: string): Pick<MessageView, 'embeds'> {
  const shown = TOPICS.find((one) => one === topic) ?? 'start';
  return { embeds: [embed(say(`help.${shown}.title`), textOf(shown), ACCENT.paper)] };
}

function textOf(topic: Topic): string {
  if (topic !== 'filters') return say(`help.${topic}.text`);
  const toTry = FIGURES.flatMap(({ guide }) => (guide === null ? [] : sayValue(code(guide))));
  return say('help.filters.text', { figures: toTry.join(' ') });
}
