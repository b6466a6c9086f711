import type { Database } from '#src/foundation/database/database.ts';
import { idsIn, namesId, withoutId } from '#src/foundation/ids-in.ts';
import { FORMER_MEMBER, type MemberRecords } from '#src/foundation/member-records.ts';
import type { LastKnown } from './last-known.ts';

type Row = { id: number; server: string; since: number; last: string };

/** Who could see a channel that was deleted: its settings may have named members. */
export function openSeenMembers(db: Database): MemberRecords {
  const all = 'SELECT id, server, since, last FROM episode WHERE last IS NOT NULL';
  const keep = 'UPDATE episode SET last = ? WHERE id = ?';
  const naming = async (memberId: string): Promise<Row[]> =>
    (await db.all<Row>(`${all} AND instr(last, ?) > 0`, memberId)).filter(({ last }) =>
      namesId(JSON.parse(last), memberId),
    );

  return {
    of: async (memberId) =>
      (await naming(memberId)).map(({ server, since, last }) => ({
        ...{ kind: 'channel', serverId: server, at: since, stored: asSeenBy(JSON.parse(last), memberId) },
      })),
    ids: async () => new Set((await db.all<Row>(all)).flatMap(({ last }) => idsIn(JSON.parse(last)))),
    forget: (memberId) =>
      db.transaction(async () => {
        for (const { id, last } of await naming(memberId))
          await db.run(keep, JSON.stringify(forgetSeer(JSON.parse(last), memberId)), id);
      }),
  };
}

/** A channel is named to whom it was shown, and nobody else who saw it is named. */
function asSeenBy({ name, audience, named }: LastKnown, memberId: string): object {
  const isSeer = audience !== 'everybody' && audience.some(({ id }) => id === memberId);
  const wasShown = named?.[memberId] ?? isSeer;
  return { wasShown, ...(wasShown && { name }) };
}

/** From whom it was hidden it stays hidden: nobody can tell any more who that was, so administrators alone may see it. */
function forgetSeer(last: LastKnown, memberId: string): unknown {
  if (last.named?.[memberId] === false) return { ...last, audience: [], named: {} };
  return withoutId(last, memberId, FORMER_MEMBER);
}
