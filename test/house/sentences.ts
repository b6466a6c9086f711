import { parseSync } from 'vite';

/** A text in code that reads as words for people; `line` from 1. */
export type Sentence = { line: number; text: string };

/** Part of the syntax tree of a file (https://github.com/estree/estree, with TypeScript's). */
type Node = Readonly<Record<string, unknown>> & { type: string; start: number };

/** Where a part stands. `field`: of which it is the value; `isTop`: in no function; `isListed`: in an array there. */
type Place = { field: string; isTop: boolean; isListed: boolean };

/** The texts in a file's code that read as words for people, but for those whose place says that no member reads them. */
export function sentencesIn(file: string, code: string): Sentence[] {
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0].message}`);
  const found: Sentence[] = [];
  visit(program, { field: '', isTop: true, isListed: false }, (node, place) => {
    const text = textOf(node);
    if (text === null || !isForPeople(text, place)) return;
    found.push({ line: code.slice(0, node.start).split('\n').length, text });
  });
  return found;
}

function isForPeople(text: string, { field, isTop, isListed }: Place): boolean {
  if (SQL.test(text) || FILTER.test(text)) return false;
  // By such lists is read what members write.
  if (isTop && isListed && /^[^\p{Lu}]*$/u.test(text) && !/[.!?…]$/.test(text)) return false;
  return (LABELS.has(field) ? /\p{L}{2}/u : WORDS).test(text);
}

/** Two words with a blank between them, a value and a word, or a word that ends like a sentence. */
const WORDS = /\p{L}[,;:.…’”")\]]* ["“(‘]*\p{L}|\{\} \p{L}{2}|\p{L}{2}[:,]? \{\}|^\p{Lu}\p{L}+[.!?…]$/u;

/** Fields of what is sent to Discord that people read. */
const LABELS = new Set(['label', 'placeholder', 'title']);

/** A statement or a part of one: its own words are in capitals, and it compares. */
const SQL =
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|PRAGMA|VACUUM|BEGIN|ATTACH)\b|\b(?:WHERE|NULL|BETWEEN|EXISTS|ORDER BY|LIMIT|AS|LIKE|GLOB|COLUMN)\b|\w [=<>]{1,2} (?:[?']|\{\}|\w+\.)/;

/** The filter language is the same in every language. */
const FILTER = /^[^.]*\b(?:OR|NOT)\b[^.]*$|^-?[a-z]+:["\w]/;

function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateLiteral') return null;
  return nodesIn(node.quasis)
    .map(({ value }) => (isRecord(value) ? String(value.cooked) : ''))
    .join('{}');
}

type Found = (node: Node, place: Place) => void;

function visit(part: unknown, place: Place, found: Found): void {
  if (Array.isArray(part)) for (const one of part) visit(one, place, found);
  if (!isNode(part) || isForNobody(part)) return;
  found(part, place);
  const inside = {
    field: '',
    isTop: place.isTop && !/Function|ClassBody/.test(part.type),
    isListed: place.isListed || part.type === 'ArrayExpression',
  };
  for (const [name, value] of Object.entries(part)) {
    if (isUnread(part, name)) continue;
    visit(value, name === 'value' ? { ...inside, field: nameOf(part.key) } : inside, found);
  }
}

/** What of a node is never shown: names of fields, what is compared with, where a module comes from. */
function isUnread(node: Node, part: string): boolean {
  if (part === 'key') return node.computed !== true;
  if (node.type === 'SwitchCase') return part === 'test';
  if (node.type === 'MemberExpression') return part === 'property';
  return part === 'source' || (part === 'value' && KINDS.has(nameOf(node.key)));
}

/** Fields that tell one thing from another, in code alone. */
const KINDS = new Set(['kind', 'type', 'limit', 'state', 'by', 'bucket', 'subject']);

function isForNobody(node: Node): boolean {
  switch (node.type) {
    case 'BinaryExpression':
      return COMPARISONS.has(String(node.operator));
    case 'CallExpression':
      return isCallForNobody(node);
    case 'NewExpression':
      // Errors for people are made of the name of a sentence; the others are for the operator.
      return /(?:Error|NoAnswer|RegExp|Gauge)$/.test(nameOf(node.callee));
    default:
      return node.type.startsWith('TS') && !('expression' in node);
  }
}

const COMPARISONS = new Set(['===', '!==', 'in', 'instanceof']);

function isCallForNobody({ callee }: Node): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'Super') return true;
  if (callee.type !== 'MemberExpression') return OF_OPERATORS.has(nameOf(callee));
  return /^#?log$/i.test(nameOf(callee.object)) || OF_METHODS.has(nameOf(callee));
}

/** Functions that are told what the log says: of jobs, of figures, of what was cut to fit. */
const OF_OPERATORS = new Set([
  ...['contain', 'deal', 'settled', 'failed', 'gauge'],
  ...['fitText', 'fitAddress', 'fitList', 'isLeftOut'],
]);

/** SQL; lists of words that are read; what zod tells the operator; why something was given up. */
const OF_METHODS = new Set([
  ...['get', 'all', 'run', 'exec', 'prepare', 'split'],
  ...['refine', 'describe', 'addIssue', 'abort', 'startsWith'],
]);

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return nameOf(node.property);
  return typeof node.name === 'string' ? node.name : String(node.value ?? '');
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isNode = (value: unknown): value is Node => isRecord(value) && typeof value.type === 'string';

const nodesIn = (list: unknown): readonly Node[] => (Array.isArray(list) ? list.filter(isNode) : []);
