import type { ApplicationCommandPermissionType } from 'discord-api-types/v10';
export type Role = {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  managed: boolean;
  /** Whether everybody may mention it. */
  mentionable: boolean;
};

export type Member = {
  userId: string;
  roleIds: string[];
  joinedAt: number;
  /** UTC ms; until then the member may only look. */
  timedOutUntil: number | null;
};

export type Guild = {
  id: string;
  name: string;
  ownerId: string;
  roles: Map<string, Role>;
  members: Map<string, Member>;
  channelIds: Set<string>;
  threadIds: Set<string>;
  /** AutoMod: messages with one of these words are refused with 200000. */
  forbiddenWords: string[];
  /** Where Discord greets new members. */
  systemChannelId: string | null;
  /** A community's channel for Discord's words to its moderators. */
  publicUpdatesChannelId: string | null;
  locale: string;
  unavailable: boolean;
  /** What the Integrations page says of commands, by the command's id or, for all of them, the application's. */
  commandPermissions: Map<string, readonly GuildCommandPermission[]>;
};

/** `type`: 1 role, 2 member, 3 channel. The server's id means everyone, the number before it all channels. */
export type GuildCommandPermission = {
  id: string;
  type: ApplicationCommandPermissionType;
  permission: boolean;
};
