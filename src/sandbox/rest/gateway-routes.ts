import { ok, type Route } from '../http/router.ts';

/** https://discord.com/developers/docs/events/gateway#get-gateway-bot. `identifiesLeft` of the day's 1000. */
export function gatewayRoutes(
  address: () => string,
  shards: () => number,
  identifiesLeft: () => number,
): readonly Route[] {
  return [
    { method: 'GET', path: '/gateway', answer: () => ok({ url: address() }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      answer: () =>
        ok({
          url: address(),
          shards: shards(),
          session_start_limit: {
            total: 1000,
            remaining: identifiesLeft(),
            reset_after: 14_400_000,
            max_concurrency: 1,
          },
        }),
    },
  ];
}
