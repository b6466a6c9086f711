import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INVITED_WITH, inviteLink, missingPermissions } from '#src/gateway/connection/permissions.ts';
import { namedPermission } from '#src/render/tell-lacked.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';

const missing = (...asked: Parameters<typeof missingPermissions>) =>
  missingPermissions(...asked).map((one) => inEnglish(namedPermission(one)));

describe('permissions', () => {
  it('the invitation asks for exactly what the bot uses', () => {
    const link = new URL(inviteLink('1234'));
    expect(link.searchParams.get('scope')).toBe('bot applications.commands');
    // View Channel, Send Messages, Embed Links, Read Message History, Create Public Threads, Send Messages in Threads.
    const bits = [10, 11, 14, 16, 35, 38].reduce((sum, bit) => sum + 2 ** bit, 0);
    expect(link.searchParams.get('permissions')).toBe(String(bits));
    expect(readFileSync('README.md', 'utf8')).toContain(`(${bits})`);
  });

  it('names what is missing for each kind of place', () => {
    expect(missing('message', INVITED_WITH)).toEqual([]);
    expect(missing('thread', INVITED_WITH & ~(1n << 35n))).toEqual(['Create Public Threads']);
    expect(missing('forum', INVITED_WITH & ~(1n << 35n))).toEqual([]);
    expect(missing('in-thread', INVITED_WITH & ~(1n << 38n))).toEqual(['Send Messages in Threads']);
    expect(missing('message', 0n)[0]).toBe('View Channel');
  });

  it('an administrator lacks nothing', () => {
    expect(missing('thread', 1n << 3n)).toEqual([]);
  });
});
