import type { ShownPoll } from '../../protocol.ts';
import { html, useState } from '../preact.ts';
import { useKnown } from '../store.ts';
import type { Spot } from './spot.ts';
import { leftWords } from './time-words.ts';
import { useAsking } from './use-asking.ts';

type Props = { poll: ShownPoll; spot: Spot };

/** A poll: its answers to choose from until the viewer has voted, then what everybody chose. */
export function PollBox({ poll, spot }: Props) {
  const [isLooking, look] = useState(false);
  const hasVoted = poll.answers.some(({ isMine }) => isMine);
  return html`<section class="poll" aria-label=${`Poll: ${poll.question}`}>
    <div class="poll-question">${poll.question}</div>
    ${
      hasVoted || poll.isOver || isLooking
        ? html`<${Results} poll=${poll} spot=${spot} goBack=${hasVoted || poll.isOver ? null : () => look(false)} />`
        : html`<${Ballot} poll=${poll} spot=${spot} look=${() => look(true)} />`
    }
  </section>`;
}

function Ballot({ poll, spot, look }: Props & { look: () => void }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { isBusy, asking } = useAsking(spot);
  const { channelId, messageId } = spot;
  const toggle = (id: string) => setChosen(toggled(chosen, id, poll.takesSeveral));
  return html`<fieldset class="poll-answers">
      <legend class="poll-hint">${poll.takesSeveral ? 'Select one or more answers' : 'Select one answer'}</legend>
      ${poll.answers.map(
        ({ id, text }) => html`<label key=${id} class="poll-answer">
          <span>${text}</span>
          <input
            type=${poll.takesSeveral ? 'checkbox' : 'radio'}
            name=${`poll-${messageId}`}
            checked=${chosen.includes(id)}
            onChange=${() => toggle(id)}
          />
        </label>`,
      )}
    </fieldset>
    <div class="poll-foot">
      <${VotesAndTime} poll=${poll} />
      <button type="button" class="words-button" onClick=${look}>Show results</button>
      <button
        type="button"
        class="press press-primary"
        disabled=${chosen.length === 0}
        aria-busy=${isBusy}
        onClick=${() => asking({ ask: 'vote', channelId, messageId, answers: chosen })}
      >
        Vote
      </button>
    </div>`;
}

function toggled(chosen: readonly string[], id: string, takesSeveral: boolean): readonly string[] {
  if (!takesSeveral) return [id];
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
}

/** `goBack`: to the answers that can be chosen; null where the viewer cannot, or has chosen. */
function Results({ poll, spot, goBack }: Props & { goBack: (() => void) | null }) {
  const { isBusy, asking } = useAsking(spot);
  const { channelId, messageId } = spot;
  const takeBack = () => asking({ ask: 'vote', channelId, messageId, answers: [] });
  const hasVoted = poll.answers.some(({ isMine }) => isMine);
  return html`<ul class="poll-answers">
      ${poll.answers.map(
        (answer) => html`<li key=${answer.id} class=${`poll-answer ${answer.isMine ? 'is-mine' : ''}`}>
          <span class="poll-bar" style=${{ width: `${percent(answer.share)}%` }}></span>
          <span>${answer.text}${answer.isMine && html`<span class="aloud">, your vote</span>`}</span>
          <span class="poll-share">${votesWords(answer.votes)} <b>${percent(answer.share)} %</b></span>
        </li>`,
      )}
    </ul>
    <div class="poll-foot">
      <${VotesAndTime} poll=${poll} />
      ${goBack && html`<button type="button" class="words-button" onClick=${goBack}>Go back to vote</button>`}
      ${
        hasVoted &&
        !poll.isOver &&
        html`<button type="button" class="words-button" aria-busy=${isBusy} onClick=${takeBack}>Remove vote</button>`
      }
    </div>`;
}

function VotesAndTime({ poll }: { poll: ShownPoll }) {
  const left = useKnown(({ sceneMinute }) =>
    poll.isOver ? 'Poll closed' : leftWords(poll.endsAt, sceneMinute ?? poll.endsAt),
  );
  return html`<span class="poll-votes">${votesWords(poll.votes)} • ${left}</span>`;
}

const percent = (share: number): number => Math.round(share * 100);

const votesWords = (votes: number): string => (votes === 1 ? '1 vote' : `${votes} votes`);
