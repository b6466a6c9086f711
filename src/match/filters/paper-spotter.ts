import type { MatchDocument } from '../language/filter.ts';
import { analyseWord } from '../text/analyse.ts';
import type { AtomMarks } from './atom-marks.ts';
import { CategorySpotter } from './category-spotter.ts';
import { FIELD_BITS } from './field-bits.ts';
import { NameSpotter } from './name-spotter.ts';
import { TermSpotter } from './term-spotter.ts';
import type { TermTree } from './term-tree.ts';
import { VenueSpotter } from './venue-spotter.ts';

/** Surface words remembered: more than some thousand papers use, about 7 MB. */
const MOST_SURFACES = 1 << 16;

/** Marks what a paper has of words, phrases, prefixes, categories and venues. */
export class PaperSpotter {
  readonly texts = new TermSpotter(analyseWord, MOST_SURFACES, 'texts');
  readonly names: NameSpotter;
  readonly categories = new CategorySpotter();
  readonly venues = new VenueSpotter();
  readonly #marks: AtomMarks;

  constructor(marks: AtomMarks) {
    this.#marks = marks;
    this.names = new NameSpotter(marks, MOST_SURFACES);
  }

  /** The terms that are looked for in those fields: names are a language of their own. */
  termsIn(fields: number): TermTree {
    return fields === FIELD_BITS.author ? this.names.terms : this.texts.terms;
  }

  read(document: MatchDocument): void {
    this.#readTexts(document);
    this.names.read(document.authors);
    this.categories.spot(document.categories, this.#marks);
    this.venues.spot(document, this.#marks);
  }

  memory(): number {
    return this.texts.memory() + this.names.memory() + this.venues.memory();
  }

  #readTexts({ title, abstract, keywords, organization }: MatchDocument): void {
    const { texts } = this;
    texts.begin();
    texts.read(title, FIELD_BITS.title);
    texts.read(abstract, FIELD_BITS.abstract);
    for (const keyword of keywords) texts.read(keyword, FIELD_BITS.keyword);
    if (organization !== null) texts.read(organization, FIELD_BITS.org);
    texts.spot(this.#marks);
  }
}
