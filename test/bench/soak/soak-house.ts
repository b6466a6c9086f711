import { readConfig } from '#config/config.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { watchClock } from '#src/foundation/clock-watch.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { createServices, openPipeline } from '#src/house.ts';
import { buildRooms } from '#src/rooms.ts';
import type { Source } from '#src/source/source.ts';
import { SOURCE_SETTINGS } from '#src/source/sources.ts';
import type { Town } from './soak-town.ts';

const HOUR = 3_600_000;

export type SoakHouse = Awaited<ReturnType<typeof openSoakHouse>>;

/** The rooms, their steps and services without timetable and Discord, in a database in memory. */
export async function openSoakHouse({ clock, source, town }: { clock: Clock; source: Source; town: Town }) {
  const { postman, servers } = town;
  const settings = readConfig({ DATABASE_URL: 'sqlite::memory:' }, SOURCE_SETTINGS);
  if (!settings.ok) throw new Error(settings.message);
  const outside = { version: '', clock, log, fetch, sources: [source], pollInterval: () => HOUR };
  const rooms = await buildRooms(settings.config, outside);
  const clockWatch = watchClock(clock, async () => {});
  const steps = await openPipeline(rooms, { postman, servers }, { trigger: () => {}, clockWatch });
  const discord = { servers, postman, lacked: () => [] };
  const services = createServices(rooms, discord, steps, { nextPollAt: () => null, deliver: () => {} });
  const { db, subscriptionStore, outbox, search } = rooms;
  return { db, subscriptionStore, outbox, search, services, ...steps };
}
