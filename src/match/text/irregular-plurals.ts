import { isBeginning } from './word-beginnings.ts';
import { wordList } from './word-list.ts';

/**
 * Plurals that no ending tells. A line is `plural > singular: stems`; a stem is what stands before both endings, `.` is
 * none. Each plural holds as a whole word and after a beginning of compounds (`hypertori`); of six letters or more, or
 * with a `+`, at the end of any longer word (`subcorpora`, `forefeet`; but `tori` is not in `satori`).
 */
const PLURALS = `
children > child: .
feet > foot: .+
teeth > tooth: .+
geese > goose: .+
men > man: . wo+ sea camera militia china
mice > mouse: .+
lice > louse: . wood book
oxen > ox: .
ves > f: hal wol shel cal thie scar loa hoo shea whar dwar sel lea el tur bee
ves > ve: interlea clea slea behoo
ves > fe: kni wi+ li+
zzes > z: qui whi fe
oes > oe: sh+ fl+ can thr tipt mistlet hammert backh pek hoop fell monr
oes > o: volcan stratovolcan hurrican
ses > se: corp elasta
zes > z: topa
axes > axe: pick pole battle
sses > sse: impa creva fine po lacro mou wra demita
eaux > eau: .+
eux > eu: adi mili
oux > ou: bij
um > a: dat

i > us: abac acin alumn alveol annul apparat asc aspergill astragal bacill bol bolet bronch cact caduce calam calcane
i > us: calcul call canalicul canth carp centaur cirr cocc+ coenur collicul coloss croc cubit cumul cune cysticerc
i > us: denar disc echin embol emerit esophag eucalypt fascicul fet flocc floccul foc+ fuc fund fung+ funicul gladiol
i > us: glomerul glute gyr+ hiat hil hippocamp hippopotam homuncul humer hypothalam incub isthm lapill lemnisc limb
i > us: limul loc+ locul mag malle malleol menisc metacarp metatars modiol modul naev narciss naupli nautil nev nid
i > us: nimb+ nod nodul nucell nucle nucleol obel obol ocell octop ocul palp papyr pedicul phall pil pile
i > us: pithecanthrop platyp polyp pulvin pylor radi+ ram ranuncul rect rhomb rhonch saccul sarcophag saur+ scalen
i > us: scarabae sor stimul strat strobil styl succub sulc+ syllab tal tars termin thalam thall thesaur thromb thym
i > us: calath famul iamb sartori scyph toph tor trag tubul tumul umbilic unc uter vag ventricul vill+ vitell volvul
i > o: castrat concert contralt divertiment graffit librett maestr mafios paparazz scherz virtuos
oi > os: top thol

a > um: acetabul addend alluvi ambulacr antheridi antiser antr apotheci aquari arboret arcan archegoni atri auditori
a > um: bacteri basidi brachi caec cambi candelabr capitul cec centr cerebell cerebr cili clostridi coagul collegi
a > um: colloqui compendi conidi consorti continu corrigend crani crematori curricul decenni desiderat dict diverticul
a > um: dors duoden effluvi empori encomi endocardi endometri endotheli epicardi epitheli equilibri errat exempl
a > um: exordi extrem flagell foli for frenul frust fulcr gametangi gymnasi haustori herbari hil honorari ile ili
a > um: imperi indusi infundibul inocul insectari interregn interstiti ischi jejun labell labi labr manubri marsupi
a > um: mausole maxim medi mediastin memorand menstru mesotheli millenni minim moment moratori myceli mycobacteri
a > um: myocardi nephridi oceanari oment ommatidi oogoni opercul optim oscul ossicul osti ov parameci patagi penicilli
a > um: pericardi perichondri perine perioste peritheci peritone phyl planetari plasmodi plectr plen podi pollini
a > um: primordi prosceni pseudopodi pterygi quadrenni quant quinquenni rect referend refugi relat residu reticul
a > um: retinacul rhizobi rostell rostr sacr sanatori sanitari scholi scriptori scrot scut sensori sept ser simulacr
a > um: solari spectr specul spermatogoni spicul spirill sporangi sput stadi stern strat striat symposi syncyti
a > um: aeci infim suprem trapezi explanand definiend cingul pendul pygidi prothalli pupari pycnidi uredini cibori leprosari
a > um: columbari colluvi contagi triclini trienni tentori terrari tympan ultimat vacu vestibul vivari
a > on: arche anacoluth acromi apheli asyndet automat chylomicr criteri elytr encephal epiphenomen etym gangli hedr+ legomen lexic
a > on: mitochondri noumen oxymor parheli periheli phenomen philodendr rhododendr spermatozo tax
ora > us: corp
ora > ur: fem
era > us: gen visc
mina > men: li fora lu no nu ru teg
zoa > zoan: .+
zoon > zoan: proto bryo meta hydro epi
alia > ale: qu
ua > u: corn gen

ices > ix: matr append hel directr rad cerv forn var spad cicatr aviatr dominatr generatr
ices > ex: poll scol ind cod vert vort cort simpl ap lat caud cul mur ib
aces > ax: thor anthr
yces > yx: cal
uces > ux: hall
nges > nx: phala phary lary meni salpi
yges > yx: cocc
ides > is: ephemer ir aps aph chrysal probosc glott epididym clitor ascar
itides > itis: .+
ses > sis: oa cathar peristal amanuen
ises > isis: cr phth
xes > xis: a aa+ ca+ ea+ ga+ ha+ ia+ na+ oa+ sa+ ua+ ya+ pra parapra prophyla anaphyla epista phyllota chemota phototo cathe apomi
tes > tis: tes
ves > vis: pel
nes > nis: pe
`;

// Words that only look like one of these plurals.
const OTHERS = wordList(`
pumice amice comice alives olives slives relives outlives unlives overlives mislives coaxes hoaxes saxes panaxes cathedra ephedra cisterna
bordeaux nouveaux alumina
`);

const LONG = 6;
const SHORTEST = 3;

type Ending = { singular: string; anywhere: boolean };

const ENDINGS = new Map<string, Ending>(
  PLURALS.trim()
    .split(/\n+/)
    .flatMap((line) => {
      const [plural, singular, ...stems] = line.split(/[ >:]+/);
      return stems.map((stem) => toEnding(stem, plural, singular));
    }),
);
const LONGEST = Math.max(...[...ENDINGS.keys()].map((plural) => plural.length));
const LAST_LETTERS = new Set([...ENDINGS.keys()].map((plural) => plural.slice(-SHORTEST)));

function toEnding(stem: string, plural: string, singular: string): [string, Ending] {
  const start = stem.replace(/[.+]/g, '');
  const whole = start + plural;
  return [whole, { singular: start + singular, anywhere: stem.endsWith('+') || whole.length >= LONG }];
}

/** Whether a word may end in an irregular plural: false is certain. */
export function mayBeIrregular(word: string): boolean {
  return LAST_LETTERS.has(word.slice(-SHORTEST));
}

/** The singular of an irregular plural, alone or at the end of a longer word; null when it is none. */
export function irregularSingular(word: string): string | null {
  if (!mayBeIrregular(word) || OTHERS.has(word)) return null;
  for (let length = Math.min(word.length, LONGEST); length >= SHORTEST; length--) {
    const ending = ENDINGS.get(word.slice(-length));
    if (ending === undefined) continue;
    const before = word.slice(0, word.length - length);
    if (before === '' || ending.anywhere || isBeginning(before)) return before + ending.singular;
  }
  return null;
}
