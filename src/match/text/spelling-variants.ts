/**
 * British spellings are read as American ones. Words come lower-case and without accents.
 * A rule that turns a word into a non-word does no harm as long as no other word is spelt that way: the filter's words
 * go through the same rules. Where the doubled letter is American (`fulfill`), the single one is kept for both.
 */
import { undoubled } from './doubled-consonants.ts';
import { ELSEWHERE, WHOLE, WITH_AE, WITH_OE, WITH_OU } from './spelling-tables.ts';
import { isPluralInIses } from './words-in-s.ts';

/** The American spelling of a folded word; words that have only one spelling come back as they are. Pure. */
export function american(word: string): string {
  return WHOLE.get(word) ?? byRules(word);
}

/** Whether `american` changes the word or a beginning or an end of it: false is certain. */
export function mayBeRespelled(word: string): boolean {
  return MAY_END.test(word) || ANY_WHOLE.test(word) || americanInside(word) !== word;
}

function byRules(word: string): string {
  if (word.length < 4) return word;
  return americanEnding(undoubled(americanInside(word)));
}

type Replacing = { letters: string; stems: ReadonlyMap<string, string>; any: RegExp };

// Stems count wherever they stand in a word (`neighbourhood`, `multicolour`); `letters` is a quick first test.
const INSIDE: readonly Replacing[] = [
  replacing('ou', WITH_OU),
  replacing('ae', WITH_AE),
  replacing('oe', WITH_OE),
  replacing('', ELSEWHERE),
];

function replacing(letters: string, stems: readonly (readonly [string, string])[]): Replacing {
  return { letters, stems: new Map(stems), any: new RegExp(stems.map(([stem]) => stem).join('|'), 'g') };
}

function americanInside(word: string): string {
  let read = word;
  for (const { letters, stems, any } of INSIDE) {
    if (read.includes(letters)) read = read.replace(any, (stem) => stems.get(stem) ?? stem);
  }
  return read;
}

type Ending = {
  letters: string;
  spelt: RegExp;
  inAmerica: (match: string, stem: string, ending: string) => string;
};

const joined: Ending['inAmerica'] = (_, stem, ending) => stem + ending;

const ENDINGS: readonly Ending[] = [
  // `acre`, `genre`, `timbre`, `massacre`, `ogre` have no other spelling.
  {
    letters: 'r',
    spelt:
      /(cent|fib|lit|met|theat|calib|lust|meag|somb|spect|sab|goit|mit|och|accout|reconnoit|sepulch|saltpet|nit|tit|philt|louv|scept|diopt|cadast|piast|bist|maneuv)r(e|es|ed|er|ers|ing|ings)$/,
    inAmerica: (_, stem, ending) => `${stem}er${withoutMuteE(ending)}`,
  },
  {
    letters: 're',
    spelt: /(cent|fib|theat|lust|somb|meag|mit|accout)re(?=[bfghlmnpstw])/,
    inAmerica: (_, stem) => `${stem}er`,
  },
  // `vogue`, `rogue`, `eclogue` have no other spelling.
  {
    letters: 'ogu',
    spelt: /([aeiou]log|agog)u(e|es|ed|er|ers|ing|ings|ist|ists|ise|ised|ising|ize|ized|izing)$/,
    inAmerica: (_, stem, ending) => stem + withoutMuteE(ending),
  },
  { letters: 'ae', spelt: /([a-z])a(ea|eal|ean|eans|eas|eum|eums)$/, inAmerica: joined },
  { letters: 't', spelt: /(learn|burn|dream|leap|spoil)(t)$/, inAmerica: (_, stem) => `${stem}ed` },
  // Not -lyses: the plural of -lysis.
  {
    letters: 'lys',
    spelt: /([ao]ly)s(e|ed|er|ers|ing|ingly|able|ability|ate|ates|ation|ations)$/,
    inAmerica: (_, stem, ending) => `${stem}z${ending}`,
  },
  { letters: 'eing', spelt: /(ag|u)e(ing)$/, inAmerica: joined },
  {
    letters: 'eab',
    spelt: /([bdfknprstvz]|[^l]l|[^r]m)e(able|ably|ability)$/,
    inAmerica: joined,
  },
  // The double l is America's.
  {
    letters: 'll',
    spelt: /((?:fulfi|enro|disti|insti|enthra|appa|insta)l)l(s?)$/,
    inAmerica: joined,
  },
  { letters: 'disc', spelt: /(dis)c(s?)$/, inAmerica: (_, stem, ending) => `${stem}k${ending}` },
  { letters: 'e', spelt: /(neuron(?=e)|gram(?=m))m?e(s?)$/, inAmerica: joined },
  {
    letters: 'is',
    spelt:
      /^([a-z\d]{3,}[a-z]|ion|iod)is(e|es|ed|edly|er|ers|ing|ings|ingly|ation|ations|ational|ationally|able|ability|abilities|ably|ement|ements)$/,
    inAmerica: (word, stem, ending) =>
      ALWAYS_S.test(stem) || isPluralInIses(word) ? word : `${stem}iz${ending}`,
  },
];

// What stands before an -ise that is spelt with s on both sides of the ocean.
const ALWAYS_S =
  /(?:superv|improv|telev|exerc|prec|conc|circumc|prom|compr|prem|enterpr|surpr|sunr|repr|appr|expert|advert|treat|parad|merchand|franch|desp|chem|w|(?<!mem|zer|her|ghett)o|a|[^q]u)$/;

// What ENDINGS and `undoubled` look for, wherever it stands: a new ending belongs in here, too.
const MAY_END =
  /[tbhpgvc]r(?:e|ing)|gu[ei]|ae[aeu]|(?:learn|burn|dream|leap|spoil)t|lys[eia]|[gu]eing|eab[li]|(?:fulfi|enro|disti|insti|enthra|appa|insta)ll|neurone|gramme|is[eia]|disc|(?:ll|mm|pp|tt|ss)[eioa]/;
const ANY_WHOLE = new RegExp([...WHOLE.keys()].join('|'));

function americanEnding(word: string): string {
  let read = word;
  for (const { letters, spelt, inAmerica } of ENDINGS) {
    if (read.includes(letters)) read = read.replace(spelt, inAmerica);
  }
  return read;
}

function withoutMuteE(ending: string): string {
  return ending === 'e' || ending === 'es' ? ending.slice(1) : ending;
}

// Endings that decide how the letters before them are spelt; a prefix may stop anywhere in them.
const TAILS = new Set(
  'ed er est ing ingly or ist ous able ability ation ational re e ement'
    .split(' ')
    .flatMap((ending) => Array.from(ending, (_, at) => ending.slice(at))),
);

// Where a prefix may stop at the first letter of ae or oe: `leuka`, `gastro`. Elsewhere that letter tells too little.
const WITHIN_WORDS = /^(?:aemi[ac]|aesth|oedem|oestr|oesoph)$/;
// From here on a beginning tells enough.
const TELLING = /^(?:[ao]e|oo|...)/;

// British beginnings of the stems, as far as they differ from America's -> what may complete them.
const COMPLETIONS: ReadonlyMap<string, readonly string[]> = completions(
  [WITH_OU, WITH_AE, WITH_OE, ELSEWHERE].flat(),
);

/**
 * Beginnings, in American spelling, of the words that begin with this folded prefix in either spelling; the prefix itself
 * first, unless a shorter one covers it. `behaviou` -> behaviou, behavior; `centr` -> centr, center; `labell` -> labell,
 * labeled, labeling ...
 */
export function prefixSpellings(prefix: string): readonly string[] {
  const found = new Set([prefix, american(prefix)]);
  const begun = americanInside(prefix);
  for (const tail of TAILS) found.add(beginning(begun, tail));
  for (let length = 1; length <= prefix.length; length++) {
    for (const rest of COMPLETIONS.get(prefix.slice(-length)) ?? []) found.add(byRules(prefix + rest));
  }
  return [...found].filter((one) => ![...found].some((other) => other !== one && one.startsWith(other)));
}

// Enough of the tail stays to tell `labeled` from `label`, and `modable` from `modal`.
function beginning(begun: string, tail: string): string {
  const word = americanEnding(undoubled(begun + tail));
  return word.endsWith(tail) && tail.length > 3 ? word.slice(0, 3 - tail.length) : word;
}

function completions(stems: readonly (readonly [string, string])[]): Map<string, string[]> {
  const byBeginning = new Map<string, string[]>();
  for (const [british, inAmerica] of stems) {
    for (let length = 1; length < british.length; length++) {
      const begun = british.slice(0, length);
      const tells = TELLING.test(begun)
        ? !inAmerica.startsWith(begun)
        : WITHIN_WORDS.test(british) && length === 1;
      if (tells) byBeginning.set(begun, [...(byBeginning.get(begun) ?? []), british.slice(length)]);
    }
  }
  return byBeginning;
}
