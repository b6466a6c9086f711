/**
 * A document without some of its elements, each the text of one; in its place stands `<NAME cut="INDEX"/>`. `isBroken`: the
 * document ends before its root does; what was under way then is left out, and the rest is closed.
 */
export type CutXml = { rest: string; parts: readonly string[]; isBroken: boolean };

/**
 * Cuts the elements `name` out of a document, at `level` below its root (2: grandchildren), so that each can be read by
 * itself: one document of megabytes holds everybody up. What is not well formed inside a part stays there, as does a part
 * without an end, which is closed; outside of them it stays in the rest, as does everything where a document type declares.
 * `mending`: end tags of nothing are left out there, and what was not closed ends with its parent or before the next part.
 */
export function cutXml(xml: string, name: string, level: number, mending = false): CutXml {
  const rest: string[] = [];
  const parts: string[] = [];
  const open: string[] = [];
  const hiding = lastEnds(xml);
  // Behind a part without an end, none is thought to hold others: each is looked through once.
  let mayNest = true;
  let kept = 0;
  const cut = (at: number, end: number, part: string): void => {
    rest.push(xml.slice(kept, at), `<${name} cut="${parts.length}"/>`);
    parts.push(part);
    kept = end;
  };
  const cutOff = (at: number): CutXml => ({
    rest: rest.join('') + xml.slice(kept, at) + endTags(open),
    parts,
    isBroken: true,
  });
  const closeDownTo = (depth: number, at: number): void => {
    rest.push(xml.slice(kept, at), endTags(open.splice(depth)));
    kept = at;
  };
  for (let at = xml.indexOf('<'), end = 0; at >= 0; at = xml.indexOf('<', end)) {
    if (mending && open.length > level && isTag(xml, at, `<${name}`)) closeDownTo(level, at);
    if (open.length === level && isTag(xml, at, `<${name}`)) {
      end = mayNest ? endOfElement(xml, at, name, hiding) : -1;
      if (end >= 0) {
        cut(at, end, xml.slice(at, end));
        continue;
      }
      mayNest = false;
      const next = endOfUnclosed(xml, at, { name, parent: open[open.length - 1], hiding });
      if (next === null) return cutOff(at);
      end = next.end;
      cut(at, end, xml.slice(at, end) + (next.isClosed ? '' : `</${name}>`));
      continue;
    }
    end = endOfMarkup(xml, at, hiding);
    if (end < 0) {
      if (xml.startsWith('<!DOCTYPE', at)) break;
      return cutOff(at);
    }
    const step = deeper(xml, at, end);
    const depth = mending && step < 0 ? open.lastIndexOf(tagName(xml, at + 1)) : open.length - 1;
    if (step > 0) open.push(tagName(xml, at));
    else if (step < 0 && depth < 0) {
      closeDownTo(open.length, at);
      kept = end;
    } else if (step < 0) {
      if (depth < open.length - 1) closeDownTo(depth + 1, at);
      open.pop();
    }
  }
  return open.length > 0
    ? cutOff(xml.length)
    : { rest: rest.join('') + xml.slice(kept), parts, isBroken: false };
}

const endTags = (open: readonly string[]): string =>
  open
    .map((parent) => `</${parent}>`)
    .reverse()
    .join('');

const isTag = (xml: string, at: number, start: string): boolean =>
  xml.startsWith(start, at) && /^[\s/>]/.test(xml.charAt(at + start.length));

function tagName(xml: string, at: number): string {
  let end = at + 1;
  while (end < xml.length && !/[\s/>]/.test(xml[end])) end++;
  return xml.slice(at + 1, end);
}

/**
 * Behind the end tag of the element that begins at `at`; -1 when it has none. Other tags inside need no reading: no
 * attribute holds a `<`, and an author's bare one must not cost the next items.
 */
function endOfElement(xml: string, at: number, name: string, hiding: LastEnds): number {
  let open = 0;
  for (let next = at, end = 0; next >= 0; next = xml.indexOf('<', end)) {
    const closes = isTag(xml, next, `</${name}`);
    const isOwn = closes || isTag(xml, next, `<${name}`);
    end = isOwn ? endOfTag(xml, next) : (endOfText(xml, next, hiding) ?? next + 1);
    if (end < 0) return -1;
    if (isOwn) open += deeper(xml, next, end);
    if (open === 0) return end;
  }
  return -1;
}

/**
 * Where an element ends that holds none of its own name: at its end tag, the next one's beginning or its parent's end. What
 * hides tags and never ends hides none.
 */
function endOfUnclosed(
  xml: string,
  at: number,
  { name, parent, hiding }: { name: string; parent: string; hiding: LastEnds },
): { end: number; isClosed: boolean } | null {
  for (let next = xml.indexOf('<', at + 1), end = 0; next >= 0; next = xml.indexOf('<', end)) {
    if (isTag(xml, next, `<${name}`) || isTag(xml, next, `</${parent}`))
      return { end: next, isClosed: false };
    const closes = isTag(xml, next, `</${name}`);
    end = closes ? endOfTag(xml, next) : Math.max(endOfText(xml, next, hiding) ?? 0, next + 1);
    if (end < 0) return null;
    if (closes) return { end, isClosed: true };
  }
  return null;
}

/** Behind a tag, a comment or the like; -1 when it does not end, or declares something. */
function endOfMarkup(xml: string, at: number, hiding: LastEnds): number {
  const behindText = endOfText(xml, at, hiding);
  if (behindText !== null) return behindText;
  const end = endOfTag(xml, at);
  // What a document type declares stands between square brackets.
  return xml.startsWith('<!', at) && xml.slice(at, end).includes('[') ? -1 : end;
}

const NO_TAGS_INSIDE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Where each of these ends for the last time: behind it nobody need look for an end. */
type LastEnds = readonly number[];
const lastEnds = (xml: string): LastEnds => NO_TAGS_INSIDE.map(([, stop]) => xml.lastIndexOf(stop));

/** Behind what may hold anything that looks like a tag; null when there is no such thing, -1 when it does not end. */
function endOfText(xml: string, at: number, hiding: LastEnds): number | null {
  const found = NO_TAGS_INSIDE.findIndex(([start]) => xml.startsWith(start, at));
  if (found < 0) return null;
  const [start, stop] = NO_TAGS_INSIDE[found];
  const from = at + start.length;
  return from > hiding[found] ? -1 : xml.indexOf(stop, from) + stop.length;
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
