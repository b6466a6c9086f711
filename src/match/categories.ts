/** arXiv's categories: https://arxiv.org/category_taxonomy. Facts only; new ones need no change here to be matched. */
import { own } from '#src/foundation/own.ts';

// One category with two names: a paper filed under one of them is found under both.
const ALIASES: readonly (readonly [string, string])[] = [
  ['math.mp', 'math-ph'],
  ['stat.th', 'math.st'],
  ['math.it', 'cs.it'],
  ['q-fin.ec', 'econ.gn'],
  ['cs.sy', 'eess.sy'],
  ['cs.na', 'math.na'],
];

/** All names, in lower case, under which a paper with these categories is filed. */
export function categoryNames(categories: readonly string[]): ReadonlySet<string> {
  const names = new Set(categories.map((category) => category.trim().toLowerCase()));
  for (const [one, other] of ALIASES) {
    if (names.has(one)) names.add(other);
    else if (names.has(other)) names.add(one);
  }
  return names;
}

/** Whether one of the names fits: `cs.LG`, or `cs.*` for all of an archive. */
export function fitsCategory(pattern: string, names: ReadonlySet<string>): boolean {
  const wanted = pattern.toLowerCase();
  if (!wanted.endsWith('.*')) return names.has(wanted);
  for (const name of names) if (isInArchive(name, wanted)) return true;
  return false;
}

/** Whether this single category, by any of its names, fits the pattern. */
export function fitsOneCategory(pattern: string, category: string): boolean {
  return fitsCategory(pattern, categoryNames([category]));
}

// Before an archive was divided its papers were filed under the archive itself: `astro-ph.*` covers astro-ph.
function isInArchive(name: string, pattern: string): boolean {
  return name.startsWith(pattern.slice(0, -1)) || name === pattern.slice(0, -2);
}

const PATTERN = /^[a-z]+(-[a-z]+)*(\.([a-z]{2,}(-[a-z]+)*|\*))?$/i;

/** `CS.lg` as arXiv writes it, `cs.LG`; null when it cannot be a category. */
export function readCategoryPattern(written: string): string | null {
  if (!PATTERN.test(written)) return null;
  const [archive, group] = written.toLowerCase().split('.');
  if (group === undefined) return archive;
  return `${archive}.${group.length === 2 ? group.toUpperCase() : group}`;
}

const ARCHIVES: Readonly<Record<string, string>> = {
  'astro-ph': 'CO EP GA HE IM SR',
  'cond-mat': 'dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con',
  cs: 'AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC SD SE SI SY',
  econ: 'EM GN TH',
  eess: 'AS IV SP SY',
  math: 'AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST',
  nlin: 'AO CD CG PS SI',
  physics:
    'acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph',
  'q-bio': 'BM CB GN MN NC OT PE QM SC TO',
  'q-fin': 'CP EC GN MF PM PR RM ST TR',
  stat: 'AP CO ME ML OT TH',
};

// Without divisions, today's and those that papers of the 1990s still carry.
const UNDIVIDED =
  'gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph acc-phys adap-org alg-geom ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th patt-sol plasm-ph q-alg solv-int supr-con astro-ph cond-mat q-bio';

/** What to write instead of a pattern that no arXiv category fits; null when some category fits. */
export function proposeCategory(pattern: string): string | null {
  const [archive, group] = pattern.split('.');
  if (group === undefined && UNDIVIDED.split(' ').includes(archive)) return null;
  const groups = own(ARCHIVES, archive) ?? null;
  if (groups !== null) return group === '*' || groups.split(' ').includes(group) ? null : `${archive}.*`;
  const owner = Object.entries(ARCHIVES).find(([, groups]) =>
    groups.split(' ').includes(archive.toUpperCase()),
  );
  return owner === undefined ? 'cs.LG' : `${owner[0]}.${archive.toUpperCase()}`;
}
