import { ANY_ARCHIVE, judgeId, SUBJECT_CLASS } from './id-form.ts';
import { type IdMention, mentionsIn } from './id-mentions.ts';

/** The one paper that a person's text names, alone or among other words; null when it names none, or several. */
export function parsePaperId(text: string): string | null {
  const ids = findPaperIds(text);
  return ids.length === 1 ? ids[0] : null;
}

/** Every paper that a person's text names, in its order, each once. */
export function findPaperIds(text: string): string[] {
  return idsOf(mentionsIn(text));
}

export function idsOf(mentions: readonly IdMention[]): string[] {
  return [...new Set(mentions.flatMap((mention) => (mention.kind === 'paper' ? mention.id : [])))];
}

const LINK_HOSTS = String.raw`(?:(?:[a-z]+\.)?arxiv\.org|huggingface\.co|hf\.co|(?:www\.|beta\.)?alphaxiv\.org)`;
const LINK_PATHS = String.raw`(?:abs|pdf|html|format|src|e-print|ps|papers|overview|resources|audio|[a-z]{2}\/overview)`;
const LINK = String.raw`(?:https?:\/\/)?(?:${LINK_HOSTS}\/${LINK_PATHS}|(?:dx\.)?doi\.org\/10\.48550\/arxiv\.?)\/?`;
const PREFIX = String.raw`(?:${LINK}|arxiv:\s*|(?:doi:\s*)?10\.48550\/arxiv\.)`;
const ID = String.raw`(?<id>\d{4}\.\d{4,5}|(?:${ANY_ARCHIVE})${SUBJECT_CLASS}\/\d{7})(?:v[1-9]\d{0,2})?(?:\.(?:pdf|md|git))?`;
const EXACT = new RegExp(String.raw`^${PREFIX}?${ID}\/?(?:[?#]\S*)?$`, 'i');

/** For what a source gives as a paper's id: an id, or the link to its page, and nothing beside it; null when it is anything else. */
export function exactPaperId(written: string): string | null {
  const found = EXACT.exec(written.trim().replace(/^<(.*)>$/, '$1'));
  const judged = found?.groups ? judgeId(found.groups.id) : null;
  return judged?.ok ? judged.id : null;
}

/** Five digits follow the point since 2015: an id read as a decimal number has lost its last zeros (`2406.105`). */
export function restoreLostZeros(id: string): string {
  const found = /^(\d{4})\.(\d{1,4})$/.exec(id.trim());
  return found && Number(found[1]) >= 1501 ? `${found[1]}.${found[2].padEnd(5, '0')}` : id.trim();
}
