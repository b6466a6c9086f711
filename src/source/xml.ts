import { parseXml, XmlElement } from '@rgrove/parse-xml';

/** An XML element with its name resolved: prefixes are the sender's choice, namespaces are not. */
export type Element = {
  namespace: string;
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Text of this element and all inside it, put together when asked for. */
  readonly text: string;
  children: readonly Element[];
  /** In force inside of it. */
  scope: Namespaces;
};

/** Prefix to namespace. */
export type Namespaces = ReadonlyMap<string, string>;

/**
 * The root element. Throws with line and column when `xml` is not well formed; control characters, and what an author
 * typed bare, are forgiven. `scope`: around a part of a document that is read by itself.
 */
export function parseElement(xml: string, scope: Namespaces = new Map()): Element {
  const clean = withoutControls(xml);
  const root = parse(clean) ?? parseXml(mended(clean), OPTIONS).root;
  if (!root) throw new Error('the document is empty');
  return resolve(root, scope);
}

const OPTIONS = { ignoreUndefinedEntities: true };

/** Null when it is not well formed. */
function parse(xml: string): XmlElement | null {
  try {
    return parseXml(xml, OPTIONS).root;
  } catch {
    return null;
  }
}

/** What somebody forgot to write as a reference: a bare `&`, `<` or `]]>`; and references to what may be no character. */
const BARE = /&(?:#(?:\d{1,7}|[xX][\da-fA-F]{1,6});|[A-Za-z]\w{0,40};)?|<(?![A-Za-z_/!?])|]]>/g;

/** As its writer meant it. What stands in CDATA needs no mending. */
function mended(xml: string): string {
  const parts: string[] = [];
  for (let at = 0; at < xml.length; ) {
    const start = xml.indexOf('<![CDATA[', at);
    const end = start < 0 ? -1 : xml.indexOf(CDATA_END, start);
    parts.push(xml.slice(at, end < 0 ? undefined : start).replace(BARE, mend));
    if (end < 0) break;
    parts.push(xml.slice(start, end + CDATA_END.length));
    at = end + CDATA_END.length;
  }
  return parts.join('');
}

function mend(found: string): string {
  if (found === '<') return '&lt;';
  if (found === '&') return '&amp;';
  if (found === ']]>') return ']]&gt;';
  if (!found.startsWith('&#')) return found;
  const code = /[xX]/.test(found[2]) ? Number.parseInt(found.slice(3), 16) : Number(found.slice(2, -1));
  return isCharacter(code) ? found : '';
}

const CDATA_END = ']]>';

const isCharacter = (code: number): boolean =>
  [0x9, 0xa, 0xd].includes(code) ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/** XML allows no control characters, authors paste them into abstracts: one paper must not cost the feed. */
export const withoutControls = (xml: string): string =>
  xml.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');

export const childrenNamed = (element: Element, name: string, namespace: string): Element[] =>
  element.children.filter((child) => child.name === name && child.namespace === namespace);

/** Text of the first child of that name; '' when there is none. */
export const textOf = (element: Element, name: string, namespace: string): string =>
  element.children.find((child) => child.name === name && child.namespace === namespace)?.text ?? '';

function resolve(element: XmlElement, outer: Namespaces): Element {
  const scope = scopeOf(element, outer);
  const colon = element.name.indexOf(':');
  const prefix = colon < 0 ? '' : element.name.slice(0, colon);
  return {
    namespace: scope.get(prefix) ?? '',
    name: element.name.slice(colon + 1),
    attributes: element.attributes,
    get text() {
      return element.text;
    },
    children: element.children
      .filter((child) => child instanceof XmlElement)
      .map((child) => resolve(child, scope)),
    scope,
  };
}

/** As in force inside `element` (Namespaces in XML 1.0, section 6). */
function scopeOf(element: XmlElement, outer: Namespaces): Namespaces {
  const declared = Object.entries(element.attributes).filter(([name]) => /^xmlns(:|$)/.test(name));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
}
