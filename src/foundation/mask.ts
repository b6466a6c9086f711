/**
 * Secrets inside texts of others: error messages, addresses, Discord's own words. Their shapes are known here; the values
 * of this process' own secrets are known to `createMask`'s caller.
 */
type Shape = readonly [found: RegExp, shown: string | ((found: string) => string)];

const SHAPES: readonly Shape[] = [
  // Discord's routes carry the token of an interaction or a webhook.
  [/\/(webhooks|interactions)\/\S*/gi, '/$1/…'],
  // `://name:password@host`; a password may hold slashes and further @.
  [/:\/\/\S*/g, withoutUser],
  [
    /(authorization|token|secret|passw(?:or)?d|pwd|api[_-]?key|cookie|signature|credentials?)(["']?\s{0,3}[=:]\s{0,3}["']?)((?:bot|bearer|basic)\s{1,3})?[^\s&"',;}]+/gi,
    '$1$2$3…',
  ],
  [/([?&][\w-]{0,20}(?:key|sig|code|auth|hash|sid|pass)=)[^\s&#"']+/gi, '$1…'],
  [/\b(bot|bearer|basic)(\s{1,3})[\w.~+/=-]{16,}/gi, '$1$2…'],
  [/\b(hf|api_org)_\w{4,}/g, '$1_…'],
  // An interaction's token is base64 of `interaction:...`.
  [/aW50ZXJhY3Rpb24[\w+/=-]*/g, '…'],
  [/[\w.-]+/g, maskedWord],
];

/** The text without what has the shape of a secret. */
export function masked(text: string): string {
  return SHAPES.reduce(
    (rest, [found, shown]) =>
      typeof shown === 'string' ? rest.replace(found, shown) : rest.replace(found, (word) => shown(word)),
    text,
  );
}

function withoutUser(address: string): string {
  return `://${address.slice(Math.max('://'.length, address.lastIndexOf('@') + 1))}`;
}

/** No word and no id is as long; digests, in small letters, stand in names of folders. */
const isToken = (part: string): boolean => part.length >= 40 && /[A-Z]/.test(part);

/** A bot's token has three parts: its id, an instant, a signature. */
function maskedWord(word: string): string {
  const parts = word.split('.');
  const isBotToken = parts.some(
    ({ length }, at) => length >= 18 && parts[at + 1]?.length >= 5 && parts[at + 2]?.length >= 20,
  );
  return isBotToken ? '…' : parts.map((part) => (isToken(part) ? '…' : part)).join('.');
}

/** No more than `most` characters, in whole words: the half of a secret has its shape no more. */
export function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, text.slice(0, most).lastIndexOf(' ') + 1)}…`;
}

/** Shorter ones would blot out ordinary words. */
const SHORTEST_SECRET = 8;

/** Blots these values out wherever they stand in a text, also inside JSON and addresses. */
export function createMask(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, '…'), text);
}
