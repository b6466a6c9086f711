import type { Choice } from './command.ts';

const WHEN = ['as it happens', 'daily', 'weekly', 'weekly monday', 'weekly friday'];
const BEST = ['best {n} a day', 'best {n} a week'];
const WHATS = [
  'newly trending',
  'all new',
  ...counted(BEST, '5'),
  ...counted(BEST, '3'),
  ...counted(BEST, '10'),
];
const ABOUT = ['about {n} a day'];
const SENSITIVITIES = [
  ...['balanced', 'strict', 'early', 'everything rising'],
  ...['1', '3', '5', '10'].flatMap((n) => counted(ABOUT, n)),
];

/** What is proposed for an option that takes one of a few values, or a number in them. */
export function proposeValues(option: string, text: string): readonly Choice[] {
  if (option === 'when') return fixed(WHEN, text);
  return option === 'what' ? withCount(WHATS, BEST, text) : withCount(SENSITIVITIES, ABOUT, text);
}

/** As they are typed. */
export const TYPED = {
  allNew: WHATS[1],
  trending: WHATS[0],
  bestThree: counted(BEST, '3')[0],
  sensitivities: new Map([
    ['balanced', SENSITIVITIES[0]],
    ['sure', SENSITIVITIES[1]],
    ['early', SENSITIVITIES[2]],
    ['wide', SENSITIVITIES[3]],
  ]),
} as const;

function counted(patterns: readonly string[], n: string): string[] {
  return patterns.map((pattern) => pattern.replace('{n}', n));
}

/** Any number that is typed is offered in the words that take one. */
function withCount(values: readonly string[], patterns: readonly string[], text: string) {
  const [n] = /\d{1,2}/.exec(text) ?? [];
  if (n === undefined || Number(n) === 0) return fixed(values, text);
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const own = counted(patterns, String(Number(n)));
  const fitting = own.filter((value) => value.includes(words));
  return fixed(fitting.length > 0 ? fitting : own, '');
}

function fixed(values: readonly string[], text: string) {
  const wanted = text.trim().toLowerCase();
  return values.filter((value) => value.includes(wanted)).map((value) => ({ name: value, value }));
}
