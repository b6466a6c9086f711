import { DEFAULTS, type Subscription } from '#src/subscription/subscription.ts';

/** A subscription with the defaults, in a server and a channel of its own, made at the beginning of time. */
export const aSubscription = (id: string, facts: Partial<Subscription> = {}): Subscription => ({
  ...DEFAULTS,
  ...{ id, serverId: `server of ${id}`, channelId: `channel of ${id}`, filter: 'ocean' },
  ...{ createdAt: 0, createdBy: 'mod', since: 0, paused: null },
  ...facts,
});
