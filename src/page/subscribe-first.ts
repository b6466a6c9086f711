import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { Narrator } from './narrator.ts';
import type { ReadingGroup } from './reading-group.ts';
import { subscribeByHand } from './subscribe-by-hand.ts';

/** How long the bot may take to register its commands, real ms. */
const PATIENCE = 30_000;

const SUBSCRIPTIONS = [
  { channel: 'vision', options: { keywords: 'diffusion OR video OR image', sensitivity: 'early' } },
  { channel: 'language-models', options: { keywords: 'language model -survey', sensitivity: 'early' } },
] as const;

/** Types the scene's first two commands, as its moderator. */
export async function subscribeFirst(driver: Driver, narrator: Narrator, group: ReadingGroup): Promise<void> {
  await driver.untilCommand('subscribe', PATIENCE);
  for (const { channel, options } of SUBSCRIPTIONS) {
    const words = Object.entries(options).map(([name, value]) => `${name}:${value}`);
    narrator.typed(channel, `/subscribe ${words.join(' ')}`);
    const asked = { user: group.people[0].id, channel: group.channels.get(channel) ?? '' };
    narrator.answered(channel, await subscribeByHand(driver, { ...asked, options }));
  }
}
