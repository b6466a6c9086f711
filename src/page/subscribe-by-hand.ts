import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';

/** Who, and where. */
type At = { user: string; channel: string };
type Options = Record<string, string | number | boolean>;

/** Types /subscribe and presses Subscribe in its preview; resolves with the last answer. */
export async function subscribeByHand(
  driver: Driver,
  { options, ...at }: At & { options: Options },
): Promise<SeenMessage> {
  return pressSubscribe(driver, at, await driver.slash({ ...at, name: 'subscribe', options }).message());
}

/** Presses Subscribe; what has no such button, as a refusal, is returned as it is. */
export async function pressSubscribe(driver: Driver, at: At, message: SeenMessage): Promise<SeenMessage> {
  const customId = /"custom_id":"(subscribe:[^"]+)"/.exec(JSON.stringify(message.components))?.[1];
  return customId === undefined ? message : driver.click({ ...at, message: message.id, customId }).message();
}
