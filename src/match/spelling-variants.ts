/**
 * British spellings are read as American ones. Words come lower-case and without accents.
 * A rule that turns an odd word into a non-word does no harm as long as no other word is spelt that way:
 * the filter's words go through the same rules.
 */
import { own } from '#src/foundation/own.ts';

// Spelt the British way -> the American way, wherever the letters occur in a word (`neighbourhood`, `multicolour`).
const INSIDE: readonly (readonly [string, string])[] = [
  ['behaviour', 'behavior'],
  ['colour', 'color'],
  ['favour', 'favor'],
  ['flavour', 'flavor'],
  ['harbour', 'harbor'],
  ['honour', 'honor'],
  ['humour', 'humor'],
  ['labour', 'labor'],
  ['neighbour', 'neighbor'],
  ['odour', 'odor'],
  ['rumour', 'rumor'],
  ['savour', 'savor'],
  ['splendour', 'splendor'],
  ['tumour', 'tumor'],
  ['vapour', 'vapor'],
  ['vigour', 'vigor'],
  ['rigour', 'rigor'],
  ['armour', 'armor'],
  ['endeavour', 'endeavor'],
  ['parlour', 'parlor'],
  ['candour', 'candor'],
  ['clamour', 'clamor'],
  ['fervour', 'fervor'],
  ['demeanour', 'demeanor'],
  ['saviour', 'savior'],
  ['valour', 'valor'],
  ['catalogue', 'catalog'],
  ['dialogue', 'dialog'],
  ['analogue', 'analog'],
  ['monologue', 'monolog'],
  ['homologue', 'homolog'],
  ['artefact', 'artifact'],
  ['ageing', 'aging'],
  ['judgement', 'judgment'],
  ['acknowledgement', 'acknowledgment'],
  ['sceptic', 'skeptic'],
  ['mould', 'mold'],
  ['plough', 'plow'],
  ['aluminium', 'aluminum'],
  ['sulph', 'sulf'],
  ['anaesth', 'anesth'],
  ['anaemi', 'anemi'],
  ['haemo', 'hemo'],
  ['haemat', 'hemat'],
  ['oesophag', 'esophag'],
  ['oestr', 'estr'],
  ['foetus', 'fetus'],
  ['foetal', 'fetal'],
  ['paediatr', 'pediatr'],
  ['orthopaed', 'orthoped'],
  ['gynaecolog', 'gynecolog'],
  ['leukaemi', 'leukemi'],
  ['diarrhoea', 'diarrhea'],
  ['manoeuvr', 'maneuver'],
  ['encyclopaed', 'encycloped'],
  ['archaeolog', 'archeolog'],
  ['palaeo', 'paleo'],
  ['aeroplane', 'airplane'],
  ['mediaeval', 'medieval'],
  ['caesium', 'cesium'],
  ['ischaemi', 'ischemi'],
  ['enrolment', 'enrollment'],
  ['fulfilment', 'fulfillment'],
  ['instalment', 'installment'],
  ['skilful', 'skillful'],
  ['jewellery', 'jewelry'],
  ['defence', 'defense'],
  ['offence', 'offense'],
  ['pretence', 'pretense'],
  ['licence', 'license'],
  ['practise', 'practice'],
  ['practising', 'practicing'],
  ['modell', 'model'],
  ['labell', 'label'],
  ['travell', 'travel'],
  ['signall', 'signal'],
  ['channell', 'channel'],
  ['fuell', 'fuel'],
  ['levell', 'level'],
  ['marshall', 'marshal'],
  ['tunnell', 'tunnel'],
  ['counsell', 'counsel'],
  ['quarrell', 'quarrel'],
  ['rivall', 'rival'],
  ['unravell', 'unravel'],
  ['panell', 'panel'],
  ['pencill', 'pencil'],
  ['parcell', 'parcel'],
  ['cancelled', 'canceled'],
  ['cancelling', 'canceling'],
  ['canceller', 'canceler'],
  ['totalled', 'totaled'],
  ['totalling', 'totaling'],
  ['dialled', 'dialed'],
  ['dialling', 'dialing'],
  ['spiralled', 'spiraled'],
  ['spiralling', 'spiraling'],
  ['trialled', 'trialed'],
  ['trialling', 'trialing'],
  ['initialled', 'initialed'],
];

// Only as whole words, or at a word's end.
const WHOLE: Readonly<Record<string, string>> = {
  programme: 'program',
  programmes: 'programs',
  ageing: 'aging',
  enrol: 'enroll',
  enrols: 'enrolls',
  fulfil: 'fulfill',
  fulfils: 'fulfills',
  distil: 'distill',
  distils: 'distill',
  instil: 'instill',
  instils: 'instills',
  cosy: 'cozy',
  pyjamas: 'pajamas',
  learnt: 'learned',
  burnt: 'burned',
  dreamt: 'dreamed',
  leapt: 'leaped',
  spoilt: 'spoiled',
  tyre: 'tire',
  tyres: 'tires',
  kerb: 'curb',
  kerbs: 'curbs',
  ionise: 'ionize',
  ionised: 'ionized',
  ionising: 'ionizing',
  ionisation: 'ionization',
  manoeuvre: 'maneuver',
  manoeuvres: 'maneuvers',
  manoeuvring: 'maneuvering',
  manoeuvrable: 'maneuverable',
  manoeuvrability: 'maneuverability',
};

const CENTRE = /(cent|fib|lit|met|theat|calib|lust|meag|somb|spect|sab)re(s|d)?$/;
const CENTRING = /^((?:re|de|self)?cent)ring$/;
const GREY = /^grey/;
const ANALYSE = /(ana|cata|para|dia|hydro|electro)lys(e|ed|er|ers|ing)$/;

// -ise with at least four letters before it; the words below are spelt with s on both sides of the ocean.
const ISE = /^([a-z]{3,}[a-z])is(e|es|ed|er|ers|ing|ings|ation|ations|ational|able|ability|ably)$/;
const ALWAYS_S =
  /(?:superv|improv|telev|exerc|prec|conc|circumc|prom|compr|prem|enterpr|surpr|sunr|repr|appr|expert|advert|treat|parad|merchand|franch|desp|chem|w|o|a|u)$/;

/** The American spelling of a folded word; words that have only one spelling come back as they are. */
export function american(word: string): string {
  if (word.length < 4) return word;
  const whole = own(WHOLE, word);
  if (whole !== undefined) return whole;
  return americanEnding(americanInside(word));
}

function americanInside(word: string): string {
  const pair = INSIDE.find(([british]) => word.includes(british));
  return pair === undefined ? word : word.replace(pair[0], pair[1]);
}

function americanEnding(word: string): string {
  if (GREY.test(word)) return `gray${word.slice(4)}`;
  if (CENTRE.test(word)) return word.replace(CENTRE, '$1er$2').replace(/erd$/, 'ered');
  if (CENTRING.test(word)) return word.replace(CENTRING, '$1ering');
  if (ANALYSE.test(word)) return word.replace(ANALYSE, '$1lyz$2');
  const ise = ISE.exec(word);
  if (ise === null || ALWAYS_S.test(ise[1])) return word;
  return `${ise[1]}iz${ise[2]}`;
}

// British beginnings at which a prefix may stop, beyond those inside words.
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ...INSIDE,
  ['programme', 'program'],
  ['centre', 'center'],
  ['fibre', 'fiber'],
  ['litre', 'liter'],
  ['metre', 'meter'],
  ['theatre', 'theater'],
  ['calibre', 'caliber'],
  ['spectre', 'specter'],
  ['grey', 'gray'],
  ['analyse', 'analyze'],
  ['analysi', 'analyzi'],
  ['catalyse', 'catalyze'],
  ['ionis', 'ioniz'],
];

/**
 * All American spellings that words beginning with this folded prefix may have; the prefix itself first.
 * `behaviou` -> behaviou, behavior; `optimis` -> optimis, optimiz; `centr` -> centr, center.
 */
export function prefixSpellings(prefix: string): readonly string[] {
  const found = new Set([prefix, american(prefix)]);
  for (const [british, inAmerica] of BEGINNINGS) addCut(found, prefix, british, inAmerica);
  for (const known of [...found]) {
    const ise = /^([a-z]{4,60})is((?:a|at|ati|atio|ation\w{0,9}|e|ed|er|i|in|ing|ab|abl|abil\w{0,9})?)$/.exec(
      known,
    );
    if (ise !== null) found.add(`${ise[1]}iz${ise[2]}`);
  }
  return [...found];
}

// The prefix ends inside a British spelling, at a place where it already differs from the American one.
function addCut(found: Set<string>, prefix: string, british: string, inAmerica: string): void {
  for (let length = Math.min(british.length, prefix.length); length >= 3; length--) {
    const begun = british.slice(0, length);
    if (inAmerica.startsWith(begun)) return;
    if (prefix.endsWith(begun)) found.add(prefix.slice(0, prefix.length - length) + inAmerica);
  }
}
