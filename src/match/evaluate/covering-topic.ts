import type { Filter } from '../language/filter.ts';
import { printFilter } from '../language/print-filter.ts';
import type { TopicCatalogue } from '../language/topic-catalogue.ts';
import { meaningOfLeaf } from './leaf-meaning.ts';

/** `filter`: what was asked, with the topic in the place of its words. `more`: words that the topic has besides. */
type Covering = {
  topic: string;
  filter: string;
  more: number;
  /** It leaves papers out too. */
  excludes: boolean;
};

/** Alternatives, one of which has to occur, and what must not. */
type Words = { any: readonly string[]; others: number; not: readonly Filter[] };

/** The topic with the fewest words that has all the words of a filter, and more; null where none has. Awaits `breathe` between topics. */
export async function coveringTopic(
  filter: Filter,
  { topics }: TopicCatalogue,
  breathe: () => Promise<void> = async () => {},
): Promise<Covering | null> {
  const asked = wordsOf(filter);
  if (asked === null || asked.any.length === 0 || asked.others > 0) return null;
  const covering: Covering[] = [];
  for (const { name, filter: whole } of topics) {
    await breathe();
    const words = wordsOf(whole);
    if (words === null || !asked.any.every((word) => words.any.includes(word))) continue;
    const more = new Set(words.any).size + words.others - new Set(asked.any).size;
    const topic: Filter = { kind: 'topic', name, filter: whole };
    const instead: Filter = asked.not.length === 0 ? topic : { kind: 'and', parts: [topic, ...asked.not] };
    if (more > 0)
      covering.push({ topic: name, filter: printFilter(instead), more, excludes: words.not.length > 0 });
  }
  return covering.toSorted((a, b) => a.more - b.more)[0] ?? null;
}

/** Null where more than one thing has to occur. */
function wordsOf(filter: Filter): Words | null {
  const parts = filter.kind === 'and' ? filter.parts : [filter];
  const not = parts.filter((part) => part.kind === 'not');
  const [wanted, ...more] = parts.filter((part) => part.kind !== 'not');
  if (wanted === undefined || more.length > 0) return null;
  const alternatives = alternativesOf(wanted);
  const any = alternatives.flatMap((part) => (isText(part) ? [meaningOfLeaf(part)] : []));
  return { any, others: alternatives.length - any.length, not };
}

const alternativesOf = (filter: Filter): readonly Filter[] =>
  filter.kind === 'or' ? filter.parts.flatMap(alternativesOf) : [filter];

const isText = (filter: Filter): filter is Extract<Filter, { kind: 'word' | 'prefix' | 'phrase' }> =>
  filter.kind === 'word' || filter.kind === 'prefix' || filter.kind === 'phrase';
