import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { systemClock } from '#src/foundation/clock.ts';
import { createDispatch } from '#src/gateway/answers/dispatch.ts';
import type { Responder } from '#src/gateway/answers/responder.ts';
import type { Services } from '#src/service/services.ts';
import { allRights } from '#test/fakes/all-rights.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

/** One command of a moderator, in a server whose first words wait. */
async function useCommand(whisper: () => Promise<void>) {
  const told: string[] = [];
  let isWaiting = true;
  const log = createKeptLog();
  const services: Pick<Services, 'firstWordsFor' | 'keepFirstWords'> = {
    firstWordsFor: async () => {
      const isFirst = isWaiting;
      isWaiting = false;
      return isFirst;
    },
    keepFirstWords: async ({ serverId }) => {
      told.push(`kept for ${serverId}`);
      isWaiting = true;
    },
  };
  const responder: Partial<Responder> = {
    reply: async () => void told.push('answered'),
    followUp: async () => {
      told.push('whispered');
      await whisper();
    },
  };
  const dispatch = createDispatch({
    commands: [
      { data: { name: 'status', description: 'command.status' }, answer: () => ({ content: 'all well' }) },
    ],
    components: [],
    services: services as Services,
    channel: () => null,
    rightsOf: () => allRights,
    commandId: () => null,
    responder: responder as Responder,
    ...{ log, clock: systemClock, onFatal: () => {} },
  });
  const use = async () => {
    dispatch.take({
      ...{
        id: '1',
        application_id: '2',
        type: InteractionType.ApplicationCommand,
        token: 't',
        guild_id: '7',
      },
      ...{ member: { user: { id: '9' }, roles: [], permissions: '0' } },
      data: { id: '3', name: 'status', type: ApplicationCommandType.ChatInput },
    });
    await dispatch.close(5_000);
  };
  await use();
  return { told, log };
}

it('first words come beside the answer, and are not kept once they arrived', async () => {
  const { told, log } = await useCommand(async () => {});
  expect(told).toEqual(['answered', 'whispered']);
  expect(log.lines).toEqual([]);
});

it('first words that did not arrive wait for the next moderator', async () => {
  const { told, log } = await useCommand(() => Promise.reject(new Error('Discord is away')));
  expect(told).toEqual(['answered', 'whispered', 'kept for 7']);
  expect(log.lines).toMatchObject([{ level: 'warn', message: 'An answer did not arrive' }]);
});
