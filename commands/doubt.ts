import { tellDoubt } from '#src/render/doubt-notice.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';

/** `doubt:<nonce>:again` or `doubt:<nonce>:leave`: whether a post that may or may not have arrived is sent again. */
export const doubt = {
  prefix: 'doubt',
  async answer(request, { settleDoubt }) {
    const choice = request.arg(1) === 'again' ? 'again' : 'leave';
    const answer = await settleDoubt({ ...askerOf(request), nonce: request.arg(0), choice });
    return { content: tellDoubt(answer) };
  },
} satisfies Component;
