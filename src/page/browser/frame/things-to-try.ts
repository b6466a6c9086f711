import type { Task } from '../../protocol.ts';
import { html } from '../preact.ts';
import { changeKnown } from '../store.ts';
import { Icon } from './icon.ts';

/** What a newcomer can do first; the server ticks it off. */
export function ThingsToTry({ tasks, onGo }: { tasks: readonly Task[]; onGo: () => void }) {
  return html`<ol class="tasks">
    ${tasks.map((task) => html`<${TaskRow} key=${task.id} task=${task} onGo=${onGo} />`)}
  </ol>`;
}

function TaskRow({ task: { text, command, isDone }, onGo }: { task: Task; onGo: () => void }) {
  const put = () => {
    changeKnown((state) => ({ ...state, draft: command }));
    onGo();
  };
  return html`<li class=${isDone ? 'done' : ''}>
    <span class="tick">${isDone && html`<${Icon} name="done" />`}</span>
    <div>
      <p>${isDone && html`<span class="aloud">Done: </span>`}${text}</p>
      ${
        command !== null &&
        html`<button type="button" class="link-button" onClick=${put}>
          <span class="aloud">Put into the composer: </span><code>${command}</code>
        </button>`
      }
    </div>
  </li>`;
}
