/**
 * How British spellings are written in America: the data of spelling-variants.ts. Each list was measured on word lists of
 * both countries and on recorded papers; what would make two different words meet is left out.
 */
type Pair = readonly [british: string, american: string];

const pairs = (text: string): Pair[] =>
  text.split(' ').map((pair) => {
    const [british, american] = pair.split(':');
    return [british, american];
  });

const replaced = (from: string, to: string, text: string): Pair[] =>
  text.split(' ').map((stem) => [stem, stem.replace(from, to)]);

/** Whole words: too short, or too like others, for a rule. */
export const WHOLE: ReadonlyMap<string, string> = new Map(
  pairs(
    'haem:heme axe:ax pickaxe:pickax poleaxe:poleax annexe:annex tyre:tire tyres:tires kerb:curb kerbs:curbs kerbside:curbside ' +
      'cosy:cozy cosier:cozier cosiest:coziest cosily:cozily cosiness:coziness furore:furor pedlar:peddler ' +
      'pedlars:peddlers phoney:phony gaol:jail gaols:jails woolly:wooly behove:behoove behoves:behooves spelt:spelled ' +
      'misspelt:misspelled spilt:spilled leant:leaned chilli:chili aeon:eon aeons:eons dulness:dullness fulness:fullness ' +
      'cheque:check cheques:checks chequebook:checkbook chequebooks:checkbooks speciality:specialty ' +
      'specialities:specialties rouble:ruble roubles:rubles',
  ),
);

/** Not a rule for every -our: `four`, `contour`, `paramour`, `velour` have no other spelling. */
export const WITH_OU: readonly Pair[] = [
  ...replaced(
    'our',
    'or',
    'arbour ardour armour behaviour candour clamour clangour colour demeanour dolour enamour endeavour favour fervour ' +
      'flavour glamour harbour honour humour labour neighbour odour parlour rancour rigour rumour saviour savour ' +
      'splendour succour tumour valour vapour vigour',
  ),
  ...pairs('mould:mold moult:molt plough:plow moustach:mustach'),
];

/** Not every ae: `aerial`, `israel`, `maelstrom`, `daemon` and the plurals in -ae have no other spelling. */
export const WITH_AE: readonly Pair[] = [
  ...replaced(
    'ae',
    'e',
    'haemo haema haeme aemia aemic aemog aesth aestiv aetio orthopaed encyclopaed paed gynaec caec faec caesi caesare ' +
      'caesaria caesu caeru palae archae praetor praesid naevu naevi naevo laevo laevu taeni taeno phaeo phaeno phaeres ' +
      'chaet achaen sphaer hyaen mediaev primaev graec spelae chimaer chamaeleon diaere pandaemon eudaemon anapaest ' +
      'glutae melaen fraen gangraen laryngae pharyngae caeno dracaen phagedaen murae perinae peritonae athenae pangae',
  ),
  ...pairs('aeroplane:airplane aerofoil:airfoil'),
];

/** Not every oe: `shoe`, `poet`, `coexist`, `phoenix`, `goethe` have no other spelling. */
export const WITH_OE: readonly Pair[] = [
  ...replaced(
    'oe',
    'e',
    'rrhoe pnoea pnoei amoeb foeta foetu foeti foeto coelia coelio coelom coelen homoeo oecumen oenolog ' +
      'oenophil copoei coenobi coenoc autoeci monoeci dioeci gloea framboes ocoele',
  ),
  // An o before it is a compound's: gastro-oesophageal is written gastroesophageal in both countries.
  ...pairs(
    'ooedem:edem oedem:edem ooestr:estr oestr:estr ooesoph:esoph oesoph:esoph manoeuvra:maneuvera manoeuv:maneuv',
  ),
];

export const ELSEWHERE: readonly Pair[] = pairs(
  'artefact:artifact aluminium:aluminum sceptic:skeptic sulph:sulf pyjama:pajama yoghurt:yogurt whisky:whiskey ' +
    'chequer:checker draught:draft storey:story grey:gray enquir:inquir despatch:dispatch defenc:defens offenc:offens ' +
    'licenc:licens pretenc:pretens practis:practic cognis:cogniz dgement:dgment connexion:connection ' +
    'inflexion:inflection deflexion:deflection reflexion:reflection calliper:caliper carburett:carburet ' +
    'mollusc:mollusk baulk:balk syphon:siphon leuco:leuko eucaryo:eukaryo procaryo:prokaryo ' +
    'gonadotroph:gonadotrop glycerine:glycerin gelatine:gelatin caravann:caravan crenellat:crenelat ' +
    'adaptor:adapter convertor:converter dependant:dependent yoghourt:yogurt fontanelle:fontanel ' +
    'waggon:wagon doughnut:donut thralldom:thraldom metallis:metalis metalliz:metaliz liquorice:licorice omelette:omelet ' +
    'jewellery:jewelry woollen:woolen tranquilli:tranquili ' +
    'crystallis:crystalis crystalliz:crystaliz cancellation:cancelation tessellat:tesselat skillful:skilful ' +
    'willful:wilful enrollment:enrolment fulfillment:fulfilment installment:instalment distillment:distilment ' +
    'instillment:instilment enthrallment:enthralment',
);
