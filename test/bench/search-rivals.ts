/** How others search the same papers with the same words, for the benchmark. Each returns how many hits it found. */
import { DatabaseSync } from 'node:sqlite';
import { Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import type { MatchDocument } from '#src/match/language/filter.ts';
import type { Query } from './paper-generator.ts';

export type SearchRival = (query: Query) => number;

/** SQLite's full text search as an application embeds it: contents stored beside it, BM25 with the title five times, prefix index. */
export function fts5(papers: readonly MatchDocument[]): SearchRival {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE paper (title TEXT, abstract TEXT, keywords TEXT, category TEXT, published INTEGER);
    CREATE VIRTUAL TABLE words USING fts5(title, abstract, keywords, content='paper', prefix='2 3')`);
  const paper = db.prepare('INSERT INTO paper VALUES (?, ?, ?, ?, ?)');
  const words = db.prepare('INSERT INTO words(rowid, title, abstract, keywords) VALUES (?, ?, ?, ?)');
  db.exec('BEGIN');
  for (const { title, abstract, keywords, categories, publishedAt } of papers) {
    const { lastInsertRowid } = paper.run(title, abstract, keywords.join(' '), categories[0], publishedAt);
    words.run(lastInsertRowid, title, abstract, keywords.join(' '));
  }
  db.exec('COMMIT');
  const find = db.prepare(
    'SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 5.0, 1.0, 2.0) LIMIT 10',
  );
  const findFiltered = db.prepare(`SELECT words.rowid FROM words JOIN paper ON paper.rowid = words.rowid
    WHERE words MATCH ? AND category = ? AND published >= ? ORDER BY bm25(words, 5.0, 1.0, 2.0) LIMIT 10`);
  return ({ words: asked, prefix, category, after }) => {
    const match = [...asked.map((word) => `"${word}"`), ...(prefix === null ? [] : [`"${prefix}"*`])].join(
      ' ',
    );
    if (category === null || after === null) return find.all(match).length;
    return findFiltered.all(match, category, Date.parse(after)).length;
  };
}

/** An index of Maps and a radix tree, BM25+. */
export function miniSearch(papers: readonly MatchDocument[]): SearchRival {
  const index = new MiniSearch<MatchDocument>({
    fields: ['title', 'abstract', 'keywords'],
    searchOptions: { combineWith: 'AND' },
  });
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  index.addAll(
    papers.map((paper) => ({ ...paper, keywords: paper.keywords.join(' ') as unknown as string[] })),
  );
  return ({ words, prefix, category, after }) => {
    const queries = [
      ...words.map((word) => ({ queries: [word] })),
      ...(prefix ? [{ queries: [prefix], prefix: true }] : []),
    ];
    const filter = ({ id }: { id: string }) => isInside(byId.get(id), category, after);
    return index.search({ combineWith: 'AND', queries }, { boost: { title: 5 }, filter }).slice(0, 10).length;
  };
}

/** Fast, without ranking by relevance. */
export function flexSearch(papers: readonly MatchDocument[]): SearchRival {
  const index = new Index({ tokenize: 'strict' });
  for (const [number, { title, abstract, keywords }] of papers.entries()) {
    index.add(number, `${title} ${abstract} ${keywords.join(' ')}`);
  }
  return ({ words }) => index.search(words.join(' '), { limit: 10 }).length;
}

function isInside(paper: MatchDocument | undefined, category: string | null, after: string | null): boolean {
  if (category === null || after === null || paper === undefined) return true;
  return paper.categories.includes(category) && (paper.publishedAt ?? 0) >= Date.parse(after);
}
