/** A document without some of its elements, each the text of one; in its place stands `<NAME cut="INDEX"/>`. */
export type CutXml = { rest: string; parts: readonly string[] };

/**
 * Cuts the elements `name` out of a document, at `level` below its root (2: grandchildren), so that each can be read by
 * itself: one document of megabytes holds everybody up. What is not well formed inside a part stays there; outside of
 * them it stays in the rest, as does everything where a part has no end or a document type tells of other text.
 */
export function cutXml(xml: string, name: string, level: number): CutXml {
  const rest: string[] = [];
  const parts: string[] = [];
  let depth = 0;
  let kept = 0;
  for (let at = xml.indexOf('<'), end = 0; at >= 0; at = xml.indexOf('<', end)) {
    const isPart = depth === level && isTag(xml, at, `<${name}`);
    end = isPart ? endOfElement(xml, at, name) : endOfMarkup(xml, at);
    if (end < 0) break;
    if (!isPart) {
      depth += deeper(xml, at, end);
      continue;
    }
    rest.push(xml.slice(kept, at), `<${name} cut="${parts.length}"/>`);
    parts.push(xml.slice(at, end));
    kept = end;
  }
  return { rest: rest.join('') + xml.slice(kept), parts };
}

const isTag = (xml: string, at: number, start: string): boolean =>
  xml.startsWith(start, at) && /^[\s/>]/.test(xml.charAt(at + start.length));

/**
 * Behind the end tag of the element that begins at `at`; -1 when it has none. Other tags inside need no reading: no
 * attribute holds a `<`, and an author's bare one must not cost the next items.
 */
function endOfElement(xml: string, at: number, name: string): number {
  let open = 0;
  for (let next = at, end = 0; next >= 0; next = xml.indexOf('<', end)) {
    const closes = isTag(xml, next, `</${name}`);
    const isOwn = closes || isTag(xml, next, `<${name}`);
    end = isOwn ? endOfTag(xml, next) : (endOfText(xml, next) ?? next + 1);
    if (end < 0) return -1;
    if (isOwn) open += deeper(xml, next, end);
    if (open === 0) return end;
  }
  return -1;
}

/** Behind a tag, a comment or the like; -1 when it does not end, or declares something. */
function endOfMarkup(xml: string, at: number): number {
  return endOfText(xml, at) ?? (xml.startsWith('<!', at) ? -1 : endOfTag(xml, at));
}

const NO_TAGS_INSIDE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Behind what may hold anything that looks like a tag; null when there is no such thing, -1 when it does not end. */
function endOfText(xml: string, at: number): number | null {
  const found = NO_TAGS_INSIDE.find(([start]) => xml.startsWith(start, at));
  if (!found) return null;
  const [start, stop] = found;
  const end = xml.indexOf(stop, at + start.length);
  return end < 0 ? -1 : end + stop.length;
}

/** A value in quotes may hold a `>`. */
function endOfTag(xml: string, at: number): number {
  for (let next = at + 1; next < xml.length; next++) {
    const character = xml[next];
    if (character === '>') return next + 1;
    if (character !== '"' && character !== "'") continue;
    next = xml.indexOf(character, next + 1);
    if (next < 0) return -1;
  }
  return -1;
}

/** 1 for a start tag, -1 for an end tag, 0 for everything else. */
function deeper(xml: string, at: number, end: number): number {
  const first = xml[at + 1];
  if (first === '/') return -1;
  return first === '!' || first === '?' || xml[end - 2] === '/' ? 0 : 1;
}
