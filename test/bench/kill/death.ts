import { setTimeout as sleep } from 'node:timers/promises';
import type { BotProcess } from './bot-process.ts';
import type { PaperPress } from './paper-press.ts';
import type { Seen, Weather } from './weather.ts';

export type KillPoint = 'any moment' | 'collecting' | 'addressing' | 'posting' | 'digesting' | 'reading back';
export const POINTS: readonly KillPoint[] = [
  'any moment',
  'collecting',
  'addressing',
  'posting',
  'posting',
  'digesting',
  'reading back',
];
/** When the awaited does not come, the kill comes all the same. After a start the open list is read 5 s after its last reading. */
const PATIENCE_MS = 6500;

type Heard = { random: () => number; weather: Weather; press: PaperPress };

/** Kills the bot at that point of its work; returns where it was killed after all. */
export async function deathAt(
  point: KillPoint,
  bot: BotProcess,
  { random, weather, press }: Heard,
): Promise<KillPoint> {
  const reached = Promise.withResolvers<KillPoint>();
  let left = point === 'digesting' ? 1 : 1 + Math.floor(random() * 3);
  const after = random() < 0.5 ? 0 : random() * 40;
  const strike = () => {
    if (--left > 0) return;
    // At once, as the request arrives: it is carried out, and nobody is there to hear the answer.
    if (after === 0) bot.kill();
    void sleep(after).then(() => reached.resolve(point));
  };
  press.onAnswer((path) => {
    if (point === 'collecting') strike();
    if (point === 'addressing' && path === '/api/daily_papers') void sleep(random() * 60).then(strike);
  });
  weather.onRequest(({ kind }) => {
    if (isAt(point, kind)) strike();
  });
  const patience = new AbortController();
  const anyMoment = sleep(point === 'any moment' ? 600 + random() * 3000 : PATIENCE_MS, undefined, patience);
  const where = await Promise.race([reached.promise, anyMoment.then((): KillPoint => 'any moment')]);
  patience.abort();
  anyMoment.catch(() => {});
  bot.kill();
  return where;
}

function isAt(point: KillPoint, kind: Seen['kind']): boolean {
  if (point === 'posting') return kind === 'post' || kind === 'thread';
  if (point === 'digesting') return kind === 'digest';
  return point === 'reading back' && kind === 'read-back';
}
