import { compares, holdsOfPerson, prepareFilter, unreadDocument } from '../evaluate/explain.ts';
import { readTerm } from '../evaluate/term.ts';
import { fitsVenue, readAskedVenue } from '../evaluate/venue.ts';
import { fitsCategory } from '../language/categories.ts';
import { type Filter, NOTHING_KNOWN, type VenueLeaf } from '../language/filter.ts';
import { neededOf } from '../language/person.ts';
import { type HeldPapers, rangeOf } from './held-papers.ts';
import type { SearchFigures } from './search-figures.ts';
import { allOf, anyOf, factNode, noneOf, type SearchNode } from './search-nodes.ts';
import { termNode } from './search-term-node.ts';
import { isDueABreak, takeBreath, type Work } from './search-work.ts';

/** Reading a name costs about as much as so many steps. */
const NAME_WORK = 20;
/** Reading a list of venues costs about as much as so many steps. */
const VENUE_WORK = 20;

/** Who asks: the papers that were held then, the first `documents`, at `now` (UTC ms). */
type NodeQuestion = { held: HeldPapers; documents: number; now: number; work: Work };

/**
 * A filter as search tries it on the papers. Looking up the words of a prefix takes its time: other work gets a turn after
 * each term.
 */
export function* filterNode(filter: Filter, question: NodeQuestion): Generator<void, SearchNode> {
  const { held, documents, now, work } = question;
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const parts: SearchNode[] = [];
      for (const part of filter.parts) parts.push(yield* filterNode(part, question));
      return filter.kind === 'and' ? allOf(parts) : anyOf(parts);
    }
    case 'not':
      return noneOf(yield* filterNode(filter.part, question), documents);
    case 'person':
      return yield* personNode(filter.filter, question);
    case 'topic':
      return held.topics.nodeOf(filter.filter) ?? unranked(yield* filterNode(filter.filter, question));
    case 'word':
    case 'prefix':
    case 'phrase':
      if (isDueABreak(work)) yield* takeBreath(work);
      return termNode(held.termsOf(filter.field), readTerm(filter), rangeOf(filter.field), work);
    case 'category':
      return factNode(isFiledUnder(filter.pattern, held.figures), documents);
    case 'venue':
      return factNode(isFrom(filter, held.figures, work), documents);
    default:
      return factNode(factOf(filter, held.figures, now), documents);
  }
}

/** As a topic is that is known by its papers: it is no word, and ranks none before another. */
function unranked(node: SearchNode): SearchNode {
  return { ...node, score: () => 0 };
}

/** Lists tell who may fit, the names who does. */
function* personNode(ofPerson: Filter, question: NodeQuestion): Generator<void, SearchNode> {
  const { held, documents, work } = question;
  const condition = prepareFilter(ofPerson);
  const fits = factNode((document) => {
    const names = held.names.texts.tokens(document);
    work.steps += names.length * NAME_WORK;
    return names.some((name) => holdsOfPerson(condition, name));
  }, documents);
  const needed = neededOf(ofPerson);
  return needed === null ? fits : allOf([yield* filterNode(needed, question), fits]);
}

type Holds = (document: number) => boolean;

/** Each different set of categories is looked at once. */
function isFiledUnder(pattern: string, figures: SearchFigures): Holds {
  const answers = figures.categorySets.map((names) => fitsCategory(pattern, names));
  return (document) => answers[figures.categorySetOf(document)];
}

/** Each different list of venues is looked at once, when a document has it. */
function isFrom(leaf: VenueLeaf, figures: SearchFigures, work: Work): Holds {
  const asked = readAskedVenue(leaf);
  const answers = new Map<number, boolean>();
  return (document) => {
    const list = figures.venueListOf(document);
    const known = answers.get(list);
    if (known !== undefined) return known;
    work.steps += VENUE_WORK;
    const answer = figures.venuesIn(list).some((venue) => fitsVenue(asked, venue));
    answers.set(list, answer);
    return answer;
  };
}

function factOf(filter: Filter, figures: SearchFigures, now: number): Holds {
  if (filter.kind === 'number') {
    const { is, value } = filter;
    const countOf = figures.readerOf(filter.figure);
    return (document) => compares(countOf(document), is, value);
  }
  const condition = prepareFilter(filter);
  if (condition.kind !== 'fact') return () => false;
  const asked = { ...NOTHING_KNOWN };
  const read = unreadDocument(asked);
  return (document) => {
    asked.publishedAt = figures.publishedAt(document);
    return condition.holds(read, now);
  };
}
