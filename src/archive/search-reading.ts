import { createSearchIndex, type SearchIndex } from '#src/match/search/search-index.ts';
import { createSpeller, type Speller } from '#src/match/search/speller.ts';
import type { TopicSpotter } from '#src/match/search/topic-spotter.ts';
import { type AcronymStore, createAcronymStore } from '#src/match/text/acronym-store.ts';
import { analyse } from '#src/match/text/analyse.ts';
import { type Change, documentOf } from './stored-paper.ts';

/**
 * What was read of the archive, up to which number of its journal. `wholeTo`: where the journal ended when all of it was
 * read: no paper's facts up to there are unknown here.
 */
export type IndexReading = {
  index: SearchIndex;
  speller: Speller;
  acronyms: AcronymStore;
  readTo: number;
  wholeTo: number;
};

export const nothingRead = (topics?: TopicSpotter): IndexReading => ({
  index: createSearchIndex(topics),
  speller: createSpeller(),
  acronyms: createAcronymStore(),
  readTo: 0,
  wholeTo: 0,
});

/** Takes in what the journal tells of one paper. */
export function takeIn(reading: IndexReading, { factsSeq, paper }: Change): void {
  const { index, wholeTo } = reading;
  const document = documentOf(paper);
  // Where only figures changed since the paper was taken in, its words stay.
  if (factsSeq <= wholeTo && index.updateFigures(document.id, document)) return;
  index.add(document);
  learn(reading, document.title);
}

/** Learns how the words of a title are spelled. */
export function learn(
  { speller, acronyms }: Pick<IndexReading, 'speller' | 'acronyms'>,
  title: string,
): void {
  for (const { fold, acronym, start, end } of analyse(title)) {
    if (fold.length > 2) speller.learn(fold);
    if (acronym) acronyms.learn(title.slice(start, end));
  }
}
