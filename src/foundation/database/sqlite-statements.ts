import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { Connection } from './database-connection.ts';
import { KeptStatements } from './kept-statements.ts';
import { isRead } from './statement-kind.ts';
import type { Transactions } from './transactions.ts';

type Use<T> = (statement: StatementSync) => T;

export type SqliteStatements = {
  get<Row>(sql: string, ...values: SQLInputValue[]): Promise<Row | undefined>;
  all<Row>(sql: string, ...values: SQLInputValue[]): Promise<Row[]>;
  run(sql: string, ...values: SQLInputValue[]): Promise<{ changes: number }>;
};

/**
 * Sends each statement to the connection that it is for: reads outside a transaction to the one that sees what is
 * committed, at once; everything else to the one that writes, in its turn. `explain` makes SQLite's failures into sentences.
 */
export function createStatements(
  { sqlite, reader }: Connection,
  transactions: Transactions,
  explain: (error: unknown) => unknown,
): SqliteStatements {
  const writing = new KeptStatements(sqlite);
  const reading = reader === sqlite ? writing : new KeptStatements(reader);

  // One promise a call: a second one would cost as much as a small statement.
  const write = <T>(sql: string, use: Use<T>): Promise<T> => transactions.inTurn(() => use(writing.of(sql)));

  const readCommitted = async <T>(sql: string, use: Use<T>): Promise<T> => {
    try {
      return use(reading.of(sql));
    } catch (error) {
      throw explain(error);
    }
  };

  const read = <T>(sql: string, use: Use<T>): Promise<T> =>
    transactions.isInside ? write(sql, use) : readCommitted(sql, use);

  // The casts: whoever wrote the text that decides a row's shape named that shape.
  return {
    get<Row>(sql: string, ...values: SQLInputValue[]) {
      if (isRead(sql)) return read(sql, (statement) => statement.get(...values) as Row | undefined);
      // Read to its end: what fails when the change is committed shows only there.
      return write(sql, (statement) => (statement.all(...values) as Row[]).at(0));
    },
    all<Row>(sql: string, ...values: SQLInputValue[]) {
      const use = (statement: StatementSync) => statement.all(...values) as Row[];
      return isRead(sql) ? read(sql, use) : write(sql, use);
    },
    run: (sql, ...values) =>
      write(sql, (statement) => ({ changes: Number(statement.run(...values).changes) })),
  };
}
