import { describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import type { ServerEvents } from '#src/pipeline/server-events.ts';
import { openStallsHouse, serverOf } from '#test/bench/stalls/stalls-house.ts';
import { untilAllWait } from '#test/fakes/held-writer.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

describe('a house that stops', () => {
  it('closes its database after all that Discord told of is dealt with, and logs no fault', async () => {
    const db = interruptedDatabase(await openDatabase(':memory:'));
    const log = createKeptLog();
    const heard: ServerEvents[] = [];
    const listen = (events: ServerEvents) => void heard.push(events);
    const { stop, pipeline } = await openStallsHouse(':memory:', [], { db, log, listen });
    await pipeline.deliver();
    await untilAllWait();
    const held = db.hold(/DELETE FROM cursor/);
    heard[0].onPermissionsChanged(serverOf(1), null);
    await held;
    const stopping = stop();
    await untilAllWait();
    await db.release();
    await stopping;
    await untilAllWait();
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    await expect(db.get('SELECT 1')).rejects.toThrow('database is not open');
  });
});
