import { tellDoubt } from '#src/render/doubt-notice.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';

/** `doubt:<nonce>:again` or `doubt:<nonce>:leave`: whether a post that may or may not have arrived is sent again. */
export const doubt = {
  prefix: 'doubt',
  async answer(request, { settleDoubt }) {
    const [nonce = '', choice] = request.args;
    const asked = { ...askerOf(request), nonce };
    return {
      content: tellDoubt(await settleDoubt({ ...asked, choice: choice === 'again' ? 'again' : 'leave' })),
    };
  },
} satisfies Component;
