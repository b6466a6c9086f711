import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

// The parser's element types (TYPE of @formatjs/icu-messageformat-parser).
const ARGUMENT = 1;
const NUMBER = 2;
const DATE = 3;
const SELECT = 5;
const PLURAL = 6;

/** What each placeholder of a message takes, sorted by name. Throws where the message is malformed or counts with what it chooses by. */
export function placeholdersOf(message: string): Map<string, 'Value' | 'number' | 'string'> {
  const found = new Map<string, 'Value' | 'number' | 'string'>();
  const ast = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst();
  visit(ast, (name, type) => {
    const known = found.get(name) ?? type;
    // A name may be chosen by, or counted by, and shown too.
    if (known !== type && known !== 'Value' && type !== 'Value')
      throw new TypeError(`${name} is a ${known} and a ${type} in: ${message}`);
    found.set(name, known === 'Value' ? type : known);
  });
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function visit(
  elements: readonly Element[],
  note: (name: string, type: 'Value' | 'number' | 'string') => void,
): void {
  for (const element of elements) {
    if (element.type === ARGUMENT) note(element.value, 'Value');
    if (element.type === SELECT) note(element.value, 'string');
    if (element.type === PLURAL || element.type === NUMBER || element.type === DATE)
      note(element.value, 'number');
    if ('options' in element) for (const option of Object.values(element.options)) visit(option.value, note);
  }
}

/** The file placeholders.ts for these messages. */
export function writePlaceholders(messages: Readonly<Record<string, string>>): string {
  const lines = Object.entries(messages).map(([key, message]) => {
    const fields = [...placeholdersOf(message)].map(([name, type]) => `${name}: ${type}`);
    return `  '${key}': ${fields.length === 0 ? 'Record<string, never>' : `{ ${fields.join('; ')} }`};\n`;
  });
  const head = '// Written by `npm run wording` from en.json: what each sentence is said with.\n\n';
  return `${head}import type { Value } from './values.ts';\n\nexport type Placeholders = {\n${lines.join('')}};\n`;
}

/** The messages sorted by their names, as the file has them. */
export function sortedMessages(messages: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}
