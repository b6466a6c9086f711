import { own } from '#src/foundation/own.ts';
import type { Figure, TextField } from './filter.ts';
import { nearestOf } from './near-spelling.ts';

export type Field =
  | { kind: 'text'; field: TextField }
  | { kind: 'category' }
  | { kind: 'topic' }
  | { kind: 'venue' }
  | { kind: 'age' }
  | { kind: 'number'; figure: Figure }
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
  upvotes: { kind: 'number', figure: 'upvotes' },
  comments: { kind: 'number', figure: 'comments' },
  stars: { kind: 'number', figure: 'stars' },
  after: { kind: 'date', side: 'after' },
  before: { kind: 'date', side: 'before' },
  age: { kind: 'age' },
};

// What other search engines and other people call them.
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ti: 'title',
  abs: 'abstract',
  summary: 'abstract',
  au: 'author',
  by: 'author',
  name: 'author',
  organisation: 'org',
  organization: 'org',
  affiliation: 'org',
  lab: 'org',
  company: 'org',
  category: 'cat',
  categories: 'cat',
  subject: 'cat',
  journal: 'venue',
  journals: 'venue',
  conference: 'venue',
  conf: 'venue',
  booktitle: 'venue',
  proceedings: 'venue',
  accepted: 'venue',
  jr: 'venue',
  co: 'venue',
  tag: 'keyword',
  tags: 'keyword',
  kw: 'keyword',
  votes: 'upvotes',
  likes: 'upvotes',
  points: 'upvotes',
  score: 'upvotes',
  since: 'after',
  from: 'after',
  date: 'after',
  published: 'after',
  year: 'after',
  until: 'before',
  to: 'before',
  till: 'before',
  github: 'stars',
  discussion: 'comments',
  replies: 'comments',
};

/** The field of that name (lower case), or null. */
export function fieldNamed(name: string): Field | null {
  return own(FIELDS, name) ?? null;
}

/** The field that was probably meant, or null. */
export function nearestField(name: string): string | null {
  const meant = own(OTHER_NAMES, name);
  if (meant !== undefined) return meant;
  // One or two letters are no mistyped word: `N:M`.
  return name.length < 3 ? null : nearestOf(name, Object.keys(FIELDS));
}

/** `upvotes>20`: a figure or a date that lacks its colon. */
export function lacksColon(word: string): string | null {
  const found = /^(upvotes|comments|stars|age|after|before)(?=[<>=≤≥])/i.exec(word);
  return found === null ? null : `${found[0].toLowerCase()}:${word.slice(found[0].length)}`;
}
