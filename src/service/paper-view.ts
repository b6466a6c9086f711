import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { escapeMarkdown } from '#src/render/escape-markdown.ts';
import type { CardView } from '#src/render/paper-card.ts';
import type { ListItem } from '#src/render/paper-list.ts';
import { tellStanding } from '#src/render/reason.ts';
import { pageOf } from '#src/source/sources.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';

/** A stored paper as a card or a line of a list. */
export function cardOf(stored: StoredPaper): CardView {
  return {
    paper: stored.paper,
    signals: stored.signals,
    page: pageOf(stored.paper.id, stored.sources),
  };
}

export function itemOf(stored: StoredPaper, note?: string): ListItem {
  return { ...cardOf(stored), note };
}

/** The same with why it trends, if it does. */
export function trendingItem(stored: StoredPaper, trend: TrendRule): ListItem {
  const score = trend.score(stored.paper.id);
  if (!score) return itemOf(stored);
  const told = tellStanding({ reason: score.peakReason, at: score.peakAt }, stored.signals.votes);
  return itemOf(stored, escapeMarkdown(told));
}
