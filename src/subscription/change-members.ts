import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { idsIn, namesId, withoutId } from '#src/foundation/ids-in.ts';
import { FORMER_MEMBER, type MemberRecord, type MemberRecords } from '#src/foundation/member-records.ts';
import type { ChangeRow } from './change-rows.ts';

/** What is looked at for a member: who changed it, and who had made what was changed. */
type Row = ChangeRow & { server: string };

/** So many rows are looked at in one go: some milliseconds. */
const LOOKED_AT = 2000;

/** Who changed what: the changes are the server's and stay, without the name. One that cannot be read is forgotten in too. */
export function openChangeMembers(db: Database, clock: Pick<Clock, 'elapsed'>): MemberRecords {
  const newest = 'SELECT max(id) AS id FROM change';

  /** Others have their turn between two slices. */
  async function* slices(where: string, ...values: string[]): AsyncGenerator<Row> {
    const breathe = takeBreaths(clock);
    const last = (await db.get<{ id: number | null }>(newest))?.id ?? 0;
    for (let from = 0; from < last; from += LOOKED_AT) {
      const sql = `SELECT * FROM change WHERE id > ? AND id <= ? AND (${where}) ORDER BY id`;
      yield* await db.all<Row>(sql, from, from + LOOKED_AT, ...values);
      await breathe();
    }
  }

  const naming = (memberId: string): AsyncGenerator<Row> =>
    slices(
      "who = ? OR instr(coalesce(before, ''), ?) > 0 OR instr(coalesce(after, ''), ?) > 0",
      ...[memberId, memberId, memberId],
    );

  return {
    async of(memberId) {
      const found: MemberRecord[] = [];
      for await (const row of naming(memberId)) {
        const { server: serverId, at, who, ...rest } = row;
        const stored = { at, who, ...rest, before: parsed(rest.before), after: parsed(rest.after) };
        if (!namesId(stored, memberId)) continue;
        if (who === memberId) found.push({ kind: 'change', serverId, at, stored: ofThem(stored, memberId) });
        // What others made of it is theirs, and the moderators'.
        else
          found.push({
            kind: 'others',
            serverId,
            at,
            stored: { at, what: rest.what, channel: rest.channel },
          });
      }
      return found;
    },
    async ids() {
      const ids = new Set<string>();
      for await (const { who, before, after } of slices('true'))
        for (const id of idsIn([who, parsed(before), parsed(after)])) ids.add(id);
      return ids;
    },
    async forget(memberId) {
      const forgotten = (text: string | null): string | null =>
        !namesId(parsed(text), memberId)
          ? text
          : JSON.stringify(withoutId(parsed(text), memberId, FORMER_MEMBER));
      for await (const { id, who, before, after } of naming(memberId))
        await db.run(
          'UPDATE change SET who = ?, before = ?, after = ? WHERE id = ?',
          ...[who === memberId ? FORMER_MEMBER : who, forgotten(before), forgotten(after), id],
        );
    },
  };
}

/** Whose subscription it was is told of their own alone. */
function ofThem({ before, after, ...rest }: { before: unknown; after: unknown }, memberId: string): object {
  return { ...rest, before: withoutMaker(before, memberId), after: withoutMaker(after, memberId) };
}

function withoutMaker(state: unknown, memberId: string): unknown {
  if (typeof state !== 'object' || state === null || !('createdBy' in state)) return state;
  const { createdBy, ...rest } = state;
  return createdBy === memberId ? state : rest;
}

/** What is no JSON is a text like any other. */
function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
