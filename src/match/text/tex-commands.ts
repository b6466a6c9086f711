/**
 * What TeX's commands leave of a text. What is not named here (operators, relations, arrows, delimiters, spacing, sizes of
 * delimiters, sectioning, items) separates words and leaves none, as every unknown command does.
 * Lists: LaTeX2e's, amsmath's and amssymb's symbols, natbib, biblatex, cleveref, hyperref, xcolor, graphicx, booktabs,
 * upgreek (https://ctan.org/pkg/comprehensive).
 */
import { greekLetter } from './fold.ts';

type TexCommand =
  /** A letter inside a word: `S\o ren`. */
  | { kind: 'letter'; text: string }
  /** A word, or a letter of a formula, of its own. */
  | { kind: 'word'; text: string }
  /** What stands in its braces is set higher, so it is a word of its own. */
  | { kind: 'raised' }
  /** Moves by a length that follows it without braces: `\kern-2pt`. */
  | { kind: 'length' }
  /** A web address that is shown: only the name of a repository in it is text. */
  | { kind: 'address' }
  /**
   * Leaves nothing. `separates`: no word goes on over it. `dropped`: so many arguments are no text and go with it, and so
   * do those in square brackets; null = it takes none of either.
   */
  | { kind: 'nothing'; separates: boolean; dropped: number | null };

const SEPARATOR: TexCommand = { kind: 'nothing', separates: true, dropped: null };

const namesOf = (list: string): string[] => list.trim().split(/\s+/);

const LETTERS: ReadonlyMap<string, string> = new Map([
  ...namesOf('i j SS').map((name): [string, string] => [name, name]),
  ['ss', 'ß'],
  ['o', 'ø'],
  ['O', 'Ø'],
  ['l', 'ł'],
  ['L', 'Ł'],
  ['ae', 'æ'],
  ['AE', 'Æ'],
  ['oe', 'œ'],
  ['OE', 'Œ'],
  ['aa', 'å'],
  ['AA', 'Å'],
  ['th', 'þ'],
  ['TH', 'Þ'],
  ['dh', 'ð'],
  ['DH', 'Ð'],
  ['dj', 'đ'],
  ['DJ', 'Đ'],
  ['ng', 'ŋ'],
  ['NG', 'Ŋ'],
  ['ij', 'ij'],
  ['IJ', 'IJ'],
  ['textquoteright', "'"],
  ['textquotesingle', "'"],
]);

/** Letters of formulas that are no Greek ones, and what they are read as. */
const FORMULA_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ell', 'l'],
  ['hbar', 'h'],
  ['hslash', 'h'],
  ['imath', 'i'],
  ['jmath', 'j'],
  ['Bbbk', 'k'],
  ['eth', 'ð'],
  ['Re', 'R'],
  ['Im', 'I'],
  ['infty', 'infinity'],
]);

const FUNCTIONS: ReadonlySet<string> = new Set(
  namesOf(`
  arccos arccosh arccot arccoth arccsc arcsec arcsin arcsinh arctan arctanh arcosh arsinh artanh arg argmax argmin
  cos cosh cot coth csc csch ctg deg det diag dim dist erf erfc exp gcd grad hom inf injlim ker lcm lg lim liminf
  limsup ln log max median min poly polylog Pr proj projlim rank relu ReLU sec sech sgn sigmoid sign sin sinc sinh
  softmax span std sup supp tan tanh tg Tr tr trace Var var Cov cov vol aleph beth gimel daleth digamma
  `),
);

/** Set the type of what follows in braces, or decorate it; a word goes on over them: `\textsc{Mo}E`. */
const STYLES = namesOf(`
  text textbf textit textsc texttt textrm textsf textmd textup textsl textnormal textsubscript textlf textssc textulc textsw
  mathbf mathit mathrm mathsf mathtt mathcal mathbb mathbbm mathds mathfrak mathscr mathnormal mathbfit mathsfit
  mathbfsf mathbfcal mathbfscr mathbffrak mathup mathsfbf mathop mathord mathpzc mathcalboondox
  symbf symit symrm symsf symtt symcal symbb symfrak symscr symup symbfit symbfsf symnormal
  bm boldsymbol pmb Bbb bold emph operatorname operatornamewithlimits mbox hbox vbox fbox framebox makebox ensuremath
  underline overline uline uuline uwave sout xout dashuline dotuline ul hl st so caps textls lsstyle
  hat widehat tilde widetilde bar vec dot ddot dddot ddddot check widecheck breve acute grave mathring ring
  overbrace underbrace overbracket underbracket overrightarrow overleftarrow overleftrightarrow underrightarrow
  underleftarrow underleftrightarrow overparen underparen overarc wideparen utilde undertilde underbar cancel bcancel xcancel
  MakeUppercase MakeLowercase MakeTextUppercase MakeTextLowercase uppercase lowercase smash
  ac acs acl acf acp acsp aclp acfp Ac Acp acrshort acrlong acrfull gls Gls GLS glspl Glspl ce ch cf
`);

const DECLARATIONS = namesOf(`
  bf it sc tt rm sf sl em bfseries mdseries itshape scshape slshape upshape ttfamily rmfamily sffamily normalfont
  tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge protect mit cal relax
  allowbreak nolinebreak nobreak boldmath unboldmath selectfont
`);

/** A word goes on over them too, but so many arguments are no text: `\textcolor{red}{Mo}E`. */
const STYLES_WITH_ARGUMENTS: readonly (readonly [dropped: number, names: string])[] = [
  [0, 'hyperref'],
  [
    1,
    'color textcolor colorbox href hyperlink hypertarget raisebox scalebox rotatebox parbox texorpdfstring',
  ],
  [2, 'fcolorbox resizebox fontsize'],
];

/** Nothing of these is text. */
const ARGUMENTS: readonly (readonly [dropped: number, names: string])[] = [
  [
    0,
    'footnote footnotetext footnotemark section subsection subsubsection paragraph chapter caption todo linebreak pagebreak',
  ],
  [
    1,
    `label zlabel bibitem index begin end hspace vspace mspace addvspace url nolinkurl path doi
    input include includeonly includegraphics bibliography bibliographystyle addbibresource usepackage documentclass
    RequirePackage pagestyle thispagestyle pagenumbering linespread phantom hphantom vphantom tag cline cmidrule
    rowcolor columncolor cellcolor pagecolor usetikzlibrary tikzset setcounter stepcounter refstepcounter usecounter
    fontfamily fontseries fontshape fontencoding symbol enlargethispage hyphenation glsadd
    theoremstyle graphicspath lstset hypersetup captionsetup newtheorem`,
  ],
  [
    2,
    'rule setlength addtolength addtocounter multicolumn multirow crefrange Crefrange newcommand renewcommand',
  ],
  [2, 'providecommand DeclareMathOperator newenvironment cpagerefrange'],
  [3, 'definecolor'],
];

/** Take arguments of text and separate: with the others, they are known by their names when the backslash got lost. */
const STRUCTURES = namesOf(`
  frac dfrac tfrac cfrac sfrac nicefrac sqrt binom dbinom tbinom overset underset stackrel substack
  thanks title author subcaption xrightarrow xleftarrow textsuperscript SI si qty unit num ang SIrange marginpar
`);

const REFERENCE =
  /^[a-zA-Z]{0,20}(?:ref|cites?|citep|citet|citealp|citealt|citeauthor|citeyear|citeyearpar|citetitle|citenum)$/i;

const KNOWN: ReadonlyMap<string, TexCommand> = new Map<string, TexCommand>([
  ...[...STRUCTURES, ...namesOf('LHD RHD EUR')].map((name): [string, TexCommand] => [name, SEPARATOR]),
  ...[...STYLES, ...DECLARATIONS].map((name): [string, TexCommand] => [name, nothing(false, null)]),
  ...STYLES_WITH_ARGUMENTS.flatMap(([dropped, names]) => each(names, nothing(false, dropped))),
  ...ARGUMENTS.flatMap(([dropped, names]) => each(names, nothing(true, dropped))),
  ...[...FUNCTIONS].map((text): [string, TexCommand] => [text, { kind: 'word', text }]),
  ...[...FORMULA_LETTERS].map(([name, text]): [string, TexCommand] => [name, { kind: 'word', text }]),
  ...[...LETTERS].map(([name, text]): [string, TexCommand] => [name, { kind: 'letter', text }]),
  ...each('textsuperscript sp', { kind: 'raised' }),
  ...each('url nolinkurl', { kind: 'address' }),
  ...each('kern mkern hskip vskip mskip raise lower moveleft moveright', { kind: 'length' }),
]);

function nothing(separates: boolean, dropped: number | null): TexCommand {
  return { kind: 'nothing', separates, dropped };
}

function each(names: string, command: TexCommand): [string, TexCommand][] {
  return namesOf(names).map((name) => [name, command]);
}

/** What the command of that name (without its backslash and star) leaves. */
export function readCommandName(name: string): TexCommand {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  if (REFERENCE.test(name)) return nothing(true, 1);
  const greek = greekLetter(name) ?? greekLetter(name.replace(/^(?:var|up|Up|text)/, ''));
  if (greek !== null) return { kind: 'word', text: greek };
  return isMethodName(name) ? { kind: 'word', text: name } : SEPARATOR;
}

/** A command that is written like an acronym is the authors' name for their method (`\LoRA`); `\RR` is a set's letter. */
function isMethodName(name: string): boolean {
  const capitals = name.replace(/[^A-Z]/g, '').length;
  return capitals >= 2 && capitals * 2 >= name.length && !/^([A-Z])\1$/.test(name);
}

/** xcolor's names. Authors who define commands for colours give them these names. */
const COLOURS = namesOf(
  'red green blue cyan magenta yellow black gray darkgray lightgray white brown lime olive orange pink purple teal violet',
);

const WITH_BRACES: ReadonlySet<string> = new Set([
  ...COLOURS,
  ...STYLES,
  ...STRUCTURES,
  ...[...STYLES_WITH_ARGUMENTS, ...ARGUMENTS].flatMap(([, names]) => namesOf(names)),
]);

/** Whether a word right before a brace is this command without its backslash, as some sources lose it: `textit{O}bject`. */
export function isLostCommand(name: string): boolean {
  return WITH_BRACES.has(name) || REFERENCE.test(name);
}

/** Arguments of `\begin{...}` after the name that lay something out: columns, widths. */
export const LAYOUT_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ...namesOf(
    'tabular array longtable minipage multicols thebibliography subfigure adjustbox subarray alignat',
  ).map((name): [string, number] => [name, 1]),
  ...namesOf('tabularx tabular* wrapfigure wraptable').map((name): [string, number] => [name, 2]),
]);
