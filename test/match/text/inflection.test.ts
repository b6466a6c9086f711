import { describe, expect, it } from 'vitest';
import { singular } from '#src/match/text/inflection.ts';
import { findsTitle } from '../document.ts';

/** `singular/plural` pairs, with blanks between them: each finds the other. Then pairs of different words. */
type Rule = { title: string; meet: string; apart?: string };

const RULES: readonly Rule[] = [
  {
    title: '-s, -es and -ies are plurals',
    meet:
      'model/models query/queries box/boxes bush/bushes class/classes batch/batches cache/caches niche/niches ' +
      'lathe/lathes tie/ties pie/pies movie/movies zombie/zombies genie/genies money/moneys waltz/waltzes quiz/quizzes',
    apart:
      'clas/class sky/skis ski/skies die/dying marie/mary julie/july attache/attach touche/touch brie/bry add/ads',
  },
  {
    title: '-oes is a plural of -o, in some words of -oe',
    meet:
      'halo/haloes halo/halos hero/heroes buffalo/buffaloes volcano/volcanoes shoe/shoes snowshoe/snowshoes ' +
      'canoe/canoes aloe/aloes tiptoe/tiptoes',
    apart: 'floe/flow flo/floes toe/to doe/do shoe/show',
  },
  {
    title: '-ses is a plural of -sis by the letters before it',
    meet:
      'analysis/analyses neurosis/neuroses exegesis/exegeses metastasis/metastases candidiasis/candidiases ' +
      'synopsis/synopses prolepsis/prolepses crisis/crises catharsis/catharses oasis/oases diagnosis/diagnoses ' +
      'reanalysis/reanalyses subhypothesis/subhypotheses praxis/praxes testis/testes',
    apart: 'mime/mimesis psyche/psychosis thesis/these diagnose/diagnosis synapse/synopsis',
  },
  {
    title: '-ses is a plural of -se by the letters before it',
    meet:
      'purpose/purposes overdose/overdoses glucose/glucoses goose/gooses phase/phases kinase/kinases database/databases ' +
      'cheese/cheeses diocese/dioceses eclipse/eclipses corpse/corpses house/houses clause/clauses fuse/fuses ' +
      'excuse/excuses response/responses premise/premises advertise/advertises impasse/impasses ' +
      'relive/relives interleave/interleaves coax/coaxes digitalize/digitalizes polarize/polarizes',
    apart: 'synapse/synopses elapse/ellipses',
  },
  {
    title: 'words that end in s by nature add -es',
    meet:
      'lens/lenses metalens/metalenses bias/biases debias/debiases gas/gases atlas/atlases iris/irises trellis/trellises ' +
      'virus/viruses renew/renews sinew/sinews pollen/pollens campus/campuses bonus/bonuses minibus/minibuses corpus/corpuses ' +
      'mantis/mantises praxis/praxises arthritis/arthritises census/censuses circus/circuses',
    apart: 'discus/discuss lens/lend bias/biased princess/princes caress/cares basses/bases possess/posses',
  },
  {
    title: 'they do so at the end of compounds',
    meet:
      'crossbias/crossbiases lightcanvas/lightcanvases brainatlas/brainatlases typealias/typealiases datagas/datagases ' +
      'hypercosmos/hypercosmoses subtrellis/subtrellises superchassis/superchassises hemipelvis/hemipelvises hemipelvis/hemipelves subiris/subirises ' +
      'hepatopancreas/hepatopancreases microlens/microlenses technopolis/technopolises pseudoarthritis/pseudoarthritises',
    apart:
      'amebias/amebiases cellobias/cellobiases ligas/ligases elongas/elongases satiris/satirises corps/corpses ' +
      'taxonomis/taxonomises',
  },
  {
    title: 'bases are of base and of basis, ellipses of ellipse and of ellipsis: they meet',
    meet: 'base/bases basis/bases eigenbasis/eigenbases ellipse/ellipses ellipsis/ellipses database/databases',
    apart: 'ellipse/eclipse oasis/base',
  },
  {
    title: 'words that end in s by nature are no plurals',
    meet: 'news/news series/series',
    apart:
      'new/news fakenew/fakenews len/lens metalen/metalens bia/bias mar/mars ha/has thi/this alia/alias bu/bus viru/virus ' +
      'statu/status iri/iris tenni/tennis axi/axis chao/chaos atla/atlas serie/series specie/species famou/famous',
  },
  {
    title: 'a vowel and s is a plural of -i and -u where there is such a word',
    meet:
      'tsunami/tsunamis safari/safaris alkali/alkalis taxi/taxis spaghetti/spaghettis guru/gurus haiku/haikus menu/menus ' +
      'plateau/plateaus milieu/milieus api/apis roi/rois nli/nlis gpu/gpus mcu/mcus rtu/rtus multigpu/multigpus',
    apart: 'gp/gpus plu/plus thu/thus opu/opus anu/anus geni/genius grati/gratis',
  },
  {
    title: '-ics is a plural of -ic, but not in sciences',
    meet:
      'tactic/tactics schematic/schematics diagnostic/diagnostics lyric/lyrics comic/comics metric/metrics conic/conics ' +
      'heuristic/heuristics characteristic/characteristics infographic/infographics harmonic/harmonics anesthetic/anesthetics',
    apart:
      'physic/physics robotic/robotics aerodynamic/aerodynamics optic/optics genomic/genomics photonic/photonics ' +
      'pneumatic/pneumatics epigenetic/epigenetics bioethic/bioethics econometric/econometrics graphic/graphics',
  },
  {
    title: 'old plurals count at the end of longer words',
    meet:
      'grandchild/grandchildren forefoot/forefeet eyetooth/eyeteeth goose/geese dormouse/dormice louse/lice ox/oxen ' +
      'woman/women spokeswoman/spokeswomen fireman/firemen seaman/seamen bookshelf/bookshelves midwife/midwives ' +
      'halflife/halflives cloverleaf/cloverleaves hoof/hooves dwarf/dwarves scarf/scarfs dwarf/dwarfs ' +
      'cybermouse/cybermice dormouse/dormice greylife/greylives afterlife/afterlives tealeaf/tealeaves werewolf/werewolves ' +
      'meatloaf/meatloaves penknife/penknives milktooth/milkteeth clubfoot/clubfeet schoolchild/schoolchildren ' +
      'subaxis/subaxes protoaxis/protoaxes openaxis/openaxes parallax/parallaxes softmax/softmaxes',
    apart:
      'safe/saves belief/believes serf/serves proof/proves cleaf/cleaves olife/olives golf/wolves regime/regimen ' +
      'shaman/shamen speciman/specimen abdoman/abdomen german/germen yeman/yemen pumouse/pumice slouse/slice child/godchildren ' +
      'amouse/amice alife/alives olife/olives relife/relives outlife/outlives overlife/overlives coaxis/coaxes hoaxis/hoaxes ' +
      'relaxis/relaxes panaxis/panaxes saxis/saxes climaxis/climaxes chief/chives gulf/gulp grief/grieves waif/waives strife/strives louse/loose ' +
      'spouse/spice booth/beeth',
  },
  {
    title: 'Latin and Greek plurals of the sciences',
    meet:
      'supernova/supernovae hypha/hyphae lamina/laminae bacterium/bacteria cilium/cilia endothelium/endothelia serum/sera ' +
      'taxon/taxa mitochondrion/mitochondria polyhedron/polyhedra criterion/criteria subcriterion/subcriteria ' +
      'hippocampus/hippocampi alveolus/alveoli streptococcus/streptococci micronucleus/micronuclei hypertorus/hypertori ' +
      'microvillus/microvilli corpus/corpora subcorpus/subcorpora genus/genera femur/femora foramen/foramina quale/qualia ' +
      'protozoan/protozoa spermatozoon/spermatozoa schema/schemata carcinoma/carcinomata matrix/matrices codex/codices ' +
      'subindex/subindices apex/apices thorax/thoraces phalanx/phalanges larynx/larynges arthritis/arthritides ' +
      'ephemeris/ephemerides plateau/plateaux milieu/milieux topos/topoi datum/data medium/media ' +
      'archeon/archea ascus/asci atrium/atria carpus/carpi chiasma/chiasmata embolus/emboli gyrus/gyri hallux/halluces ' +
      'hilum/hila limen/limina lipoma/lipomata pollex/pollices scolex/scolices varix/varices aphelion/aphelia ' +
      'infimum/infima supremum/suprema trapezium/trapezia pendulum/pendula explanandum/explananda definiendum/definienda ' +
      'rhombus/rhombi directrix/directrices icosahedron/icosahedra cingulum/cingula scyphus/scyphi pygidium/pygidia ' +
      'bronchiectasis/bronchiectases homeostasis/homeostases zoonosis/zoonoses apotheosis/apotheoses abacus/abaci',
    apart:
      'persona/person india/indium germania/germanium ceria/cerium alumina/aluminum alba/album malus/mali ica/icon ' +
      'sunda/sundae media/medial opera/opus radios/radius cola/colon satori/satorus cathedra/cathedron tessera/tesserum ' +
      'lattice/lattex serve/cervices corporal/corpora general/genera',
  },
  {
    title: '-ae is a plural of -a, but not in the names of autoencoders',
    meet:
      'larva/larvae gingiva/gingivae alga/algae fistula/fistulae vertebra/vertebrae umbra/umbrae urethra/urethrae pupa/pupae ' +
      'bursa/bursae squama/squamae mycorrhiza/mycorrhizae siliqua/siliquae axilla/axillae fovea/foveae scapula/scapulae ' +
      'coxa/coxae ameba/amebae theca/thecae fascia/fasciae chorda/chordae',
    apart:
      'betava/betavae videoma/videomae audiosa/audiosae vqra/vqrae vga/vgae flowva/flowvae convda/convdae reggae/regga ' +
      'tiiua/tiiuae asteracea/asteraceae hominida/hominidae',
  },
  {
    title: 'two plurals of one word meet',
    meet:
      'supernovae/supernovas formulae/formulas indexes/indices schemas/schemata cactuses/cacti focuses/foci plateaus/plateaux ' +
      'stigmas/stigmata thoraxes/thoraces zeros/zeroes mediums/media bacterias/bacteria graffiti/graffitis',
  },
];

const pairs = (list: string): string[][] => list.split(/\s+/).map((pair) => pair.split('/'));

describe.each(RULES)('Plurals do not matter: $title', ({ meet, apart }) => {
  it.each(pairs(meet))('%s and %s are one word', (one, other) => expect(singular(one)).toBe(singular(other)));
  if (apart !== undefined)
    it.each(pairs(apart))('%s and %s are two words', (one, other) =>
      expect(singular(one)).not.toBe(singular(other)),
    );
});

describe('Plurals in filters', () => {
  it.each([
    ['"phase transition"', 'Phase transitions of cilia'],
    ['cilium', 'Phase transitions of cilia'],
    ['VQVAE', 'Two VQVAEs'],
    ['ROI', 'Many ROIs'],
    ['roi', 'many rois'],
    ['trellis', 'Two trellises'],
  ])('%s finds "%s"', (filter, title) => expect(findsTitle(filter, title)).toBe(true));
});
