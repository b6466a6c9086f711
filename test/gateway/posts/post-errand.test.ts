import { REST } from '@discordjs/rest';
import { describe, expect, it } from 'vitest';
import { silentLog } from '#src/foundation/log.ts';
import { createDiscordTime } from '#src/gateway/connection/discord-time.ts';
import { HourlyBudget } from '#src/gateway/pace/hourly-budget.ts';
import { Pacer } from '#src/gateway/pace/pacer.ts';
import { post } from '#src/gateway/posts/post-job.ts';
import type { Receipt } from '#src/pipeline/postman.ts';
import { phrase } from '#src/wording/phrase.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { parcel } from '../bot.ts';

describe('a resend that waits for its turn', () => {
  it('is not sent once its nonce guards it no longer, though the clock was set back', async () => {
    const clock = createFakeClock();
    const pacer = new Pacer(clock, silentLog);
    const attempts: string[] = [];
    pacer.send({
      ...{ bucket: 'papers', server: 's', queuedAt: 0, spare: false, giveBack: () => {} },
      attempt: async () => {
        attempts.push('first');
        if (attempts.length > 1) return { kind: 'answered', invalid: false };
        return { kind: 'limited', everything: false, waitMs: 10_000, invalid: true };
      },
    });
    await clock.advance(0);
    const time = createDiscordTime(clock);
    time.heard('date', clock.now());
    const harness = {
      ...{ pacer, clock, time, rest: new REST(), onTokenRefused: () => {} },
      bucket: () => 'papers',
      path: () => '/nowhere' as const,
      json: () => '',
      receipt: (_: unknown, outcome: { ok: boolean; receipt?: Receipt }): Receipt =>
        outcome.receipt ?? { kind: 'unknown', reason: 'it was sent' },
    };
    const place = { serverId: 's', destination: 'channel:papers', kind: 'message' } as const;
    const receipt = post(harness, { ...parcel(place, 'n1'), sendBefore: clock.now() + 5_000 });
    clock.jump(clock.now() - 7_200_000);
    await clock.advance(20_000);
    expect(await receipt).toMatchObject({ kind: 'later', reason: phrase('post.waitedTooLong') });
  });
});

describe('ten an hour', () => {
  it('are free again an hour after they went', () => {
    const budget = new HourlyBudget(2);
    for (const now of [0, 600_000]) budget.note('news', now);
    expect([budget.freeAt('news', 700_000), budget.freeAt('other', 700_000)]).toEqual([3_600_000, 700_000]);
    expect(budget.freeAt('news', 3_600_000)).toBe(3_600_000);
  });
});
