import { expect, it } from 'vitest';
import { sayPhrase } from '#src/render/say.ts';
import { type DeniedBy, type PostPermission, tellLacked } from '#src/render/tell-lacked.ts';

const lacks = (permission: PostPermission, by: DeniedBy | null = null) => ({ permission, by });

it.each<[PostPermission, string, string]>([
  [
    'viewChannel',
    'Paperboy cannot see this channel, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow View Channel.',
    'Paperboy cannot see <#5>, so nothing',
  ],
  [
    'sendMessages',
    'Paperboy may not send messages here, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages.',
    'Paperboy may not send messages in <#5>, so nothing',
  ],
  [
    'sendMessagesInThreads',
    'Paperboy may not send messages in threads here, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages in Threads.',
    'Paperboy may not send messages in threads in <#5>, so nothing',
  ],
  [
    'embedLinks',
    'Paperboy may not embed links here, and papers are embeds, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Embed Links.',
    'Paperboy may not embed links in <#5>, and papers',
  ],
  [
    'readMessageHistory',
    'Paperboy may not read the message history here. After an interruption it could not see which posts arrived, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Read Message History.',
    'Paperboy may not read the message history in <#5>. After',
  ],
  [
    'createPublicThreads',
    'Paperboy may not create public threads here, where each paper is to have one, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Create Public Threads.',
    'Paperboy may not create public threads in <#5>, where',
  ],
])('where %s is missing, what that costs is told, and where to click', (permission, here, elsewhere) => {
  expect(sayPhrase(tellLacked(lacks(permission), [], null))).toBe(here);
  expect(sayPhrase(tellLacked(lacks(permission), [], '5'))).toContain(elsewhere);
});

it('tells who or what denies it, once for those that the same denies', () => {
  const everyone = { kind: 'everyone' } as const;
  const told = (...all: DeniedBy[]) => {
    const [first, ...others] = all.map((by, at) => lacks(at === 0 ? 'sendMessages' : 'embedLinks', by));
    return sayPhrase(tellLacked(first, others, null));
  };
  expect(told(everyone, everyone)).toContain(
    'Open Edit channel, Permissions, Paperboy; allow Send Messages and Embed Links. The channel’s settings deny Send Messages and Embed Links to @everyone.',
  );
  expect(told({ kind: 'roles', ids: ['7'] })).toContain(
    'The channel’s settings deny Send Messages to the role <@&7>.',
  );
  expect(told({ kind: 'roles', ids: ['7', '8'] })).toContain(
    'The channel’s settings deny Send Messages to the roles <@&7> and <@&8>.',
  );
  expect(told({ kind: 'self' })).toContain('The channel’s settings deny Send Messages to Paperboy itself.');
  expect(told({ kind: 'nobody' })).toContain('None of Paperboy’s roles has Send Messages.');
});

it('does not count up what else is missing in a channel that Paperboy cannot see, but says what to allow', () => {
  expect(sayPhrase(tellLacked(lacks('viewChannel'), [lacks('sendMessages')], null))).toBe(
    'Paperboy cannot see this channel, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow View Channel and Send Messages.',
  );
});
