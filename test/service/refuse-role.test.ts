import { expect, it } from 'vitest';
import { refuseRole } from '#src/service/refuse-role.ts';
import type { SubscribeOrder } from '#src/service/subscribe-order.ts';
import { refusalOf } from './refusal-of.ts';

const refusal = (role: SubscribeOrder['role'], byBot: boolean, byAsker: boolean) => {
  const channel = { id: '5', mentionsAll: { byBot, byAsker } };
  return refusalOf(() => refuseRole({ role, channel, serverId: '1' } as SubscribeOrder)) ?? 'accepted';
};

it.each<[what: string, role: SubscribeOrder['role'], byBot: boolean, byAsker: boolean, sentence: RegExp]>([
  ['no role', null, false, false, /^accepted/],
  ['a role that everybody may mention', { id: '7', mentionable: true }, false, false, /^accepted/],
  ['one that both may mention', { id: '7', mentionable: false }, true, true, /^accepted/],
  [
    'one that I may not mention',
    { id: '7', mentionable: false },
    false,
    true,
    /^A mention of <@&7> would notify nobody: .* missing for me in <#5>\..*Nothing was saved\.$/,
  ],
  [
    'one that the asker may not mention',
    { id: '7', mentionable: false },
    true,
    false,
    /^You may not mention <@&7> in <#5>,.*Nothing was saved\.$/,
  ],
  [
    '@everyone, however it may be mentioned',
    { id: '1', mentionable: true },
    true,
    true,
    /^Paperboy mentions no @everyone\..*Nothing was saved\.$/,
  ],
])('an order with %s is saved or refused before', (_, role, byBot, byAsker, sentence) => {
  expect(refusal(role, byBot, byAsker)).toMatch(sentence);
});
