import { markdownEngine, rules as theirs } from '@odiffey/discord-markdown';
import { isAddress, maskedLinkAt } from './masked-link.ts';

/*
 * Discord's markdown by @odiffey/discord-markdown's engine. Rules of ours stand where its own differ from Discord's client
 * or take their time: lines that begin after a list or a quote, subcommands, other time marks, addresses with brackets,
 * what is no id, and nesting without end.
 */

/** `field`: an embed's, without headings. `title`: marks, code, times and channels within a line, and no links. */
export type MarkdownKind = 'whole' | 'field' | 'title';

/** One node of the engine's tree; which of these are there says its type. */
export type MarkdownNode = {
  type: string;
  content?: string | MarkdownNode[];
  items?: MarkdownNode[][];
  ordered?: boolean;
  start?: number;
  level?: number;
  target?: string;
  title?: string | null;
  lang?: string;
  id?: string;
  name?: string;
  seconds?: number;
  style?: string;
};

type Rule = Parameters<typeof markdownEngine.parserFor>[0][string];
type Rules = Record<string, Rule>;
type State = Parameters<Rule['match']>[1];
type Capture = NonNullable<ReturnType<Rule['match']>>;

/** As deep as marks, lists and quotes are read into each other; what is deeper stays as it was typed. */
const DEEPEST = 10;

/** What stood before, for a text that begins within a line. */
const WITHIN_A_LINE: Capture = [' '];

const orders = markdownEngine.defaultRules;

const TITLE_RULES: Rules = {
  em: nesting(theirs.em),
  strong: nesting(theirs.strong),
  u: nesting(theirs.u),
  strike: nesting(theirs.strike),
  spoiler: nesting(theirs.spoiler),
  escape: theirs.escape,
  emoticon: theirs.emoticon,
  inlineCode: {
    order: orders.inlineCode.order,
    match: inlineCodeAt,
    parse: ([, content]) => ({ content }),
  },
  discordEmoji: theirs.discordEmoji,
  channel: mention(/^<#(\d+)>/),
  time: {
    order: orders.strong.order,
    match: (source) => /^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/.exec(source),
    parse: ([, seconds, style]) => ({ seconds: Number(seconds), style: style ?? 'f' }),
  },
  text: {
    order: orders.text.order,
    // Up to the next sign that may begin something.
    match: (source) => /^[\s\S](?:[^\\<@*_~`|[\nh¯]|h(?!ttps?:))*/.exec(source),
    parse: ([content]) => ({ content }),
  },
};

const FIELD_RULES: Rules = {
  ...TITLE_RULES,
  br: theirs.br,
  user: mention(/^<@!?(\d+)>/),
  role: mention(/^<@&(\d+)>/),
  everyone: {
    order: orders.strong.order,
    match: (source) => /^@(?:everyone|here)/.exec(source),
    parse: ([name]) => ({ name: name.slice(1) }),
  },
  command: {
    order: orders.strong.order,
    match: (source) =>
      /^<\/([-\w\p{L}\p{M}\p{N}]{1,32}(?: [-\w\p{L}\p{M}\p{N}]{1,32}){0,2}):(\d+)>/u.exec(source),
    parse: ([, name, id]) => ({ name, id }),
  },
  autolink: {
    order: orders.autolink.order,
    match: autolinkAt,
    parse: ([, address]) => ({ type: 'address', content: address }),
  },
  address: {
    order: orders.url.order,
    match: addressAt,
    parse: ([address]) => ({ content: address }),
  },
  link: {
    order: orders.link.order,
    match: linkAt,
    parse: ([, label, target, title], parse, state) => ({
      content: parse(label, { ...state, prevCapture: WITHIN_A_LINE }),
      target,
      title: title === '' ? null : title,
    }),
  },
  codeBlock: {
    order: orders.codeBlock.order,
    match: codeBlockAt,
    parse: ([, lang, content]) => ({ lang, content }),
  },
  list: nesting(theirs.list, null),
  blockQuote: nesting(theirs.blockQuote, null),
  small: lineRule(/^-# ([^\n]+)(?:\n|$)/),
};

const WHOLE_RULES: Rules = { ...FIELD_RULES, heading: lineRule(/^(#{1,3}) ([^\n]+)(?:\n|$)/) };

const PARSERS = {
  whole: markdownEngine.parserFor(WHOLE_RULES),
  field: markdownEngine.parserFor(FIELD_RULES),
  title: markdownEngine.parserFor(TITLE_RULES),
} as const;

/** Reads Discord's markdown. Never throws, whatever somebody typed. */
export function parseMarkdown(source: string, kind: MarkdownKind): MarkdownNode[] {
  return PARSERS[kind](source, { inline: true });
}

/** A rule of theirs that reads what stands in it, which begins a line (null) or stands within one. */
function nesting(rule: Rule, before: Capture | null = WITHIN_A_LINE): Rule {
  return {
    ...rule,
    match: (source, state, previous) =>
      depthOf(state) < DEEPEST ? rule.match(source, state, previous) : null,
    parse: (capture, parse, state) => {
      const deeper = (inner: string, given?: State | null) =>
        parse(inner, { ...(given ?? state), depth: depthOf(state) + 1, prevCapture: before });
      return rule.parse(capture, deeper, state);
    },
  };
}

function depthOf(state: State): number {
  return typeof state.depth === 'number' ? state.depth : 0;
}

/** What takes a whole line: its last group is the line's text, another its signs. */
function lineRule(line: RegExp): Rule {
  return {
    order: orders.heading.order,
    match: (source, _state, previous) => {
      if (!/^$|\n *$/.test(previous)) return null;
      const found = line.exec(source);
      return found && found.at(-1)?.trim() !== '' ? found : null;
    },
    parse: (capture, parse, state) => ({
      level: capture[1].length,
      content: parse(String(capture.at(-1)).trim(), { ...state, prevCapture: WITHIN_A_LINE }),
    }),
  };
}

function mention(pattern: RegExp): Rule {
  return {
    order: orders.strong.order,
    match: (source) => pattern.exec(source),
    parse: ([, id]) => ({ id }),
  };
}

function autolinkAt(source: string): Capture | null {
  const found = /^<(https?:\/\/[^\s<>]+)>/.exec(source);
  return found && isAddress(found[1]) ? found : null;
}

/** Signs that end a sentence belong to it, and so does a bracket that the address did not open. */
function addressAt(source: string): Capture | null {
  const found = /^https?:\/\/[^\s<]+/.exec(source);
  if (!found) return null;
  let address = found[0];
  while (/[.,:;"'\]]$/.test(address) || (address.endsWith(')') && closesMore(address)))
    address = address.slice(0, -1);
  return isAddress(address) ? [address] : null;
}

function closesMore(address: string): boolean {
  return address.split(')').length > address.split('(').length;
}

function linkAt(source: string): Capture | null {
  const link = maskedLinkAt(source);
  return link && [source.slice(0, link.length), link.label, link.href, link.title ?? ''];
}

/** As many backticks close it as have opened it. */
function inlineCodeAt(source: string): Capture | null {
  const fence = /^`*/.exec(source)?.[0] ?? '';
  if (fence === '') return null;
  for (let from = fence.length, run = 0; from < source.length; from += run) {
    const start = source.indexOf('`', from);
    if (start < 0) return null;
    run = 0;
    while (source[start + run] === '`') run++;
    from = start;
    if (run === fence.length)
      return [source.slice(0, start + run), withoutPadding(source.slice(fence.length, start))];
  }
  return null;
}

/** A space keeps a backtick off the fence, and is no part of the code. */
function withoutPadding(code: string): string {
  const start = /^ +`/.test(code) ? 1 : 0;
  const end = /` +$/.test(code) ? -1 : undefined;
  return code.slice(start, end);
}

/** The line's end behind it is the block's own. */
function codeBlockAt(source: string): Capture | null {
  if (!source.startsWith('```')) return null;
  const end = source.indexOf('```', 3);
  const inside = source.slice(3, end);
  if (end < 0 || inside.trim() === '') return null;
  const language = /^([\w+\-.#]+)\n/.exec(inside)?.[1] ?? '';
  const hasCode = inside.slice(language.length).trim() !== '';
  const whole = source.slice(0, source[end + 3] === '\n' ? end + 4 : end + 3);
  const code = hasCode ? inside.slice(language.length) : inside;
  return [whole, hasCode ? language : '', withoutOuterLines(code)];
}

function withoutOuterLines(code: string): string {
  let [start, end] = [0, code.length];
  while (code[start] === '\n') start++;
  while (end > start && code[end - 1] === '\n') end--;
  return code.slice(start, end);
}
