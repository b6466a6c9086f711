/**
 * What is counted of a paper, in the order in which people are told. Columns, filter fields, cards, lists and snapshots are
 * made from this list. A new figure is an entry here, a column of both tables in a migration of the archive, its words
 * (`figure.…` in src/wording), and whatever source reads it.
 */
type Definition = {
  /** In sightings and signals; its column in the tables `paper` and `sighting`. */
  name: string;
  /** In the filter language, and in what a filter is tried on. */
  field: string;
  /**
   * What other engines and other people call that field, blanks between: at least its own singular. Before a colon and a
   * number they are taken for it.
   */
  otherNames: string;
  /** What people write behind an amount, one of it: `20 likes`. */
  units: readonly string[];
  /** Which amounts are proposed for its field. */
  steps: readonly number[];
  /** An amount that tells what its field takes. */
  example: number;
  /** The same for the guide to the filter language; null: it is not in it. */
  guide: string | null;
  /** Its lists are ordered by it: an item that tells it wrong is refused, where any other figure is left out. */
  ranks: boolean;
  /** None of it is said, too. */
  saysNone: boolean;
  /** Lists, digests and search results show it; cards show every figure. */
  onLists: boolean;
  /** A posted card is written anew when it grew by the nth part of what is shown, and by so many at least; null: never. */
  renews: { part: number; least: number } | null;
};

export const FIGURES = [
  {
    name: 'votes',
    field: 'upvotes',
    otherNames: 'votes likes points score upvote vote like rating hearts',
    units: ['upvote', 'vote', 'like', 'point'],
    steps: [5, 10, 20, 50, 100],
    example: 20,
    guide: 'upvotes:>=20',
    ranks: true,
    saysNone: true,
    onLists: true,
    renews: { part: 4, least: 5 },
  },
  {
    name: 'comments',
    field: 'comments',
    otherNames: 'discussion replies comment',
    units: ['comment'],
    steps: [1, 3, 5, 10],
    example: 3,
    guide: null,
    ranks: false,
    saysNone: false,
    onLists: false,
    renews: null,
  },
  {
    // Of the paper's repository on GitHub.
    name: 'stars',
    field: 'stars',
    otherNames: 'github star stargazers gh',
    units: ['star'],
    steps: [10, 100, 1000, 5000],
    example: 1000,
    guide: 'stars:>100',
    ranks: false,
    saysNone: false,
    onLists: false,
    renews: { part: 5, least: 50 },
  },
] as const satisfies readonly Definition[];

export type Figure = (typeof FIGURES)[number];
export type FigureName = Figure['name'];
export type FigureField = Figure['field'];

/** What is known of each figure; `null` = never seen. */
export type Figures = Record<FigureName, number | null>;
/** The same by the fields of the filter language. */
export type FigureFields = Record<FigureField, number | null>;

export const FIGURE_NAMES: readonly FigureName[] = FIGURES.map(({ name }) => name);
export const FIGURE_FIELDS: readonly FigureField[] = FIGURES.map(({ field }) => field);

/** Each key with its value. */
export function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  read: (key: Key) => Value,
): Record<Key, Value> {
  const record = {} as Record<Key, Value>;
  for (const key of keys) record[key] = read(key);
  return record;
}

export const NO_FIGURES: Figures = recordOf(FIGURE_NAMES, () => null);

/** The figures alone of something that has them. */
export const figuresOf = (something: Figures): Figures => recordOf(FIGURE_NAMES, (name) => something[name]);

/** By the fields of the filter language. */
export function figureFields(figures: Figures): FigureFields {
  const fields = {} as FigureFields;
  for (const { name, field } of FIGURES) fields[field] = figures[name];
  return fields;
}

export const sameFigures = (one: Figures, other: Figures): boolean =>
  FIGURE_NAMES.every((name) => one[name] === other[name]);

type Renewing = Extract<Figure, { renews: object }>;
/** What a posted card is written anew for. */
export type RenewingFigures = Pick<Figures, Renewing['name']>;

export const RENEWING_FIGURES: readonly Renewing[] = FIGURES.filter((figure) => figure.renews !== null);

export const RENEWING_NAMES = RENEWING_FIGURES.map(({ name }) => name);

export const renewingFigures = (figures: RenewingFigures): RenewingFigures =>
  recordOf(RENEWING_NAMES, (name) => figures[name]);
