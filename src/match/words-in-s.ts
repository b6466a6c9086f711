import { words } from './word-list.ts';

/** Words that end in s and are no plural, besides those in -ss, most of those in -us, and those in -sis, -tis and -xis. */
const NATURAL = words(`
this its his hers ours yours theirs does goes yes always perhaps across whereas versus besides
sometimes overseas nowadays whereabouts
bias debias unbias gas biogas syngas alias atlas canvas chaos cosmos ethos pathos bathos mythos topos tholos kudos eros corps
summons gallows forceps biceps triceps
quadriceps cyclops thermos asbestos rhinoceros sassafras pancreas pampas iris aegis ambergris amaryllis aphis avis ovis
bourgeois cannabis
chamois chassis chrysalis clevis clitoris cullis debris dermis epidermis hypodermis ephemeris epididymis haggis hubris ibis
marquis mavis naris pelvis penis portcullis proboscis pubis rachis syphilis tennis trellis mantis metropolis necropolis
acropolis vermis verdigris christmas molasses
diabetes herpes rabies scabies caries measles mumps rickets
series species subspecies timeseries miniseries congeries facies
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
const LIKE_NATURAL_ENDINGS = words('flens glens pollens woolens magdalens renews sinews');

// What ends in -us is a plural of -u only here.
const PLURALS_IN_US = words(`
apus babus bantus bayous beaus bijous cachous caribous catechus coypus ecus emus fichus flus fondus fugus gnus grugrus gurus
haikus
hindus jabirus saddhus sadhus seppukus iglus imus impromptus ipus jiujitsus jujitsus jujus ninjutsus kinkajous kudus kudzus
landaus luaus lulus manchus marabous menus miaous muumuus
ormolus parvenus pilaus quipus shiatsus snafus submenus sudokus tabus tegus thous tiramisus tofus tutus zebus zulus
`);
const PLURAL_ENDINGS_IN_US = ['gpus', 'cpus', 'tpus', 'npus', 'dpus', 'vpus', 'xpus', 'eaus', 'ieus'];
const SHORT_PLURAL_IN_US = /^[b-df-hj-np-tv-xz]{2}us$/;
const SHORT_IN_US = words('plus thus crus grus rhus');

// What ends in -sis, -tis or -xis is a plural of -i only here.
const PLURALS_IN_IS = words(`
agoutis antis bhaktis chapatis chapattis chiantis coatis dalasis dhotis graffitis intis manicottis maseratis maxis muftis
pachisis quasis rotis shaktis spaghettis taxis titis wapitis yetis zitis
`);

// What ends in -ics is the plural of a noun in -ic, unless it ends in the name of a science.
const SCIENCES = [
  ...words(`
physics dynamics mechanics robotics acoustics optics haptics statics nautics politics analytics semantics forensics gymnastics
athletics hydraulics ballistics linguistics logistics stylistics cladistics floristics acrobatics aerobatics aerobics matics
omics onics netics ethics esthetics dietetics poetics energetics apologetics hermeneutics pharmaceutics semiotics iatrics
macrobiotics pedics dontics eugenics cryogenics thenics syntactics didactics numerics obstetrics biometrics econometrics
psychometrics bibliometrics scientometrics chemometrics sociometrics combinatorics asymptotics intrinsics extrinsics tropics
olympics basics graphics civics aquatics proxemics homiletics pyrotechnics
`),
];
const PLURALS_LIKE_SCIENCES = words(`
schematics aromatics automatics asthmatics rheumatics problematics comics webcomics tragicomics harmonics subharmonics mnemonics
tonics conics ionics colonics philharmonics semiautomatics ecstatics anesthetics infographics demographics
`);

/** Whether a word that ends in s, of more than three letters, is no plural. */
export function endsInSByNature(word: string): boolean {
  if (NATURAL.has(word) || word.endsWith('ss')) return true;
  if (word.endsWith('us')) return !isPluralInUs(word);
  if (/[stx]is$/.test(word)) return !PLURALS_IN_IS.has(word);
  if (word.endsWith('ics')) return endsInAny(word, SCIENCES) && !PLURALS_LIKE_SCIENCES.has(word);
  return endsInNaturalWord(word);
}

function isPluralInUs(word: string): boolean {
  if (PLURALS_IN_US.has(word) || endsInAny(word, PLURAL_ENDINGS_IN_US)) return true;
  return SHORT_PLURAL_IN_US.test(word) && !SHORT_IN_US.has(word);
}

/** Whether a word stands in the lists of words that end in s by nature. */
export function isNatural(word: string): boolean {
  return NATURAL.has(word);
}

/** Whether a word is `lens`, `metalens`, `gas` or the like, whose plural adds -es. */
export function takesEs(word: string): boolean {
  return NATURAL.has(word) || endsInNaturalWord(word);
}

function endsInNaturalWord(word: string): boolean {
  return endsInAny(word, NATURAL_ENDINGS) && !LIKE_NATURAL_ENDINGS.has(word);
}

function endsInAny(word: string, endings: readonly string[]): boolean {
  return endings.some((ending) => word.endsWith(ending));
}
