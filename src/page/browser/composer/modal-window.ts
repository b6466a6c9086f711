import type { FieldValue, Modal } from '../../protocol.ts';
import { askBeside } from '../ask.ts';
import { Written } from '../message/written.ts';
import { html, useEffect, useLayoutEffect, useRef, useState } from '../preact.ts';
import { changeKnown, useKnown } from '../store.ts';
import { useReturn } from '../use-return.ts';
import { beginningOf, filledIn, formFaults } from './form.ts';
import { LabelledField } from './form-field.ts';

/** The form that is open, over everything else. */
export function ModalWindow() {
  const open = useKnown(({ modal }) => modal);
  const scene = useKnown((state) => state.scene);
  if (!open) return null;
  const serverId =
    scene?.servers.find(({ places }) => places.some(({ id }) => id === open.channelId))?.id ?? null;
  return html`<${Form} key=${open.modal.life} modal=${open.modal} channelId=${open.channelId} serverId=${serverId} />`;
}

type Props = { modal: Modal; channelId: string; serverId: string | null };

function Form({ modal, channelId, serverId }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState(() => beginningOf(modal.parts));
  const [faults, setFaults] = useState<Faults>(new Map());
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [attempts, setAttempts] = useState(0);
  useReturn(() => setTrouble(null));
  useLayoutEffect(() => {
    const before = document.activeElement;
    const { current: window } = dialog;
    window?.showModal();
    return () => {
      window?.close();
      giveBack(before);
    };
  }, []);
  useEffect(() => {
    const faulty = dialog.current?.querySelector<HTMLElement>(
      '.form-field.faulty :is(input, textarea, button)',
    );
    if (attempts > 0) faulty?.focus();
  }, [attempts]);

  const close = () => {
    changeKnown((state) => (state.modal?.modal.life === modal.life ? { ...state, modal: null } : state));
  };
  const put = (customId: string, value: FieldValue) => {
    setValues((before) => new Map(before).set(customId, value));
    setFaults((before) => withoutFault(before, customId));
  };
  const submit = async () => {
    const found = formFaults(modal.parts, values);
    setFaults(found);
    setAttempts((before) => before + 1);
    setTrouble(null);
    if (found.size > 0) return;
    setBusy(true);
    const answer = await askBeside({ ask: 'submit', channelId, life: modal.life, fields: filledIn(values) });
    setBusy(false);
    if (answer.answer === 'failed') return setTrouble(answer.sentence);
    close();
  };

  return html`<dialog
    ref=${dialog}
    class="modal-window"
    aria-labelledby="modal-title"
    aria-busy=${String(isBusy)}
    onCancel=${(event: Event) => {
      event.preventDefault();
      close();
    }}
  >
    <form
      class="modal-form"
      novalidate
      onSubmit=${(event: Event) => {
        event.preventDefault();
        if (!isBusy) void submit();
      }}
    >
      <h2 id="modal-title">${modal.title}</h2>
      <div class="modal-fields">
        ${modal.parts.map((part, index) =>
          part.kind === 'text'
            ? html`<div key=${index} class="modal-text"><${Written} text=${part.text} /></div>`
            : html`<${LabelledField}
                key=${part.field.customId}
                id=${`modal-field-${index}`}
                label=${part.label}
                description=${part.description}
                field=${part.field}
                value=${values.get(part.field.customId) ?? null}
                fault=${faults.get(part.field.customId) ?? null}
                serverId=${serverId}
                onValue=${(value: FieldValue) => put(part.field.customId, value)}
              />`,
        )}
      </div>
      <div role="alert">
        ${trouble && html`<p class="fault-words modal-trouble">${failureWords(trouble)}</p>`}
      </div>
      <div class="modal-buttons">
        <button type="button" class="quiet-button" onClick=${close}>Cancel</button>
        <button type="submit" class="submit-button" disabled=${isBusy}>Submit</button>
      </div>
    </form>
  </dialog>`;
}

type Faults = ReadonlyMap<string, string>;

/** The same faults where that field had none. */
function withoutFault(faults: Faults, customId: string): Faults {
  if (!faults.has(customId)) return faults;
  return new Map([...faults].filter(([id]) => id !== customId));
}

/**
 * Chromium gives a text field the focus back without its caret: what is typed then goes nowhere. What had the focus may be
 * gone, as the button of a message that was edited: then it is the composer's.
 */
function giveBack(before: Element | null): void {
  const field = before?.isConnected ? before : document.getElementById('composer-box');
  if (!(field instanceof HTMLElement)) return;
  field.blur();
  field.focus();
}

/** As Discord says it, and what the server knows more. */
function failureWords(sentence: string): string {
  return `Something went wrong. ${sentence}`;
}
