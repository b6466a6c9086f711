/**
 * Loaded before the bot (`node --import`): its wall clock is this machine's, set off by so many milliseconds at start and
 * set anew by each message of the parent process. Timers and elapsed time go on as they are, as when a real clock is set.
 */
let shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);

const now = Date.now;
const shifted = () => now() + shift;

globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length > 0 ? given : [shifted()], newTarget),
  get: (target, name, receiver) => (name === 'now' ? shifted : Reflect.get(target, name, receiver)),
});

process.on('message', (ms) => {
  shift = Number(ms);
});
// The line to the parent keeps nobody alive.
process.channel?.unref();
