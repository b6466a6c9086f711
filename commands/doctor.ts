import { ApplicationCommandOptionType, ChannelType } from 'discord-api-types/v10';
import { conflictMessage } from '#src/render/conflict-page.ts';
import { doctorMessage } from '#src/render/doctor-page.ts';
import { POSTABLE } from '#src/service/subscribe-order.ts';
import { askerOf } from './asker.ts';
import type { Command, Component } from './command.ts';
import { pageIn } from './page-in.ts';
import { MODERATORS } from './where.ts';

export const doctor = {
  data: {
    name: 'doctor',
    description: 'command.doctor',
    options: [
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'channel',
        description: 'command.doctor.channel',
        channel_types: [...POSTABLE],
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'notices',
        description: 'command.doctor.notices',
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
      },
    ],
    ...MODERATORS,
  },
  async answer(request, { examine, chooseNotices }) {
    const asked = { ...askerOf(request), channelId: request.channel('channel')?.id ?? '', page: 0 };
    const notices = request.channel('notices');
    return doctorMessage(notices ? await chooseNotices({ ...asked, to: notices.id }) : await examine(asked));
  },
} satisfies Command;

/**
 * `doctor:look:<channel>:<page>` looks again, `doctor:open:<channel>:<page>` beside the message on which it stands, its select `doctor:channel` one channel; its select `doctor:notices:<channel>:<page>` chooses the channel for notices,
 * `doctor:pick:<channel>:<page>` leaves that to Paperboy, and `doctor:undo:<now>:<before>` takes it back.
 */
export const doctorAgain = {
  prefix: 'doctor',
  updates: (request) => request.arg(0) !== 'open',
  async answer(request, { examine, chooseNotices, undoNotices }) {
    const asker = askerOf(request);
    const asked = { ...asker, channelId: request.arg(1), page: pageIn(request, 2) };
    switch (request.arg(0)) {
      case 'notices':
        return doctorMessage(await chooseNotices({ ...asked, to: request.value || null }));
      case 'channel':
        return doctorMessage(await examine({ ...asker, channelId: request.value, page: 0 }));
      case 'pick':
        return doctorMessage(await chooseNotices({ ...asked, to: null }));
      case 'undo': {
        const [to, from] = [1, 2].map((at) => request.arg(at) || null);
        const undone = await undoNotices({ ...asker, to, from });
        return 'key' in undone ? conflictMessage(undone) : doctorMessage(undone);
      }
      default:
        return doctorMessage(await examine(asked));
    }
  },
} satisfies Component;
