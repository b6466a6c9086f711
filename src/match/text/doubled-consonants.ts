/**
 * Consonants doubled before an ending: `labelled`, `focussed`, `benefitted`. The doubling tells words apart where the
 * vowel before it is stressed (`filled` is not `filed`), so it goes only where a syllable before it has the stress.
 */

const DOUBLED =
  /ll(?:ed|ing|ings|ingly|er|ers|est|or|ors|ist|ists|ous|ously|ousness|able|ability)$|(?:mm|pp|tt)(?:ed|ing|ings|er|ers|able)$|ss(?:ed|es|ing|er|ers)$/;

// Any word in -l or -et; of other words those that are written both ways: `process` and `discuss`, `omit` and `crop` are not.
const WRITTEN_BOTH_WAYS =
  /(?:l|[^s]et|(?:cos|rus)set|(?:benef|prof|cred|ed|lim|orb|vis|hib|pos|aud|mer|her|ans|deb)it|(?:piv|ball|garr|parr|wainsc)ot|(?:com|wom)bat|format|caveat|ostat|(?:worsh|fellowsh|goss)ip|(?:kid|cat|dog|pet)nap|(?:chirr|hicc|titt|tit)up|(?:gall|gal|devel|envel|scall|wall)op|(?:foc|chor|cauc|nonpl)us|bias|gram)$/;

// Beginnings that leave the stress to what follows: `refilled` is no `refiled`. Latin ones too: `compelled`, `forgetting`.
const UNSTRESSED =
  /^(?:inter|in|im|under|un|up|re|pre|pro|per|be|de|dis|mis|over|out|non|ex|em|en|com|con|sub|trans|ad|al|ap|ac|oc|ab|fore|for|multi|anti|auto|back)(?=[^aeiouy]*[aeiouy])/;

const MOST_BEGINNINGS = 4;

// Words that only look as if they had such a beginning.
const ONE_PIECE: ReadonlySet<string> = new Set(
  'bevel revel devil devel peril profit combat program format transit interval debit'.split(' '),
);

const TWO_SYLLABLES = /[aeiouy][^aeiouy]+[aeiouy]|(?:[df]|gr|cr)uel$|ia[ls]$/;

// The second half of a compound keeps its own: `footballer`, `enrolled`, `landfilled`, `storytelling`.
const COMPOUND = /(?:[^m]bal|[^a]rol|fil|kil|wal|mil|[ehy]tel)$/;

/** The word with a single consonant where American spelling does not double it: `labelled` -> labeled. */
export function undoubled(word: string): string {
  if (!hasDouble(word)) return word;
  const doubled = DOUBLED.exec(word);
  if (doubled === null) return word;
  const base = word.slice(0, doubled.index + 1);
  if (!WRITTEN_BOTH_WAYS.test(base) || COMPOUND.test(base) || isStressedAtEnd(base)) return word;
  return base + word.slice(doubled.index + 2);
}

function hasDouble(word: string): boolean {
  for (let i = 4; i < word.length - 1; i++) if (word.charCodeAt(i) === word.charCodeAt(i - 1)) return true;
  return false;
}

function isStressedAtEnd(base: string): boolean {
  let rest = base;
  for (let beginnings = 0; TWO_SYLLABLES.test(rest); beginnings++) {
    if (beginnings === MOST_BEGINNINGS || ONE_PIECE.has(rest)) return false;
    const shorter = rest.replace(UNSTRESSED, '');
    if (shorter === rest) return false;
    rest = shorter;
  }
  return true;
}
