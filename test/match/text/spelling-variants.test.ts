import { describe, expect, it } from 'vitest';
import { american, prefixSpellings } from '#src/match/text/spelling-variants.ts';

type Pair = readonly [british: string, american: string];

const pairs = (text: string): Pair[] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [british, inAmerica] = pair.split('/');
      return [british, inAmerica];
    });

const RULES: Readonly<Record<string, readonly Pair[]>> = {
  'ae of medicine and the sciences': pairs(`
    haemoglobin/hemoglobin leukaemia/leukemia bacteraemia/bacteremia ischaemic/ischemic uraemia/uremia
    thalassaemia/thalassemia anaesthetise/anesthetize paediatrician/pediatrician orthopaedics/orthopedics
    gynaecology/gynecology caecum/cecum faecal/fecal caesium/cesium caesarean/cesarean palaeontology/paleontology
    archaeologist/archeologist aetiology/etiology aesthetics/esthetics encyclopaedia/encyclopedia mediaeval/medieval
    naevus/nevus taeniasis/teniasis spirochaete/spirochete perinaeum/perineum pangaea/pangea aeroplanes/airplanes`),
  'oe of medicine and the sciences': pairs(`
    oedema/edema lymphoedema/lymphedema gastrooesophageal/gastroesophageal phytooestrogen/phytoestrogen
    oestradiol/estradiol foetal/fetal foetuses/fetuses coeliac/celiac amoebic/amebic gonorrhoeal/gonorrheal
    dyspnoea/dyspnea apnoeic/apneic homoeopathy/homeopathy manoeuvring/maneuvering manoeuvrability/maneuverability
    encephalocoele/encephalocele`),
  'a doubled l': pairs(`
    travelled/traveled labelling/labeling unlabelled/unlabeled tunnelled/tunneled chiselling/chiseling
    funnelling/funneling stencilled/stenciled bevelled/beveled remodelling/remodeling counsellor/counselor
    marvellously/marvelously panellist/panelist dialled/dialed refuelling/refueling trialling/trialing
    imperilled/imperiled disembowelled/disemboweled unravelling/unraveling reveller/reveler cruellest/cruelest
    jewellery/jewelry tranquillity/tranquility crystallised/crystallized`),
  'other doubled consonants': pairs(`
    focussed/focused refocussing/refocusing biassed/biased unbiassed/unbiased benefitted/benefited
    targetting/targeting budgetted/budgeted combatted/combated profitted/profited worshipped/worshiped
    kidnappers/kidnapers gossipping/gossiping programmed/programed diagrammed/diagramed`),
  'a single l': pairs(`
    skilful/skillful wilfully/willfully fulfil/fulfill fulfils/fulfills fulfilment/fulfillment enrol/enroll
    enrolments/enrollments instil/instill distils/distills appal/appall enthral/enthrall instalment/installment`),
  '-our': pairs(`
    behavioural/behavioral neighbourhoods/neighborhoods unfavourably/unfavorably colourless/colorless honouring/honoring
    tumours/tumors vapourise/vaporize watercolours/watercolors rancour/rancor savoury/savory glamour/glamor
    multicoloured/multicolored`),
  '-re': pairs(`
    centre/center centred/centered centring/centering epicentres/epicenters multicentre/multicenter
    centreline/centerline fibreglass/fiberglass nanofibres/nanofibers millilitre/milliliter nanometre/nanometer
    theatre/theater calibre/caliber goitre/goiter sabres/sabers spectre/specter lustre/luster meagre/meager
    sombre/somber mitred/mitered ochre/ocher accoutred/accoutered titre/titer sceptre/scepter`),
  '-ise': pairs(`
    optimise/optimize optimisation/optimization regularised/regularized generalisability/generalizability
    organisational/organizational agonisingly/agonizingly ionising/ionizing deionised/deionized
    recognisable/recognizable soliloquise/soliloquize cognisant/cognizant rasterisers/rasterizers aggrandisement/aggrandizement memoise/memoize ghettoised/ghettoized
    sensitises/sensitizes digitises/digitizes granitises/granitizes monopolises/monopolizes satirises/satirizes
    synthesises/synthesizes catechises/catechizes pauperises/pauperizes dramatises/dramatizes`),
  '-yse': pairs(`
    analyse/analyze analysing/analyzing analyser/analyzer catalysed/catalyzed pyrolysed/pyrolyzed photolyse/photolyze
    dialyser/dialyzer paralysingly/paralyzingly electrolyse/electrolyze`),
  '-ogue': pairs(`
    catalogue/catalog cataloguing/cataloging dialogues/dialogs analogue/analog prologue/prolog homologues/homologs
    pedagogue/pedagog`),
  '-ence': pairs(
    'defence/defense defenceless/defenseless offences/offenses licence/license licenced/licensed pretence/pretense',
  ),
  'an e less': pairs(`
    ageing/aging queueing/queuing judgement/judgment acknowledgements/acknowledgments sizeable/sizable
    tuneable/tunable reuseability/reusability`),
  'words of their own': pairs(`
    aluminium/aluminum sulphur/sulfur sulphides/sulfides mould/mold moulting/molting smouldering/smoldering
    ploughed/plowed sceptical/skeptical grey/gray greyscale/grayscale greyhound/grayhound
    chequered/checkered storeys/storys draughtsman/draftsman programme/program kilogramme/kilogram enquiry/inquiry
    practised/practiced artefacts/artifacts yoghurt/yogurt whisky/whiskey pyjamas/pajamas
    moustache/mustache reflexion/reflection neurone/neuron leucocyte/leukocyte adaptors/adapters learnt/learned unburnt/unburned disc/disk videodiscs/videodisks doughnuts/donuts`),
};

// A prefix of these finds the other spelling only when it is all of the word: `tyr*` is for tyrosine.
const WHOLE = pairs(
  'tyre/tire tyres/tires kerb/curb cosy/cozy axe/ax gaols/jails spelt/spelled pedlars/peddlers',
);

// Different words that one letter more or less makes of each other.
const DIFFERENT = pairs(`
  filled/filed refilled/refiled unfilled/unfiled tilled/tiled polling/poling stalled/staled winning/wining planned/planed
  unplanned/unplaned hopping/hoping dinner/diner scarred/scared sparring/sparing starring/staring stripping/striping
  tapping/taping mopped/moped matting/mating latter/later bitter/biter supper/super robbed/robed rubble/ruble
  caress/cares tinny/tiny cutter/cuter furry/fury comma/coma dessert/desert canvass/canvas
  four/for fourth/forth tour/tor hour/hor pour/por your/yor flour/flor contour/contor devour/devor paramour/paramor
  could/cold should/shold would/wold soul/sol mourn/morn mound/mond bourn/born
  timbre/timber ogre/oger acre/acer cadre/cader genre/gener lucre/lucer massacre/massacer
  device/devise advice/advise prise/prize size/sise wise/wize rise/rize promise/promize premise/premize fence/fense
  tense/tence hence/hense science/sciense
  argue/arg league/leag vogue/vog rogue/rog tongue/tong plague/plag dengue/deng
  singeing/singing swingeing/swinging dyeing/dying
  shoe/she poet/pet aloe/ale woe/we poem/pem toe/te hoe/he doe/de canoe/cane does/des coed/ced
  aerial/erial daemon/demon caesar/cesar israel/isrel larvae/larve saes/ses vaes/ves gael/gel
  analysis/analyzis hydrolyses/hydrolyzes phosphor/fosfor`);

const NAMES = pairs(`
  mueller/muller koehler/kohler schroedinger/schrodinger noergaard/norgaard goedel/godel boettcher/bottcher
  moeller/moller goethe/gothe poe/pe joel/jel`);

describe('British and American spellings', () => {
  for (const [rule, words] of Object.entries(RULES)) {
    it(`meet: ${rule}`, () => {
      expect(words.filter(([british, inAmerica]) => american(british) !== american(inAmerica))).toEqual([]);
    });
  }

  it('meet: whole words', () => {
    expect(WHOLE.filter(([british, inAmerica]) => american(british) !== american(inAmerica))).toEqual([]);
  });

  it('stay apart where they are different words', () => {
    expect(DIFFERENT.filter(([one, other]) => american(one) === american(other))).toEqual([]);
  });

  it('leave the spelled-out umlauts of names alone', () => {
    expect(NAMES.filter(([one]) => american(one) !== one)).toEqual([]);
  });

  it('leave most words as they are', () => {
    const words =
      'recalled unpolled footballers snowballing storytellers controlled expelled propelled compelled patrolled called rolling football storytelling committed referred ' +
      'embedding bootstrapping omitted processes discussed parameter perimeter exercise supervised noise denoising raise ' +
      'otherwise ising viscoelastic coefficients phoenix aerospace michael vae permeable malleable kerberos tyrosine ' +
      'metropolises trellises marquises microcrises polycrises arthritises bronchitises pelvises clitorises chassises ' +
      'portcullises irises tortoises porpoises praxises mantises subtrellises climbed alphaemitter socioecological synthesis basis phosphate source course';
    expect(words.split(' ').filter((word) => american(word) !== word)).toEqual([]);
  });

  it('are read the same however often they are read', () => {
    const words = Object.values(RULES).flat(2);
    expect(words.filter((word) => american(american(word)) !== american(word))).toEqual([]);
  });

  it('do not slow down on a word without end', () => {
    const length = 100_000;
    for (const part of ['re', 'ae', 'oe', 'our', 'll', 'is', 'nonover']) {
      const endless = part.repeat(length / part.length);
      expect(american(`${endless}lled`).length).toBeGreaterThan(length / 3);
    }
  });
});

describe('a prefix finds both spellings', () => {
  const finds = (prefix: string, word: string): boolean =>
    prefixSpellings(prefix).some((spelling) => american(word).startsWith(spelling));

  it('wherever it stops in a word', () => {
    const missed: string[] = [];
    for (const [british, inAmerica] of Object.values(RULES).flat()) {
      for (const word of [british, inAmerica]) {
        for (let length = 3; length <= word.length; length++) {
          const prefix = word.slice(0, length);
          if (!finds(prefix, british) || !finds(prefix, inAmerica))
            missed.push(`${prefix}* ${british} ${inAmerica}`);
        }
      }
    }
    expect(missed).toEqual([]);
  });

  it.each([
    ['labell', 'labelled labeling labellers labelable', 'label labels'],
    ['behaviou', 'behaviour behaviors', 'behave'],
    ['optimis', 'optimise optimization optimizing', 'optimum optimal'],
    ['centr', 'centre centered central', 'cent cents'],
    ['haemo', 'haemoglobin hemorrhage', 'heme'],
    ['fulfill', 'fulfil fulfilled fulfilment', 'full'],
    ['controll', 'controlled controller', 'control'],
    ['catalogu', 'catalogue catalogs', 'catalyst'],
    ['sceptr', 'sceptre scepters', 'sceptic'],
    ['aero', 'aerospace', 'erosion'],
    ['mode', 'modes model', 'modal'],
    ['meta', 'metadata metal', 'meteor'],
    ['gastro', 'gastroesophageal', 'gastritis'],
    ['exercis', 'exercise', 'exert'],
  ])('%s* finds %s, and not %s', (prefix, found, notFound) => {
    expect(found.split(' ').filter((word) => !finds(prefix, word))).toEqual([]);
    expect(notFound.split(' ').filter((word) => finds(prefix, word))).toEqual([]);
  });

  it('has few spellings, so that it is cheap to look for', () => {
    const most = Math.max(
      ...Object.values(RULES)
        .flat(2)
        .map((word) => prefixSpellings(word.slice(0, 7)).length),
    );
    expect(most).toBeLessThan(16);
  });
});
