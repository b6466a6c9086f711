import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { WordsError } from './command.ts';

/** An option with a value. */
export const TEXT_OPTION = { type: 'string' } as const;

/** `withFiles`: other words than options are files. */
type Others = { withFiles?: boolean };

/**
 * The options of a command line by name, and its files. Throws WordsError, which names the first word that is not
 * understood.
 */
export function readWords<const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
  { withFiles = false }: Others = {},
) {
  const problem = problemIn(args, options, withFiles);
  if (problem !== undefined) throw new WordsError(problem);
  return parseArgs({ args, options, allowPositionals: withFiles });
}

/** The one file that may be named; undefined when there is none. Throws WordsError for options and further words. */
export function fileArgument(args: string[]): string | undefined {
  const [file, ...more] = readWords(args, {}, { withFiles: true }).positionals;
  if (file === '') throw new WordsError('The name of the file is empty.');
  if (more.length > 0) throw new WordsError(notUnderstood(more[0]));
  return file;
}

/** Node tells of these in words of its own, which are for programmers and change with its version. */
function problemIn(args: string[], options: ParseArgsOptionsConfig, withFiles: boolean): string | undefined {
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const problems = tokens.map((token) => {
    if (token.kind === 'positional')
      return withFiles && token.value !== '-' ? null : notUnderstood(token.value);
    if (token.kind !== 'option') return null;
    const { name, rawName, value, inlineValue } = token;
    if (!Object.hasOwn(options, name)) return notUnderstood(rawName);
    if (
      !options[name].multiple &&
      tokens.some((one) => one.kind === 'option' && one.name === name && one.index < token.index)
    )
      return `${rawName} is given twice.`;
    if (options[name].type === 'boolean') return value === undefined ? null : `${rawName} takes no value.`;
    // `--limit --paper 1`: the value was forgotten.
    const isForgotten = value === undefined || (!inlineValue && /^-./.test(value));
    return isForgotten ? `${rawName} needs a value.` : null;
  });
  return problems.find((problem) => problem !== null);
}

const notUnderstood = (word: string): string => `${word} is not understood.`;
