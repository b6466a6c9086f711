import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Filter, TextLeaf } from '#src/match/language/filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';
import { analyseName } from '#src/match/text/analyse.ts';
import { slipsBetween } from '#src/match/text/near-spelling.ts';
import { code, phrase, quoted, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

type Deps = { archive: Pick<Archive, 'papers'>; search: PaperSearch };
type Asked = TextLeaf | Extract<Filter, { kind: 'person' }>;

/** More would only bury the first ones. */
const MOST = 3;
/** Papers whose authors are compared with a name. */
const LOOKED_AT = 50;
/** Further away than this part of the name is somebody else. */
const NEAR = 1 / 4;

/** Sentences on authors, organisations and keywords that a filter asks for and that no paper has; at most three. */
export async function unreadNames({ archive, search }: Deps, filter: Filter): Promise<Phrase[]> {
  const sentences = new Map<string, Phrase>();
  for (const asked of namesAsked(filter)) {
    if (sentences.size >= MOST) break;
    if (await search.finds(asked)) continue;
    const sentence = await sentenceOn(asked, { archive, search });
    sentences.set(JSON.stringify(sentence), sentence);
  }
  return [...sentences.values()];
}

/** Not those of a topic of the catalogue, nor what is not wanted. */
function namesAsked(filter: Filter): Asked[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(namesAsked);
  if (filter.kind === 'person') return [filter];
  const isText = filter.kind === 'word' || filter.kind === 'phrase' || filter.kind === 'prefix';
  return isText && NAMED.includes(filter.field) ? [filter] : [];
}

const NAMED: readonly TextLeaf['field'][] = ['author', 'org', 'keyword'];

async function sentenceOn(asked: Asked, deps: Deps): Promise<Phrase> {
  if (asked.kind === 'person') return noPaperBy(printFilter(asked.filter).replaceAll('author:', ''), []);
  const written = asked.kind === 'prefix' ? `${asked.text}*` : asked.text;
  if (asked.field === 'org') return phrase('filter.noPaperFrom', { name: quoted(written, 60) });
  if (asked.field === 'keyword') return phrase('filter.noPaperWithKeyword', { word: quoted(written, 60) });
  return noPaperBy(written, asked.kind === 'prefix' ? [] : await namesNear(asked.text, deps));
}

const noPaperBy = (name: string, near: readonly string[]): Phrase =>
  phrase('filter.noPaperBy', {
    name: quoted(name, 60),
    isNear: yesNo(near.length > 0),
    near: { list: near.map((one) => code(`author:"${one}"`, 80)) },
  });

/** Authors who share a word of the name, and whose whole names are hardly different; the nearest first. */
export async function namesNear(name: string, { archive, search }: Deps): Promise<string[]> {
  const words = name.split(/[\s,]+/).filter((word) => analyseName(word).length > 0);
  if (words.length < 2) return [];
  const parts = words.map((text) => ({ kind: 'word', text, field: 'author' }) as const);
  const { hits } = await search.search({ kind: 'or', parts }, { limit: LOOKED_AT, now: 0 });
  const papers = await archive.papers(hits.map(({ paper }) => paper));
  const most = Math.ceil(name.length * NEAR);
  const wanted = name.toLowerCase();
  return [...new Set(papers.flatMap(({ paper }) => paper.authors))]
    .map((author) => ({ author, slips: slipsBetween(author.toLowerCase(), wanted, most + 1) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, MOST)
    .map(({ author }) => author);
}
