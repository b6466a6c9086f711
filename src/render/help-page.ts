import type { APIStringSelectComponent } from 'discord-api-types/v10';
import { FIGURES } from '#src/paper/figures.ts';
import { code } from '#src/wording/phrase.ts';
import { ACCENT, embed, type MessageView, row, select } from './parts.ts';
import { say, sayPlain, sayValue } from './say.ts';

const TOPICS = ['start', 'filters', 'alerts', 'trending', 'trouble', 'permissions'] as const;
type Topic = (typeof TOPICS)[number];

export const helpTopics: readonly Topic[] = TOPICS;

/** What to do next, with examples to copy. An unknown topic shows the start page. */
export function helpMessage(topic: string): MessageView {
  const shown = TOPICS.find((one) => one === topic) ?? 'start';
  return {
    embeds: [embed(say(`help.${shown}.title`), textOf(shown), ACCENT.paper)],
    components: [row(others(shown))],
  };
}

/** The other pages, in the place of this one. */
function others(shown: Topic): APIStringSelectComponent {
  const options = TOPICS.filter((topic) => topic !== shown).map((topic) => ({
    label: sayPlain(`help.${topic}.title`),
    value: topic,
  }));
  return select({ custom_id: 'help', placeholder: sayPlain('help.choose'), options });
}

function textOf(topic: Topic): string {
  if (topic !== 'filters') return say(`help.${topic}.text`);
  const toTry = FIGURES.flatMap(({ guide }) => (guide === null ? [] : sayValue(code(guide))));
  return say('help.filters.text', { figures: toTry.join(' ') });
}
