import { mendedMessage, wrongMessage } from '#src/render/wrong-page.ts';
import { MENDS } from '#src/service/wrong-alert.ts';
import { UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';

/** `wrong:<post id>:<paper id>`, or a select `wrong:<post id>` of papers: that one is not for this channel. */
export const wrong = {
  prefix: 'wrong',
  async answer(request, { notForUs }) {
    const paper = request.value === '' ? request.arg(1) : request.value;
    return wrongMessage(await notForUs({ ...askerOf(request), nonce: request.arg(0), paper }));
  },
} satisfies Component;

/** `mend:<key>:<which>`: one of the changes that were offered, or its Undo. */
export const mend = {
  prefix: 'mend',
  updates: true,
  async answer(request, services) {
    const which = MENDS.find((one) => one === request.arg(1));
    if (!which) throw new UserError('wrong.forgotten');
    return mendedMessage(await services.mend({ ...askerOf(request), key: request.arg(0), mend: which }));
  },
} satisfies Component;
