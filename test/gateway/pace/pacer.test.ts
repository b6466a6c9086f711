import { describe, expect, it } from 'vitest';
import { silentLog } from '#src/foundation/log.ts';
import { type PacedAnswer, type PacedJob, Pacer } from '#src/gateway/pace/pacer.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const FINE: PacedAnswer = { kind: 'answered', invalid: false };
const SILENT: PacedAnswer = { kind: 'silent', invalid: false };
const FORBIDDEN: PacedAnswer = { kind: 'answered', invalid: true };

describe('the pacer', () => {
  const start = () => {
    const clock = createFakeClock(0);
    const pacer = new Pacer(clock, silentLog);
    const sent: string[] = [];
    const back: { bucket: string; at: number; reason: string }[] = [];
    /** Answers each attempt with the next of `answers`, the last one again and again. */
    const job = (bucket: string, ...answers: readonly (PacedAnswer | Promise<PacedAnswer>)[]): PacedJob => ({
      bucket,
      server: 's',
      queuedAt: 0,
      spare: false,
      attempt: async () => {
        sent.push(bucket);
        return answers[Math.min(sent.filter((one) => one === bucket).length, answers.length) - 1];
      },
      giveBack: (at, reason) => back.push({ bucket, at, reason: inEnglish(reason) }),
    });
    return { clock, pacer, sent, back, job };
  };

  it('sends at once what may leave, and the rest when it may', async () => {
    const { clock, pacer, sent, job } = start();
    for (let n = 0; n < 120; n++) pacer.send(job(`c${n}`, FINE));
    await clock.advance(0);
    const atOnce = sent.length;
    await clock.advance(1_003);
    expect([atOnce, sent.length]).toEqual([6, 50]);
    await clock.advance(2_000);
    expect(sent).toHaveLength(120);
  });

  it('repeats a limited request by itself when Discord’s wait is over', async () => {
    const { clock, pacer, sent, back, job } = start();
    pacer.send(job('a', { kind: 'limited', everything: false, waitMs: 700, invalid: true }, FINE));
    await clock.advance(699);
    expect(sent).toEqual(['a']);
    await clock.advance(1);
    expect([sent, back]).toEqual([['a', 'a'], []]);
  });

  it('gives back to the outbox what Discord makes wait for long, other channels go on', async () => {
    const { clock, pacer, sent, back, job } = start();
    pacer.send(job('slow', { kind: 'limited', everything: false, waitMs: 600_000, invalid: true }));
    await clock.advance(0);
    pacer.send(job('slow', FINE));
    pacer.send(job('other', FINE));
    await clock.advance(0);
    expect(sent).toEqual(['slow', 'other']);
    expect(back.map(({ bucket, at }) => [bucket, at])).toEqual([
      ['slow', 600_000],
      ['slow', 600_000],
    ]);
  });

  it('stops asking a Discord that does not answer, tries again ever more seldom, and opens at the first answer', async () => {
    const { clock, pacer, sent, back, job } = start();
    for (let n = 0; n < 5; n++) pacer.send(job(`down-${n}`, SILENT));
    await clock.advance(100);
    pacer.send(job('early', FINE));
    const [{ at, reason }] = back;
    expect(reason).toBe('Discord does not answer');
    await clock.advance(at - clock.now());
    pacer.send(job('down-5', SILENT));
    await clock.advance(0);
    pacer.send(job('early again', FINE));
    expect(back.at(-1)).toMatchObject({ at: at + 4_000 });
    await clock.advance(4_000);
    pacer.send(job('first', FINE));
    pacer.send(job('second', FINE));
    await clock.advance(100);
    expect(sent.slice(-2)).toEqual(['first', 'second']);
  });

  it('in a day in which Discord refuses everything it spends at most 5 % of the invalid requests that end in a ban', async () => {
    const { clock, pacer, sent, job } = start();
    const sentBy = [0];
    for (let minute = 0; minute < 120; minute++) {
      for (let n = 0; n < 300; n++) pacer.send(job(`c${minute}-${n}`, FORBIDDEN));
      await clock.advance(60_000);
      sentBy.push(sent.length);
    }
    const perSpan = sentBy.slice(10).map((soFar, at) => soFar - sentBy[at]);
    expect(Math.max(...perSpan)).toBeLessThanOrEqual(500 + 24);
    expect(sent.length).toBeGreaterThan(5_000);
  });

  it.each([-3_600_000, 3_600_000])(
    'goes on at Discord’s pace when the wall clock is set by %i ms',
    async (step) => {
      const { clock, pacer, sent, job } = start();
      for (let n = 0; n < 60; n++) pacer.send(job(`c${n}`, FINE));
      await clock.advance(500);
      const before = sent.length;
      clock.jump(clock.now() + step);
      pacer.send(job('late', FINE));
      await clock.advance(0);
      expect(sent.length).toBeLessThanOrEqual(before + 6);
      await clock.advance(2_000);
      expect(sent).toHaveLength(61);
    },
  );

  it('gives back until an instant of the clock as it was set meanwhile', async () => {
    const { clock, pacer, back, job } = start();
    pacer.send(job('slow', { kind: 'limited', everything: false, waitMs: 600_000, invalid: true }));
    await clock.advance(100_000);
    clock.jump(-7_200_000);
    pacer.send(job('slow', FINE));
    expect(back.at(-1)?.at).toBe(-7_200_000 + 500_000);
  });

  it.each([-3_600_000, 3_600_000])(
    'keeps the invalid requests of ten minutes in mind when the clock is set by %i ms',
    async (step) => {
      const { clock, pacer, sent, back, job } = start();
      for (let n = 0; n < 500; n++) pacer.send(job(`c${n}`, FORBIDDEN));
      await clock.advance(60_000);
      clock.jump(clock.now() + step);
      pacer.send(job('early', FINE));
      expect(back.at(-1)?.reason).toBe('Discord refused too many requests of late');
      await clock.advance(600_000);
      pacer.send(job('late', FINE));
      await clock.advance(0);
      expect(sent.at(-1)).toBe('late');
    },
  );

  it('at the end gives back what waits and lets what is under way arrive', async () => {
    const { clock, pacer, sent, back, job } = start();
    const answer = Promise.withResolvers<PacedAnswer>();
    pacer.send(job('a', answer.promise));
    pacer.send(job('a', FINE));
    await clock.advance(0);
    let closed = false;
    const closing = pacer.close(5_000).then(() => {
      closed = true;
    });
    await clock.advance(1_000);
    expect([closed, sent, back.length]).toEqual([false, ['a'], 1]);
    answer.resolve(FINE);
    await closing;
    pacer.send(job('b', FINE));
    expect(back.map(({ bucket }) => bucket)).toEqual(['a', 'b']);
  });
});
