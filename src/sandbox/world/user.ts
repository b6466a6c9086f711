export type User = {
  id: string;
  username: string;
  displayName: string;
  bot: boolean;
  /** False: messages to this user are refused with 50007. */
  acceptsDms: boolean;
  /** Whether the app is installed for this user, so that its commands work everywhere. */
  hasInstalledApp: boolean;
  locale: string;
};
