import { expect, it } from 'vitest';
import { orGiveBack } from '#commands/give-back.ts';
import { FatalError } from '#src/foundation/failure.ts';

it('what went wrong in the house is no matter of what was typed, and is not answered as one', async () => {
  const fault = new FatalError('the disk is full');
  const typed = { form: 'test', filter: 'ocean', paper: '' } as const;
  const work = () => Promise.reject(fault);
  await expect(orGiveBack(typed, {} as never, {} as never, work)).rejects.toBe(fault);
});
