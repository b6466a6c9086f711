import { ask } from '../ask.ts';
import { html, useEffect, useState } from '../preact.ts';
import { useKnown } from '../store.ts';

/** A new scene is away for a moment too; that is nothing to tell. */
const PATIENCE_MS = 2500;

/** What holds for the whole page: nobody is there, or the sample days are over. */
export function Banners() {
  return html`<${LostBanner} /><${OverBanner} />`;
}

function LostBanner() {
  const isLost = useKnown(({ connection }) => connection === 'lost');
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isLost) return;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isLost]);
  return html`<div role="status">
    ${
      isLost &&
      isLong &&
      html`<p class="banner lost">
        The sandbox is not running. Start it again with <code>npm start</code>; this page goes on by itself.
      </p>`
    }
  </div>`;
}

function OverBanner() {
  const isOver = useKnown(({ time }) => time?.isOver ?? false);
  const sceneId = useKnown(({ scene }) => scene?.id);
  const [dismissed, setDismissed] = useState<string | undefined>(undefined);
  const isShown = isOver && dismissed !== sceneId;
  return html`<div role="status">
    ${
      isShown &&
      html`<div class="banner over">
        <p>
          The sample days are over; commands still work. Start again, or go on with your own server: README, “With a
          token”, about five minutes.
        </p>
        <button type="button" class="plain-button" onClick=${() => void ask({ ask: 'again' })}>Start again</button>
        <button type="button" class="plain-button" onClick=${() => setDismissed(sceneId)}>Close</button>
      </div>`
    }
  </div>`;
}
