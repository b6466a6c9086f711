import { own } from '#src/foundation/own.ts';
import { FIGURE_FIELDS, FIGURES, type FigureField } from '#src/paper/figures.ts';
import { nearestOf } from '../text/near-spelling.ts';
import type { TextField } from './filter.ts';
import { type Compared, mendValue } from './value-slips.ts';

export type Field =
  | { kind: 'text'; field: TextField }
  | { kind: 'category' }
  | { kind: 'topic' }
  | { kind: 'venue' }
  | { kind: 'age' }
  | { kind: 'number'; figure: FigureField }
  | { kind: 'date'; side: 'after' | 'before' };

const FIELDS: Readonly<Record<string, Field>> = {
  title: { kind: 'text', field: 'title' },
  abstract: { kind: 'text', field: 'abstract' },
  author: { kind: 'text', field: 'author' },
  org: { kind: 'text', field: 'org' },
  keyword: { kind: 'text', field: 'keyword' },
  cat: { kind: 'category' },
  topic: { kind: 'topic' },
  venue: { kind: 'venue' },
  ...Object.fromEntries(FIGURES.map(({ field }) => [field, { kind: 'number', figure: field }])),
  after: { kind: 'date', side: 'after' },
  before: { kind: 'date', side: 'before' },
  age: { kind: 'age' },
};

// What other search engines and other people call them.
const OTHER_NAMES = namesFor({
  title: 'ti intitle allintitle titel titre título titulo titolo heading name_of_paper subject_title',
  abstract: 'abs ab summary inabstract tldr description zusammenfassung résumé resumen',
  author: 'au by name inauthor writer creator researcher person autor auteur autore first_author last_author',
  org: 'organisation organization affiliation affil lab company institution institute university inst af',
  cat: 'category categories subject subjects primary class archive kategorie',
  keyword: 'tag tags kw key keywords concept term',
  topic: 'topics theme thema',
  after: 'since from newer start min_date startdate fromdate',
  before: 'older end max_date enddate todate',
  ...Object.fromEntries(FIGURES.map(({ field, otherNames }) => [field, otherNames])),
  age: 'old days',
  venue: 'journal journals conference conf booktitle proceedings accepted jr co',
});

// They look everywhere, as a bare word does.
const ANYWHERE = new Set(
  'all any anywhere text fulltext allfields everything content contents body q query search words word ts tw intext allintext inbody basic default'.split(
    ' ',
  ),
);

// A date whose side only the comparison tells, and one that includes its day.
const OPEN_DATE = new Set(
  'date year published day month pubdate pub_date submitted submitteddate publication_date posted released when time datum jahr dp py'.split(
    ' ',
  ),
);
const UNTIL = new Set('until to till upto through bis'.split(' '));

function namesFor(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(names).flatMap(([field, others]) =>
      others.split(' ').map((other) => [other, field] as const),
    ),
  );
}

/** The field of that name (lower case), or null. */
export function fieldNamed(name: string): Field | null {
  return own(FIELDS, name) ?? null;
}

/** The fields, in the order of the guide. */
export const FIELD_NAMES: readonly string[] = Object.keys(FIELDS);

/** The field that other engines or people call so (lower case), or null. */
export function fieldCalled(name: string): string | null {
  return OTHER_NAMES.get(name) ?? null;
}

/** The field that was probably meant before that value, or null. Before a plain word none is that compares. */
export function nearestField(name: string, value: string): string | null {
  const meant = OTHER_NAMES.get(name) ?? nearestName(name);
  const compared = comparedBy(meant ?? '');
  const isFit = compared === null || /^[\s<>=≤≥]*\d/.test(value) || mendValue(compared, value) !== null;
  return isFit ? meant : null;
}

/** One or two letters are no mistyped word: `N:M`. */
const nearestName = (name: string): string | null =>
  name.length < 3 ? null : nearestOf(name, Object.keys(FIELDS));

/** Whether other engines look everywhere by it: `all:x` is x. */
export function isAnywhere(name: string): boolean {
  return ANYWHERE.has(name);
}

/** What is compared by a field of that name, ours or another engine's, which may be a date without a side. */
export function comparedBy(name: string): Compared | null {
  if (OPEN_DATE.has(name)) return { kind: 'date', side: 'open' };
  if (UNTIL.has(name)) return { kind: 'date', side: 'until' };
  const field = fieldNamed(name) ?? fieldNamed(OTHER_NAMES.get(name) ?? '');
  return field?.kind === 'number' || field?.kind === 'date' || field?.kind === 'age' ? field : null;
}

const NO_COLON = new RegExp(`^(${FIGURE_FIELDS.join('|')}|age|after|before)(?=[<>=≤≥])`, 'i');

/** `upvotes>20`: a figure or a date that lacks its colon. */
export function lacksColon(word: string): string | null {
  const found = NO_COLON.exec(word);
  return found === null ? null : `${found[0].toLowerCase()}:${word.slice(found[0].length)}`;
}
