import { ANY_ARCHIVE, futureOf, type IdFault } from './id-form.ts';
import { mentionsIn } from './id-mentions.ts';
import { legible } from './legible.ts';
import { idsOf } from './paper-id.ts';

/** What a person's text asks for, read without asking anybody. */
export type PaperQuery =
  | { kind: 'paper'; id: string }
  | { kind: 'several'; ids: readonly string[] }
  /** Meant as an id, and none that can be. */
  | { kind: 'malformed'; written: string; why: IdFault }
  /** A link or DOI of somebody else, without an id. */
  | { kind: 'foreign'; host: string }
  /** A page of arXiv or of Hugging Face that is no single paper's. */
  | { kind: 'no-paper-page'; host: string }
  /** A category of arXiv alone, as arXiv writes it: `cs.CL`. */
  | { kind: 'category'; category: string }
  | { kind: 'words'; words: string }
  /** Not a letter or digit. */
  | { kind: 'nothing' };

/** Where something follows the host more of them are known: youtu.be/abc. */
const LINK =
  /(?:https?:\/\/|(?<![\w.@-])(?=(?:[a-z\d-]{1,40}\.){1,4}(?:(?:com|org|net|edu|gov|io|ai|dev|co)(?:\/|$)|(?:app|at|be|ch|cn|de|eu|fr|gg|info|jp|ly|me|nl|science|tv|uk|xyz)\/)))([a-z\d.-]+)/i;
const DOI = /(?<![\d.])10\.\d{4,9}\/\S/;
const OWN_HOST = /(?:^|\.)(?:arxiv\.org|xxx\.lanl\.gov|huggingface\.co|hf\.co|alphaxiv\.org|ar5iv\.org)$/i;
/** How the titles of pages begin and end that browsers copy. */
const PAGE_TITLE = /^\s*paper page\s[-|:]\s|\s[-|]\sarxiv\s*$/gi;
/** A category may look like a host: cs.AI. */
const CATEGORY = new RegExp(
  String.raw`^\W*(?:cat:\s*)?((?:${ANY_ARCHIVE}|econ|eess|q-fin|stat))\.([a-z]{2}|[a-z]{3,4}-[a-z]{2,4})\W*$`,
  'i',
);
const UNKNOWN_ARCHIVE = /^\W*arxiv\s?:\s?([a-z-]{2,12})\/\d{7}\W*$/i;

/** `now`: UTC ms; an id of a month that has not come cannot be. */
export function readPaperQuery(text: string, now: number): PaperQuery {
  const mentions = mentionsIn(text);
  const named = idsOf(mentions);
  const ids = named.filter((id) => futureOf(id, now) === null);
  if (ids.length > 0) return ids.length === 1 ? { kind: 'paper', id: ids[0] } : { kind: 'several', ids };
  for (const written of named) {
    const why = futureOf(written, now);
    if (why) return { kind: 'malformed', written, why };
  }
  const malformed = mentions.find((mention) => mention.kind === 'malformed');
  return malformed ?? readWithoutId(legible(text));
}

function readWithoutId(text: string): PaperQuery {
  const archive = UNKNOWN_ARCHIVE.exec(text)?.[1];
  if (archive) return { kind: 'malformed', written: text.trim(), why: { kind: 'archive', archive } };
  const category = CATEGORY.exec(text);
  if (category) return { kind: 'category', category: categoryOf(category) };
  const host = LINK.exec(text)?.[1].toLowerCase();
  if (host !== undefined && OWN_HOST.test(host)) return { kind: 'no-paper-page', host };
  if (DOI.test(text)) return { kind: 'foreign', host: 'doi.org' };
  if (host !== undefined) return { kind: 'foreign', host };
  const words = text.replace(PAGE_TITLE, ' ').replace(/\s+/g, ' ').trim();
  return /[\p{L}\p{N}]/u.test(words) ? { kind: 'words', words } : { kind: 'nothing' };
}

/** Of two letters they are capitals: cs.CL, cond-mat.mes-hall. */
function categoryOf([, archive, part]: RegExpExecArray): string {
  const small = archive.toLowerCase();
  return `${small}.${part.length === 2 ? part.toUpperCase() : part.toLowerCase()}`;
}
