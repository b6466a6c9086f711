import { isBeginning } from './word-beginnings.ts';
import { wordList } from './word-list.ts';

/** Nouns that end in s in the singular, besides those in -ss, most of those in -us, and those in -sis, -tis and -xis. */
const NOUNS = wordList(`
bias gas biogas syngas alias atlas canvas chaos cosmos ethos pathos bathos mythos topos tholos kudos
summons gallows forceps biceps triceps quadriceps cyclops thermos asbestos rhinoceros sassafras pancreas pampas iris aegis
ambergris amaryllis aphis ibis orchis caddis cannabis chamois chassis chrysalis clevis clitoris cullis debris dermis epidermis
hypodermis ephemeris epididymis haggis hubris marquis mavis pelvis penis portcullis proboscis pubis syphilis tennis trellis mantis
glottis clematis vermis verdigris christmas molasses series species herpes rickets bourgeois torticollis
`);

/** Other words that end in s and are no plural. */
const NATURAL = wordList(`
this its his hers ours yours theirs does goes yes always perhaps across whereas versus besides
sometimes overseas nowadays whereabouts
debias unbias eros corps avis ovis naris rachis
metropolis necropolis acropolis
diabetes rabies scabies caries measles mumps
subspecies timeseries miniseries congeries facies
mars texas kansas arkansas vegas paris athens wales algiers brussels cannes naples dallas honduras bahamas barbados laos lagos
caracas illinois tunis memphis ganges andes flanders massachusetts versailles
james thomas lucas nicolas nicholas judas moses charles jules douglas silas elias tobias mathias matthias carlos marcos dickens
descartes archimedes socrates pythagoras thales hobbes keynes holmes bayes stokes hawkes gibbs jones harris boris chris davis
dennis denis elvis ellis francis jarvis kris lewis louis loris morris norris osiris anubis artemis willis travis doris hermes
hercules hades ares aries ceres midas
kubernetes postgres keras cerebras macos centos
`);
// Also at the end of longer words: `metalens`, `fakenews`.
const NATURAL_ENDINGS = ['lens', 'news', 'polis'];
const LIKE_NATURAL_ENDINGS = wordList('flens glens pollens woolens magdalens renews sinews');

// What ends in -us is a plural of -u only here.
const PLURALS_IN_US = wordList(`
apus babus bantus bayous beaus bijous cachous caribous catechus coypus ecus emus fichus flus fondus fugus gnus grugrus gurus
haikus
hindus jabirus saddhus sadhus seppukus iglus imus impromptus ipus jiujitsus jujitsus jujus ninjutsus kinkajous kudus kudzus
landaus luaus lulus manchus marabous menus miaous muumuus
ormolus parvenus pilaus quipus shiatsus snafus submenus sudokus tabus tegus thous tiramisus tofus tutus zebus zulus
`);
const PLURAL_ENDINGS_IN_US = ['gpus', 'cpus', 'tpus', 'npus', 'dpus', 'vpus', 'xpus', 'eaus', 'ieus'];
const SHORT_PLURAL_IN_US = /^[b-df-hj-np-tv-xz]{2}us$/;
const SHORT_IN_US = wordList('plus thus crus grus rhus');

// What ends in -sis, -tis or -xis is a plural of -i only here.
const PLURALS_IN_IS = wordList(`
agoutis antis bhaktis chapatis chapattis chiantis coatis dalasis dhotis graffitis intis manicottis maseratis maxis muftis
pachisis quasis rotis shaktis spaghettis taxis titis wapitis yetis zitis
`);

// What ends in -ics is the plural of a noun in -ic, unless it ends in the name of a science.
const SCIENCES = [
  ...wordList(`
physics dynamics mechanics robotics acoustics optics haptics statics nautics politics analytics semantics forensics gymnastics
athletics hydraulics ballistics linguistics logistics stylistics cladistics floristics acrobatics aerobatics aerobics matics
omics onics netics ethics esthetics dietetics poetics energetics apologetics hermeneutics pharmaceutics semiotics iatrics
macrobiotics pedics dontics eugenics cryogenics thenics syntactics didactics numerics obstetrics biometrics econometrics
psychometrics bibliometrics scientometrics chemometrics sociometrics combinatorics asymptotics intrinsics extrinsics tropics
olympics basics graphics civics aquatics proxemics homiletics pyrotechnics
`),
];
const PLURALS_LIKE_SCIENCES = wordList(`
schematics aromatics automatics asthmatics rheumatics problematics comics webcomics tragicomics harmonics subharmonics mnemonics
tonics conics ionics colonics philharmonics semiautomatics ecstatics anesthetics infographics demographics
`);

/** Whether a word that ends in s, of more than three letters, is no plural. */
export function endsInSByNature(word: string): boolean {
  if (isNatural(word) || word.endsWith('ss')) return true;
  if (word.endsWith('us')) return !isPluralInUs(word);
  if (/[stx]is$/.test(word)) return !PLURALS_IN_IS.has(word);
  if (word.endsWith('ics')) return endsInAny(word, SCIENCES) && !PLURALS_LIKE_SCIENCES.has(word);
  return endsInNaturalWord(word);
}

function isPluralInUs(word: string): boolean {
  if (PLURALS_IN_US.has(word) || endsInAny(word, PLURAL_ENDINGS_IN_US)) return true;
  return SHORT_PLURAL_IN_US.test(word) && !SHORT_IN_US.has(word);
}

function isNatural(word: string): boolean {
  return NOUNS.has(word) || NATURAL.has(word);
}

// Shorter ones are the end of too many other words: `satir-is-es`.
const LONG = 5;
const LONGEST = Math.max(...Array.from(NOUNS, (noun) => noun.length));
const SHORT_BUT_TELLING = ['bias', 'gas', 'xis', 'itis'];
// `amebiasis`, `cellobiase`, `ligase`.
const LIKE_TELLING = /(?:ameb|amoeb|enterob|cellob)ias|(?:li|elon)gas$/;

/** Whether a word is `lens`, `metalens`, `crossbias`, `arthritis` or the like, whose plural adds -es. */
export function takesEs(word: string): boolean {
  if (isNatural(word) || endsInNaturalWord(word)) return true;
  if (endsInAny(word, SHORT_BUT_TELLING)) return !LIKE_TELLING.test(word);
  for (let length = Math.min(word.length - 1, LONGEST); length > 2; length--) {
    if (!NOUNS.has(word.slice(-length))) continue;
    return length >= LONG || isBeginning(word.slice(0, -length));
  }
  return false;
}

/** Whether a word is the plural of a noun in -is, and no British verb: `trellises`, `arthritises`, `microcrises`. */
export function isPluralInIses(word: string): boolean {
  if (word.endsWith('crises') || word.endsWith('phthises')) return true;
  return word.endsWith('ises') && takesEs(word.slice(0, -2)) && !VERBS_IN_ISES.test(word);
}

// `sensitises`, `digitises`: from a quality, a unit or a stone. All other -itises are inflammations.
const VERBS_IN_ISES =
  /(?:sens|dig|prior|san|secur|un|pol|paras|satell|gran|graph|granul|defin|delim|spir|infin|lithotr|pulp|dolom|sub|austen|mylon|pyr|alb|chlor|zeol|commod|hermaphrod|sorb|lign|propyl|ural)itises$|monopolises$|taxidermises$/;

function endsInNaturalWord(word: string): boolean {
  return endsInAny(word, NATURAL_ENDINGS) && !LIKE_NATURAL_ENDINGS.has(word);
}

function endsInAny(word: string, endings: readonly string[]): boolean {
  return endings.some((ending) => word.endsWith(ending));
}
