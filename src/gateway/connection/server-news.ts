import type { ServerEvents } from '#src/pipeline/server-events.ts';

/** Tells of servers to whoever listens by then; what comes before is told to nobody. */
export function createServerNews() {
  const listeners: ServerEvents[] = [];
  const tell: ServerEvents = {
    onServerLeft(serverId) {
      for (const listener of listeners) listener.onServerLeft(serverId);
    },
    onServerJoined() {
      for (const listener of listeners) listener.onServerJoined?.();
    },
    onChannelGone(serverId, channelId, last) {
      for (const listener of listeners) listener.onChannelGone(serverId, channelId, last);
    },
    onPermissionsChanged(serverId, channelId) {
      for (const listener of listeners) listener.onPermissionsChanged(serverId, channelId);
    },
    onServersKnown() {
      for (const listener of listeners) listener.onServersKnown?.();
    },
  };
  const listen = (listener: ServerEvents): void => {
    listeners.push(listener);
  };
  return { tell, listen };
}
