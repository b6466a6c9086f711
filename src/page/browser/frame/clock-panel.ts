import { ask } from '../ask.ts';
import { html } from '../preact.ts';
import { useKnown } from '../store.ts';
import { ConfirmButton } from './confirm-button.ts';
import { dayWords, hourWords, SPEEDS, speedWords, whenWords } from './scene-words.ts';
import { Segments } from './segments.ts';

const AGAIN_QUESTION = 'Start again? Every message, channel and subscription of now is gone then.';

/** The scene's time, how fast it passes, and where it can be led. */
export function ClockPanel() {
  const time = useKnown((state) => state.time);
  const now = useKnown((state) => state.sceneMinute);
  if (!time || now === null) return html`<p class="quiet">The clock starts with the scene.</p>`;
  const isGoing = time.goingTo !== null;
  return html`<div class="scene-clock">
    <p role="timer" class="clock">
      <span class="hour">${hourWords(now)}</span> <span class="day">${dayWords(now)}</span>
    </p>
    <${Speed} speed=${time.speed} />
    <div class="buttons">
      <${GoTo} where="next poll" label="Next poll" at=${time.nextPollAt} now=${now} isGoing=${isGoing} />
      <${GoTo} where="next digest" label="Next digest" at=${time.nextDigestAt} now=${now} isGoing=${isGoing} />
    </div>
    ${time.goingTo !== null && html`<p class="quiet">On the way to ${whenWords(time.goingTo, now)}.</p>`}
    ${
      time.nextDigestAt === null &&
      html`<p class="quiet">No digest is planned. Subscribe a channel with a daily digest to have one.</p>`
    }
    <${ConfirmButton}
      label="Start again"
      question=${AGAIN_QUESTION}
      keep="Go on"
      isDanger=${false}
      onConfirm=${() => void ask({ ask: 'again' })}
    />
  </div>`;
}

function Speed({ speed }: { speed: number }) {
  return html`<${Segments}
      name="speed"
      legend="Speed of the scene"
      isLegendShown=${false}
      segments=${SPEEDS}
      chosen=${speed}
      onChoose=${(chosen: number) => ask({ ask: 'speed', speed: chosen })}
    />
    <p class="quiet">${speedWords(speed)}</p>`;
}

type GoToProps = {
  where: 'next poll' | 'next digest';
  label: string;
  at: number | null;
  now: number;
  isGoing: boolean;
};

function GoTo({ where, label, at, now, isGoing }: GoToProps) {
  return html`<button
    type="button"
    class="plain-button"
    disabled=${at === null || isGoing}
    onClick=${() => void ask({ ask: 'go to', where })}
  >
    <span>${label}</span>${at !== null && html`<span class="when">${whenWords(at, now)}</span>`}
  </button>`;
}
