import { describe, expect, it } from 'vitest';
import { holds, prepareDocument, prepareFilter, type ReadDocument } from '#src/match/evaluate/explain.ts';
import { good, NOW, paper } from '../document.ts';

/** First halves: prefixes, words that end like a plural or in a letter that a spelling rule looks at, short ones. */
const FIRST = (
  'a auto anti bio by chi co cross cyber data de deep dis down eco electro eye fine fore geo gray grey half hand hetero home ' +
  'hyper in inter key lens life light mass meta micro mid mis model multi nano neuro news node non off on open os out over ' +
  'photo physics poly post pre proto pseudo quasi radio re self semi set side spectro state sub super tele text time token ' +
  'trans two ultra un under up video wave web wide work world'
).split(' ');

/**
 * Second halves, each in every form that is the same word: singular, plural, American and British. What simply ends in s
 * stands alone, and so does a word whose plural is told from another word's only where the compound is known (mice, axes).
 */
const SECOND = `
  analysis analyses
  apparatus apparatuses
  armor armour armors armours
  aura auras
  atlas atlases
  axis axes
  balance balances
  basis bases
  bench benches
  bias biases
  body bodies
  box boxes
  canvas canvases
  calf calves
  case cases
  catalog catalogue catalogs catalogues
  center centre centers centres
  channel channels
  chassis chassises
  child children
  class classes
  city cities
  color colour colors colours
  consciousness
  corpus corpora
  criterion criteria
  crisis crises
  dynamics
  echo echoes
  error errors
  eye eyes
  fetus fetuses foetus foetuses
  fiber fibre fibers fibres
  field fields
  focus focuses foci
  foot feet
  formula formulas formulae
  gas gases
  genesis geneses
  genus genera
  geometry geometries
  glass glasses
  goose geese
  graph graphs
  gray grey grays greys
  half halves
  hero heroes
  hypothesis hypotheses
  index indices indexes
  kernel kernels
  key keys
  knife knives
  leaf leaves
  lens lenses
  less
  life lives
  loss losses
  mass masses
  matrix matrices
  maximum maxima
  media
  meter metre meters metres
  mix mixes
  model models
  modeling modelling
  mouse mice
  network networks
  neighbor neighbour neighbors neighbours
  news
  nucleus nuclei
  optics
  optimization optimisation optimizations optimisations
  organization organisation organizations organisations
  parsing
  patch patches
  phenomenon phenomena
  phase phases
  physics
  plan plans
  plane planes
  pelvis pelvises pelves
  policy policies
  process processes
  radius radii
  ray rays
  scale scales
  sense senses
  sentence sentences
  series
  set sets
  shelf shelves
  skeptic sceptic skeptics sceptics
  space spaces
  species
  spectrum spectra
  stability stabilities
  status statuses
  storm storms
  study studies
  supervision supervisions
  synthesis syntheses
  synthesizer synthesiser synthesizers synthesisers
  tooth teeth
  train trains
  training trainings
  tree trees
  trellis trellises
  larva larvae
  disc disk discs disks
  tumor tumour tumors tumours
  tuning tunings
  vapor vapour vapors vapours
  vector vectors
  vertex vertices
  virus viruses
  watch watches
  wave waves
  wife wives
  wise
  woman women
  word words
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '));

const FIRSTS_EACH = 5;

/** Each second half with some first halves, other ones from word to word. */
const COMPOUNDS = SECOND.flatMap((forms, place) =>
  Array.from({ length: FIRSTS_EACH }, (_, turn) => ({
    first: FIRST[(place * 5 + turn * 11) % FIRST.length],
    forms,
  })),
);

const spellings = (first: string, second: string) => [
  `${first}-${second}`,
  `"${first} ${second}"`,
  `${first}${second}`,
];
const shown = (spelling: string) => spelling.replaceAll('"', '');
const inTitle = (words: string) => prepareDocument(paper({ title: `Why ${words} matters` }));
const possessive = (word: string) => `${word}${word.endsWith('s') ? '’' : '’s'}`;

const finds = (filter: string, read: ReadDocument) => holds(prepareFilter(good(filter)), read, NOW);

/** Which of the titles each filter does not find, as `filter: title`. */
function missed(filters: readonly string[], titles: readonly string[]): string[] {
  const read = titles.map((title) => ({ title, document: inTitle(title) }));
  return filters.flatMap((text) => {
    const condition = prepareFilter(good(text));
    const others = read.filter(({ document }) => !holds(condition, document, NOW));
    return others.map(({ title }) => `${text}: ${title}`);
  });
}

describe('a-b, "a b" and ab are one word', () => {
  it('for every compound: each finds all three', () => {
    const missing = COMPOUNDS.flatMap(({ first, forms }) =>
      forms.flatMap((second) => {
        const filters = spellings(first, second);
        return missed(filters, filters.map(shown));
      }),
    );
    expect(missing).toEqual([]);
  });

  it('also across plurals, possessives and the spellings of both sides of the ocean', () => {
    const missing = COMPOUNDS.flatMap(({ first, forms }) => {
      const filters = forms.flatMap((second) => spellings(first, second));
      const titles = [...forms, possessive(forms[0])].flatMap((second) =>
        spellings(first, second).map(shown),
      );
      return missed(filters, titles);
    });
    expect(missing).toEqual([]);
  });

  it('but two words without quotes do not ask for the compound, nor the compound for two words apart', () => {
    const found = COMPOUNDS.flatMap(({ first, forms: [second] }) => {
      const apart = inTitle(`${second} meets some other ${first}`);
      const compound = [`${first}-${second}`, `${first}${second}`].filter((text) => finds(text, apart));
      const two = finds(`${first} ${second}`, inTitle(`${first}${second}`));
      return [...compound, ...(two ? [`${first} ${second}`] : [])];
    });
    expect(found).toEqual([]);
  });
});
