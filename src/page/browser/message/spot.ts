/** Where components stand: what a press tells the server, and who shows that it failed (null: not any more). */
export type Spot = {
  channelId: string;
  messageId: string;
  serverId: string | null;
  failed: (sentence: string | null) => void;
};
