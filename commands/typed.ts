import { typedModal } from '#src/render/refused-page.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';
import { editTyped, testTyped } from './filter.ts';
import { subscribeTyped } from './subscribe.ts';

const TITLES = { subscribe: 'Subscribe', edit: 'Change the filter', test: 'Test a filter' } as const;

/** `change:<key>` opens the form in which what was refused stands as it was typed. */
export const change = {
  prefix: 'change',
  async answer(request, { recallTyped }) {
    const [key = ''] = request.args;
    const typed = await recallTyped({ ...askerOf(request), key });
    const lines = typed.form === 'subscribe' ? typed.lines : null;
    return typedModal({ title: TITLES[typed.form], key, filter: typed.filter, lines });
  },
} satisfies Component;

/** `typed:<key>`: that form comes back; what does not stand in it is as it was. */
export const typed = {
  prefix: 'typed',
  updates: true,
  async answer(request, services) {
    const [key = ''] = request.args;
    const before = await services.recallTyped({ ...askerOf(request), key });
    const filter = request.text('filter');
    if (before.form === 'test') return testTyped({ ...before, filter }, request, services);
    if (before.form === 'edit') return editTyped({ ...before, filter }, request, services);
    return subscribeTyped({ ...before, filter, lines: request.text('lines') }, request, services);
  },
} satisfies Component;
