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
  scope: Scope;
};

/** Prefix to namespace. */
export type Scope = ReadonlyMap<string, string>;

/**
 * The root element. Throws with line and column when `xml` is not well formed; control characters are forgiven. `scope`:
 * around a part of a document that is read by itself.
 */
export function parseElement(xml: string, scope: Scope = new Map()): Element {
  const root = parseXml(withoutControls(xml), { ignoreUndefinedEntities: true }).root;
  if (!root) throw new Error('the document is empty');
  return resolve(root, scope);
}

/** XML allows no control characters, authors paste them into abstracts: one paper must not cost the feed. */
export const withoutControls = (xml: string): string =>
  xml.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');

export const childrenNamed = (element: Element, name: string, namespace: string): Element[] =>
  element.children.filter((child) => child.name === name && child.namespace === namespace);

/** Text of the first child of that name; '' when there is none. */
export const textOf = (element: Element, name: string, namespace: string): string =>
  element.children.find((child) => child.name === name && child.namespace === namespace)?.text ?? '';

function resolve(element: XmlElement, outer: Scope): Element {
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
function scopeOf(element: XmlElement, outer: Scope): Scope {
  const declared = Object.entries(element.attributes).filter(([name]) => /^xmlns(:|$)/.test(name));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
}
