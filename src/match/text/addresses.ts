/**
 * Web addresses in texts. Their words say where something lies, not what a paper is about, so they do not count; only the
 * name of a repository does, as it is mostly that of the method.
 */

/** The text with blanks in place of every address, as long as before; the same string when there is none. */
export function withoutAddresses(text: string): string {
  let bare = '';
  let done = 0;
  eachAddressPart(text, (start, end) => {
    bare += text.slice(done, start) + ' '.repeat(end - start);
    done = end;
  });
  return done === 0 ? text : bare + text.slice(done);
}

/** Visits, from left to right, what of the text's addresses does not count. Linear in the length of the text. */
export function eachAddressPart(text: string, visit: (start: number, end: number) => void): void {
  let done = 0;
  let slash = text.indexOf('/');
  let www = text.indexOf(WWW);
  while (slash >= 0 || www >= 0) {
    const at = slash < 0 || (www >= 0 && www < slash) ? www : slash;
    const start = startOf(text, at, done);
    const end = start < 0 ? at + 1 : endOf(text, start, at);
    if (start >= 0) {
      visitParts(text.slice(start, end), start, visit);
      done = end;
    }
    if (slash >= 0 && slash < end) slash = text.indexOf('/', end);
    if (www >= 0 && www < end) www = text.indexOf(WWW, end);
  }
}

// Every address has a slash or this.
const WWW = 'www.';

const LONGEST_HOST = 253;
const HOST = /^(?:[a-z0-9-]+\.)+([a-z]{2,})(?::\d+)?$/i;
// Also with a blank or one slash too few, as they come.
const SCHEME = /(?:https?|ftp):\s?$/i;
const LONGEST_SCHEME = 7;

/** Where the address with that slash or `www.` begins, not before `from`; -1 when it is none. */
function startOf(text: string, at: number, from: number): number {
  const scheme = SCHEME.exec(text.slice(Math.max(from, at - LONGEST_SCHEME), at));
  if (scheme !== null) return /[/a-z0-9]/i.test(text[at + 1] ?? '') ? at - scheme[0].length : -1;
  let start = at;
  const first = Math.max(from, at - LONGEST_HOST);
  while (start > first && isHostCode(text.charCodeAt(start - 1))) start--;
  const host = text.slice(start, at);
  if (text[at] === 'w') return host === '' && /[a-z0-9]/i.test(text[at + WWW.length] ?? '') ? at : -1;
  const domain = HOST.exec(host)?.[1];
  return domain !== undefined && isTopDomain(domain) ? start : -1;
}

function isHostCode(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 45 && code <= 58 && code !== 47);
}

// Countries have two letters, and so have the endings of many file names: `Node.js/React` is no address.
const GENERIC: ReadonlySet<string> = new Set(
  (
    'com org net edu gov mil int info biz name app dev page pages cloud tech online site website blog wiki science academy ' +
    'design digital world space store xyz top club live network systems tools software studio codes build run team group ' +
    'foundation institute university health art bio earth games media news zone land link works report education finance'
  ).split(' '),
);
const ENDINGS: ReadonlySet<string> = new Set(
  'js ts py md rs sh pl hs ml vs al jl cc so mm rb go ps gz'.split(' '),
);

function isTopDomain(domain: string): boolean {
  return domain.length === 2 ? /^[a-z]{2}$/.test(domain) && !ENDINGS.has(domain) : GENERIC.has(domain);
}

/** The punctuation after an address is not part of it; nor is a closing bracket that was not opened in it. */
function endOf(text: string, start: number, at: number): number {
  let end = at;
  let open = 0;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code <= 32 || code > 126 || STOPS.has(code)) break;
    if (code === 40) open++;
    if (code === 41 && --open < 0) break;
  }
  while (end > start && /[.:!?'*_~-]/.test(text[end - 1])) end--;
  return end;
}

const STOPS: ReadonlySet<number> = new Set([...'<>"{}|\\^`[],;$'].map((sign) => sign.charCodeAt(0)));

const SECOND_SEGMENT = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[^/?#]+\/([^/?#]+)/i;
const HUGGING_FACE =
  /^(?:huggingface\.co|hf\.co)\/(?:(?:datasets|spaces)\/)?(?!(?:papers|blog|docs|collections|datasets|spaces)\/)[^/?#]+\/([^/?#]+)/i;
const PROJECT_PAGE = /^[a-z0-9-]+\.(?:github|gitlab)\.io\/([^/?#]+)/i;

/** Whether it is the address of a repository, whose name counts. */
export function isRepository(address: string): boolean {
  return repositoryAt(placeOf(address)) !== null;
}

function placeOf(address: string): string {
  return address.replace(/^(?:[a-z]+:\s?\/{1,2})?(?:www\.)?/i, '');
}

/** Up to the end of its name, and the name. */
function repositoryAt(place: string): RegExpExecArray | null {
  const found = SECOND_SEGMENT.exec(place) ?? HUGGING_FACE.exec(place) ?? PROJECT_PAGE.exec(place);
  return found === null || /\.html?$/i.test(found[1]) ? null : found;
}

function visitParts(address: string, at: number, visit: (start: number, end: number) => void): void {
  const place = placeOf(address);
  const found = repositoryAt(place);
  const end = at + address.length;
  if (found === null) {
    visit(at, end);
    return;
  }
  const start = end - place.length + found[0].length - found[1].length;
  visit(at, start);
  const nameEnd = start + found[1].replace(/\.git$/i, '').length;
  if (nameEnd < end) visit(nameEnd, end);
}
