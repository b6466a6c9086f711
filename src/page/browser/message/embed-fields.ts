type Field = { isInline: boolean };

/** A field and how many of the twelve columns of its embed it takes. */
type PlacedField<T extends Field> = { field: T; columns: number };

const COLUMNS = 12;
const MOST_IN_A_ROW = 3;

/** Inline fields stand three to a row at most, as Discord sets them: two of them share it evenly, one has it alone. */
export function placedFields<T extends Field>(fields: readonly T[]): PlacedField<T>[] {
  const rows: T[][] = [];
  for (const field of fields) {
    const row = rows.at(-1);
    if (row && field.isInline && row[0].isInline && row.length < MOST_IN_A_ROW) row.push(field);
    else rows.push([field]);
  }
  return rows.flatMap((row) => row.map((field) => ({ field, columns: COLUMNS / row.length })));
}
