/**
 * arXiv ids (https://info.arxiv.org/help/arxiv_identifier.html) as people and services write them:
 * `YYMM.NNNN` from 2007-04 to 2014-12, `YYMM.NNNNN` since, `archive/YYMMNNN` before.
 * The canonical form has no prefix, no version and no subject class: it is the key of everything.
 */

const NEW_STYLE = String.raw`\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}`;
const OLD_STYLE = String.raw`[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?\/\d{2}(?:0[1-9]|1[0-2])\d{3}`;
const VERSION = String.raw`(?:v[1-9]\d{0,2})?`;

// arXiv's archives with old ids. Others before a slash are ordinary words ("and/0309136").
const OLD_ARCHIVES = new Set(
  (
    'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga ' +
    'funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph ' +
    'q-alg q-bio quant-ph solv-int supr-con'
  ).split(' '),
);

const LINK_HOSTS = String.raw`(?:(?:[a-z]+\.)?arxiv\.org|huggingface\.co|hf\.co|(?:www\.|beta\.)?alphaxiv\.org)`;
const LINK_PATHS = String.raw`(?:abs|pdf|html|format|src|e-print|ps|papers|overview|resources|audio|[a-z]{2}\/overview)`;
const LINK = String.raw`(?:https?:\/\/)?(?:${LINK_HOSTS}\/${LINK_PATHS}|(?:dx\.)?doi\.org\/10\.48550\/arxiv\.?)\/?`;
const PREFIX = String.raw`(?:${LINK}|arxiv:\s*|(?:doi:\s*)?10\.48550\/arxiv\.)`;

const ID = String.raw`(?<id>${NEW_STYLE}|${OLD_STYLE})${VERSION}(?:\.(?:pdf|md|git))?`;
const ALONE = new RegExp(String.raw`^${PREFIX}?${ID}\/?(?:[?#]\S*)?$`, 'i');
// Not inside a longer number, name or path: 12401.12345, 2401.123456, 10.1000/2401.12345.
const ANYWHERE = new RegExp(String.raw`(?<![\w.\/-])${PREFIX}?${ID}(?![\w]|\.\d|-\d)`, 'gi');

/** The canonical id that `text` is (an id in any spelling, or a link to a paper), or null when it is anything else. */
export function parsePaperId(text: string): string | null {
  const found = ALONE.exec(text.trim().replace(/^<(.*)>$/, '$1'));
  return found?.groups ? canonical(found.groups.id) : null;
}

/** Every paper named in a free text, in its order, each once. */
export function findPaperIds(text: string): string[] {
  const ids = [...text.matchAll(ANYWHERE)].map((found) => canonical(found.groups?.id ?? ''));
  return [...new Set(ids.filter((id) => id !== null))];
}

/** Five digits follow the point since 2015: an id read as a decimal number has lost its last zeros (`2406.105`). */
export function restoreLostZeros(id: string): string {
  const found = /^(\d{4})\.(\d{1,4})$/.exec(id.trim());
  return found && Number(found[1]) >= 1501 ? `${found[1]}.${found[2].padEnd(5, '0')}` : id.trim();
}

function canonical(id: string): string | null {
  const written = id.toLowerCase();
  if (written.includes('/')) return canonicalOldStyle(written);
  const [month, number] = written.split('.');
  const digits = Number(month) >= 1501 ? 5 : 4;
  return Number(month) >= 704 && number.length === digits && Number(number) > 0 ? written : null;
}

/** `math.GT/0309136` and `math/0309136` are one paper: arXiv's own form has no subject class. */
function canonicalOldStyle(id: string): string | null {
  const [archive, number] = id.replace(/\.[a-z]{2}\//, '/').split('/');
  return OLD_ARCHIVES.has(archive) ? `${archive}/${number}` : null;
}
