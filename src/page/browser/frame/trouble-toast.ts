import { html, useEffect, useState } from '../preact.ts';
import { changeKnown, useKnown } from '../store.ts';

const SHOWN_MS = 8000;
const clear = () => changeKnown((state) => ({ ...state, trouble: null }));

/** What went wrong last; it goes by itself unless the viewer is at it. */
export function TroubleToast() {
  const trouble = useKnown((state) => state.trouble);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (trouble === null || isHeld) return;
    const timer = setTimeout(clear, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [trouble, isHeld]);
  return html`<div
    role="alert"
    class="toast"
    onFocusIn=${() => setHeld(true)}
    onFocusOut=${() => setHeld(false)}
    onMouseEnter=${() => setHeld(true)}
    onMouseLeave=${() => setHeld(false)}
  >
    ${
      trouble !== null &&
      html`<p>${trouble}</p>
        <button type="button" class="plain-button" onClick=${clear}>Close</button>`
    }
  </div>`;
}
