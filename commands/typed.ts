import { typedModal } from '#src/render/refused-page.ts';
import { sayPlain } from '#src/render/say.ts';
import type { TypedForm } from '#src/service/typed-forms.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';
import { editTyped, muteTyped, testTyped } from './filter.ts';
import { subscribeTyped } from './subscribe-preview.ts';

/** `change:<key>` opens the form in which what was refused stands as it was typed. */
export const change = {
  prefix: 'change',
  async answer(request, { recallTyped }) {
    const key = request.arg(0);
    const typed = await recallTyped({ ...askerOf(request), key });
    return typedModal({ ...typed, title: sayPlain(titleOf(typed)), key });
  },
} satisfies Component;

const titleOf = (typed: TypedForm) =>
  typed.form === 'subscribe' && typed.base ? 'form.editAll' : (`form.${typed.form}` as const);

/** `typed:<key>`: that form comes back; what does not stand in it is as it was. */
export const typed = {
  prefix: 'typed',
  updates: true,
  async answer(request, services) {
    const key = request.arg(0);
    const before = await services.recallTyped({ ...askerOf(request), key });
    const filter = request.text('filter');
    if (before.form === 'test')
      return testTyped({ ...before, filter, paper: request.text('paper') }, request, services);
    if (before.form === 'mute') return muteTyped({ ...before, filter }, request, services);
    if (before.form === 'edit') return editTyped({ ...before, filter }, request, services);
    // The form of what is saved has its role too.
    const role = before.base ? request.role('role') : before.role;
    return subscribeTyped({ ...before, filter, lines: request.text('lines'), role }, request, services);
  },
} satisfies Component;
