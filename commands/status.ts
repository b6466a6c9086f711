import { statusMessage } from '#src/render/status-page.ts';
import type { Command } from './command.ts';
import { EVERYWHERE } from './where.ts';

export const status = {
  data: {
    name: 'status',
    description: 'command.status',
    ...EVERYWHERE,
  },
  answer: async (request, { reportStatus }) =>
    statusMessage(
      await reportStatus({ serverId: request.serverId, channelId: request.here.id, now: request.now }),
    ),
} satisfies Command;
