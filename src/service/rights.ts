/**
 * May this person do this here? Who may use a moderators' command is Discord's decision, a button or form of it
 * included; where it acts is ours: nobody changes what is posted in a channel that they could not write in themselves.
 */
export type Rights = {
  /**
   * The asker as one who may use that command where it was asked; null for anybody else, and outside of servers. Takes a
   * second at most, while Discord is asked what the server has set.
   */
  through(command: string): Promise<Authority | null>;
  /** Whether the asker may change what holds in the whole server. */
  managesServer(): boolean;
  /** Whether the asker is an administrator of the server. */
  administers(): boolean;
  /** Whether the asker may mention in that channel also roles that not everybody may mention. */
  mentionsAll(channelId: string): boolean;
  /** Whether the asker sees that channel of the server in which they ask. */
  sees(channelId: string): Promise<boolean>;
};

export type Authority = {
  /** What the asker lacks first, to change what is posted in that channel of the server; null: nothing. */
  lacks(channelId: string): Promise<Lack | null>;
};

/** As Discord's settings call it. Without View Channel nothing of the channel is told. */
export type Lack = 'viewChannel' | 'sendMessages' | 'sendMessagesInThreads' | 'manageChannels';
