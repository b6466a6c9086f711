import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Deleted, DeletionList } from '#src/foundation/database/deletion-list.ts';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import type { Log } from '#src/foundation/log.ts';
import type { MemberRecords } from '#src/foundation/member-records.ts';
import type { LeftServers } from './left-servers.ts';

/** What people have deleted. It is noted first: what a crash leaves undone, and what a backup brings back, is done at a start. */
type Forgetting = {
  /** Nothing that is stored names the member afterwards. Resolves with whether the log beside the file is empty too. */
  forgetMember(memberId: string): Promise<boolean>;
  /** Nothing of the server is stored afterwards. */
  forgetServer(serverId: string): Promise<boolean>;
  /** Does once more what this database does not know of: once, before anything new is written. */
  repeat(): Promise<void>;
};

type Deps = {
  db: Pick<Database, 'emptyLog'>;
  cursors: Cursors;
  deletionList: DeletionList;
  memberRecords: readonly MemberRecords[];
  /** What was typed and shown in a server. */
  questions: { forgetServer(serverId: string): Promise<void> };
  leftServers: Pick<LeftServers, 'forgetNow' | 'storedServers'>;
  log: Log;
};

export function createForgetting(deps: Deps): Forgetting {
  const { db, cursors, deletionList, memberRecords, questions, leftServers, log } = deps;
  const inTurn = createKeyedQueue();

  const forget = async ({ what, id }: Deleted): Promise<void> => {
    if (what === 'server') {
      await leftServers.forgetNow(id);
      return questions.forgetServer(id);
    }
    for (const records of memberRecords) await records.forget(id);
  };

  /** So far this database has gone: it is kept in it, and is as old as it is. */
  const noteDone = async (): Promise<void> => {
    const name = deletionList.name();
    if (name !== null) await cursors.set(`${REPEATED_TO}${name}`, deletionList.length());
  };

  // One after the other: what is noted as done is all that was noted before.
  const inOrder = (deleted: Deleted): Promise<boolean> =>
    inTurn('', async () => {
      deletionList.add(deleted);
      await forget(deleted);
      await noteDone();
      return db.emptyLog();
    });

  return {
    forgetMember: (id) => inOrder({ what: 'member', id }),
    forgetServer: (id) => inOrder({ what: 'server', id }),

    async repeat() {
      const name = deletionList.name();
      const known = name === null ? 0 : await cursors.get(`${REPEATED_TO}${name}`);
      if (known >= deletionList.length()) return;
      const isDeleted = deletionList.since(known);
      let repeated = 0;
      for (const deleted of await stored(deps))
        if (isDeleted(deleted)) {
          await forget(deleted);
          repeated++;
        }
      await noteDone();
      await db.emptyLog();
      log.info({ repeated }, 'deletions that this database did not know of are repeated');
    },
  };
}

/** The beginning of the cursor that says how far a database has gone in a list of deletions; its name follows. */
export const REPEATED_TO = 'deletions ';

/** Of whom something is stored; a server's or channel's id among the members' is nobody's that was deleted. */
async function stored({ memberRecords, leftServers }: Deps): Promise<Deleted[]> {
  const found: Deleted[] = [];
  for (const id of await leftServers.storedServers()) found.push({ what: 'server', id });
  for (const records of memberRecords)
    for (const id of await records.ids()) found.push({ what: 'member', id });
  return found;
}
