/**
 * Plurals: -s, -es, -ies, and the lists below. Words come folded and in American spelling.
 * The same function reads the filter and the text, so an odd result is harmless unless two different words meet in it.
 */
import { own } from '#src/foundation/own.ts';

const IRREGULAR: Readonly<Record<string, string>> = {
  criteria: 'criterion',
  phenomena: 'phenomenon',
  automata: 'automaton',
  polyhedra: 'polyhedron',
  tetrahedra: 'tetrahedron',
  ganglia: 'ganglion',
  spectra: 'spectrum',
  quanta: 'quantum',
  maxima: 'maximum',
  minima: 'minimum',
  optima: 'optimum',
  extrema: 'extremum',
  momenta: 'momentum',
  curricula: 'curriculum',
  corpora: 'corpus',
  equilibria: 'equilibrium',
  memoranda: 'memorandum',
  strata: 'stratum',
  bacteria: 'bacterium',
  continua: 'continuum',
  symposia: 'symposium',
  errata: 'erratum',
  addenda: 'addendum',
  millennia: 'millennium',
  datum: 'data',
  lemmata: 'lemma',
  schemata: 'schema',
  stigmata: 'stigma',
  formulae: 'formula',
  antennae: 'antenna',
  nebulae: 'nebula',
  larvae: 'larva',
  algae: 'alga',
  vertebrae: 'vertebra',
  genera: 'genus',
  stimuli: 'stimulus',
  nuclei: 'nucleus',
  radii: 'radius',
  foci: 'focus',
  loci: 'locus',
  moduli: 'modulus',
  fungi: 'fungus',
  calculi: 'calculus',
  alumni: 'alumnus',
  bacilli: 'bacillus',
  syllabi: 'syllabus',
  tori: 'torus',
  annuli: 'annulus',
  thesauri: 'thesaurus',
  cacti: 'cactus',
  simulacra: 'simulacrum',
  children: 'child',
  men: 'man',
  women: 'woman',
  humans: 'human',
  mice: 'mouse',
  feet: 'foot',
  teeth: 'tooth',
  geese: 'goose',
  leaves: 'leaf',
  halves: 'half',
  wolves: 'wolf',
  shelves: 'shelf',
  lives: 'life',
  knives: 'knife',
  wives: 'wife',
  selves: 'self',
  calves: 'calf',
  thieves: 'thief',
  scarves: 'scarf',
  loaves: 'loaf',
  axes: 'axis',
  crises: 'crisis',
  oases: 'oasis',
  emphases: 'emphasis',
  parentheses: 'parenthesis',
  prostheses: 'prosthesis',
  geneses: 'genesis',
  // `bases` is the plural of both; `knowledge bases` and `orthonormal bases` are both to be found, so the two meet.
  basis: 'base',
  matrices: 'matrix',
  indices: 'index',
  vertices: 'vertex',
  vortices: 'vortex',
  appendices: 'appendix',
  simplices: 'simplex',
  cortices: 'cortex',
  apices: 'apex',
  codices: 'codex',
  helices: 'helix',
  directrices: 'directrix',
  apis: 'api',
  pois: 'poi',
  rois: 'roi',
  guis: 'gui',
  kpis: 'kpi',
  emojis: 'emoji',
  wikis: 'wiki',
  taxis: 'taxi',
  skis: 'ski',
  gpus: 'gpu',
  cpus: 'cpu',
  tpus: 'tpu',
  npus: 'npu',
  dpus: 'dpu',
  lpus: 'lpu',
  imus: 'imu',
  menus: 'menu',
  emus: 'emu',
  does: 'does',
  goes: 'goes',
  movies: 'movie',
  cookies: 'cookie',
  zombies: 'zombie',
  calories: 'calorie',
  selfies: 'selfie',
  prairies: 'prairie',
  rookies: 'rookie',
  hoodies: 'hoodie',
  genies: 'genie',
  brownies: 'brownie',
  series: 'series',
  species: 'species',
  timeseries: 'timeseries',
  subspecies: 'subspecies',
  rabies: 'rabies',
  aries: 'aries',
  heroes: 'hero',
  potatoes: 'potato',
  tomatoes: 'tomato',
  echoes: 'echo',
  vetoes: 'veto',
  torpedoes: 'torpedo',
  mosquitoes: 'mosquito',
  volcanoes: 'volcano',
  cargoes: 'cargo',
  quizzes: 'quiz',
  biases: 'bias',
  aliases: 'alias',
  gases: 'gas',
  atlases: 'atlas',
  canvases: 'canvas',
  lenses: 'lens',
  irises: 'iris',
  buses: 'bus',
  pluses: 'plus',
  yeses: 'yes',
};

// Matrices and the like inside longer words: `submatrices`, `hyperindices`, `metaanalyses`.
const LATIN_ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/(.matr|.append)ices$/, '$1ix'],
  [/(.ind|.vert|.vort|.simpl|.cort)ices$/, '$1ex'],
  [/lyses$/, 'lysis'],
  [/(hypo|syn|anti|^|meta|photosyn|pros)theses$/, '$1thesis'],
  [/gnoses$/, 'gnosis'],
  [/stases$/, 'stasis'],
  [/opses$/, 'opsis'],
  [/(scler|necr|morph|fibr|thromb|sten|neur|psych|mit|mei|symbi|tubercul)oses$/, '$1osis'],
  [/hedra$/, 'hedron'],
];

// Words that end in s by nature.
const NATURAL = new Set(
  (
    'news lens bias gas bus plus this thus its his hers ours yours theirs was has does is as us yes always perhaps across ' +
    'whereas versus besides sometimes alias atlas canvas chaos cosmos ethos pathos kudos corps mars athens texas kansas ' +
    'arkansas vegas pandas keras paris james thomas lucas nicolas judas christmas pancreas overseas diabetes herpes kubernetes ' +
    'postgres bayes stokes hawkes gibbs jones harris hermes hades ares apparatus carlos marcos asbestos rhinoceros ' +
    'physics mathematics robotics dynamics mechanics economics linguistics semantics kinematics optics acoustics electronics ' +
    'photonics genetics ethics politics analytics forensics informatics cybernetics logistics ergonomics pragmatics phonetics ' +
    'graphics athletics tactics aesthetics biometrics econometrics psychometrics haptics prosthetics pediatrics obstetrics ' +
    'avionics mechatronics combinatorics spintronics plasmonics microfluidics diagnostics basics numerics lyrics syntactics ' +
    'homiletics hermeneutics kinetics energetics tropics olympics cosmetics magnetics ballistics mnemonics'
  ).split(' '),
);
const SCIENCE =
  /(omics|dynamics|mechanics|physics|matics|tronics|robotics|linguistics|onetics|genetics|lytics|nautics)$/;

// Two letters and a plural s, as people write these plurals in lower case. `gps`, `dns`, `ids` end in s by nature.
const TWO_LETTER = new Set('ads ops lms nns vms kgs pcs uis tvs pdes'.split(' '));

const USES =
  /^(re|mis|ab|over|dis)?uses$|[ao]uses$|^(ex|ac)cuses$|(con|re|dif|in|per|ef|suf|trans)fuses$|^fuses$|^(a)?muses$/;
const CHE =
  /^((head|tooth|heart|stomach|back)?a|(sub|pre|un)?ca|ni|psy|avalan|qui|mousta|cli|pasti|brio)ches$/;

/** The singular of a folded word; words that are no plural, or end in s by nature, come back as they are. */
export function singular(word: string): string {
  const irregular = own(IRREGULAR, word);
  if (irregular !== undefined) return irregular;
  if (!/[a-z\d]s$/.test(word)) return latinSingular(word);
  if (word.length <= 3) return TWO_LETTER.has(word) ? word.slice(0, -1) : word;
  if (/(ss|us|is)$/.test(word) || NATURAL.has(word) || SCIENCE.test(word) || /^[\d.]+s$/.test(word))
    return word;
  const latin = latinSingular(word);
  return latin === word ? regularSingular(word) : latin;
}

function latinSingular(word: string): string {
  for (const [plural, ending] of LATIN_ENDINGS) if (plural.test(word)) return word.replace(plural, ending);
  return word;
}

function regularSingular(word: string): string {
  if (word.endsWith('ies')) return word.length <= 4 ? word.slice(0, -1) : `${word.slice(0, -3)}y`;
  if (/(ss|sh|x|zz)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('ches')) return CHE.test(word) ? word.slice(0, -1) : word.slice(0, -2);
  if (word.endsWith('uses')) return USES.test(word) ? word.slice(0, -1) : word.slice(0, -2);
  return word.slice(0, -1);
}
