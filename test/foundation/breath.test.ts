import { expect, it } from 'vitest';
import { takeBreaths } from '#src/foundation/breath.ts';

it('work that takes long lets others have their turn; short work goes on at once', async () => {
  let elapsed = 0;
  const breathe = takeBreaths({ elapsed: () => elapsed });
  const told: string[] = [];
  setImmediate(() => told.push('somebody else'));
  await breathe();
  told.push('short');
  elapsed += 20;
  await breathe();
  told.push('long');
  expect(told).toEqual(['short', 'somebody else', 'long']);
});
