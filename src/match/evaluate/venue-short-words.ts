import { analyseWord } from '../text/analyse.ts';

/** How words of titles are shortened where the journal is not in the list (venue-list.ts); after ISO 4. */
const SHORTENED = `
acad academy, adv advances advanced, algebr algebra algebraic, am american, amer american, anal analysis, ann annals annual,
appl applied applications, artif artificial, assoc association, astron astronomy astronomical,
astrophys astrophysics astrophysical, atmos atmospheric, autom automation, automat automatic, biochem biochemistry biochemical,
biol biology biological, biomed biomedical, biophys biophysics biophysical, bull bulletin, chem chemistry chemical,
combin combinatorics combinatorial, comm communications, commun communications, comp computer computing computational,
comput computer computing computational computation, conf conference, cosmol cosmology, dyn dynamics dynamical,
econ economics economic, educ education, electron electronics electronic, eng engineering, environ environmental,
eur european, evol evolution evolutionary, exp experimental, financ finance financial, fluid fluids, gen general, genet genetics,
geom geometry geometric, geophys geophysics geophysical, grav gravitation gravity, inf information, inform information,
instrum instruments instrumentation, int international, intell intelligence, j journal, jour journal, lang language, learn learning,
lect lecture, lett letters, ling linguistics, mach machine, manag management, mat materials, mater materials,
math mathematics mathematical, mech mechanics mechanical, med medicine medical, meteorol meteorology, meth methods, mod modern,
mol molecular, mon monthly, nat national nature natural, natl national, netw networks, neurosci neuroscience, not notices,
nucl nuclear, numer numerical, oper operations, opt optics optical, optim optimization, part particle, phys physics physical,
probab probability, proc proceedings, process processing, prog progress, psychol psychology, publ publications, quant quantum,
rep reports, res research, rev review reviews, robot robotics, roy royal, sci science scientific, secur security, ser series,
soc society, softw software, stat statistics statistical, statist statistics statistical, stoch stochastic, struct structural structures,
suppl supplement, surv surveys, symp symposium, syst systems, tech technology technical, technol technology, theor theoretical theory,
topol topology, trans transactions, univ university, vis vision`;

/** Read when it is first asked for. */
let alike: ReadonlyMap<string, readonly string[]> | null = null;

/** The word and what it is short for, or how it is shortened; all as words are compared. */
export function alikeOf(stem: string): readonly string[] {
  alike ??= readAlike();
  return alike.get(stem) ?? [stem];
}

function readAlike(): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, string[]>();
  for (const line of SHORTENED.split(',')) {
    const [short, ...long] = line
      .trim()
      .split(/\s+/)
      .map((word) => analyseWord(word).stem);
    for (const word of long) {
      listOf(read, short).push(word);
      listOf(read, word).push(short);
    }
  }
  return read;
}

function listOf(read: Map<string, string[]>, stem: string): string[] {
  const list = read.get(stem) ?? [stem];
  read.set(stem, list);
  return list;
}
