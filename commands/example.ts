import { exampleMessage } from '#src/render/example-page.ts';
import { mendedMessage } from '#src/render/wrong-page.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';

/** `example:<subscription id>` posts a paper as that subscription will. */
export const example = {
  prefix: 'example',
  answer: async (request, { postExample }) =>
    exampleMessage(await postExample({ ...askerOf(request), id: request.arg(0) })),
} satisfies Component;

/** `delete-example:<nonce>` takes it away. */
export const deleteExample = {
  prefix: 'delete-example',
  updates: true,
  answer: async (request, { deleteExample }) =>
    mendedMessage(await deleteExample({ ...askerOf(request), nonce: request.arg(0) })),
} satisfies Component;
