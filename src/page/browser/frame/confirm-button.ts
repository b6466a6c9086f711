import { html, useEffect, useRef, useState } from '../preact.ts';

type Props = { label: string; question: string; keep: string; isDanger: boolean; onConfirm: () => void };

/** A button for what cannot be undone: it asks once more, in words. */
export function ConfirmButton({ label, question, keep, isDanger, onConfirm }: Props) {
  const [isAsking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const kept = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking) kept.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  const confirm = () => {
    setAsking(false);
    onConfirm();
  };
  if (!isAsking)
    return html`<button ref=${first} type="button" class="plain-button" onClick=${() => setAsking(true)}>
      ${label}
    </button>`;
  return html`<div
    class="confirm"
    role="group"
    aria-label=${question}
    onKeyDown=${(event: KeyboardEvent) => event.key === 'Escape' && setAsking(false)}
  >
    <p>${question}</p>
    <button ref=${kept} type="button" class="plain-button" onClick=${() => setAsking(false)}>${keep}</button>
    <button type="button" class=${isDanger ? 'danger-button' : 'main-button'} onClick=${confirm}>${label}</button>
  </div>`;
}
