/** Everybody in the server, or these alone. The owner and administrators see every channel and are not counted. */
export type Audience = 'everybody' | readonly Seer[];

/** A role, or a member whom the channel's settings name. `manages`: it may change channels or the server. */
export type Seer = { id: string; manages: boolean };

/** Roles and members by id, and whether a channel's own settings show it to them. */
export type ShownTo = Readonly<Record<string, boolean>>;

/** What was known of a channel when it was deleted. `named` is absent in what earlier versions kept. */
export type LastKnown = { name: string; audience: Audience; named?: ShownTo };
