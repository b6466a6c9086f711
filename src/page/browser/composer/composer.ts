import type { OfferedCommand, PageQuestion, Place } from '../../protocol.ts';
import { askBeside } from '../ask.ts';
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../preact.ts';
import { changeKnown, useKnown } from '../store.ts';
import { useReturn } from '../use-return.ts';
import { faultyField, fieldToFill } from './bar-fields.ts';
import { type CommandBar, checkedBar, newBar } from './command-bar.ts';
import { CommandBox } from './command-box.ts';
import { BLANK_DRAFT, type Draft, draftFrom, draftTyped, isBlank, textFault } from './draft.ts';
import { MessageBox } from './message-box.ts';
import { loadOffered, useOffered } from './offered.ts';
import { pickablesIn } from './pickables.ts';

const NO_COMMANDS: readonly OfferedCommand[] = [];

/** Where the viewer writes and types commands. Each place keeps what was begun there. */
export function Composer({ place }: { place: Place }) {
  const scene = useKnown((state) => state.scene);
  const known = useKnown(({ offered }) => offered.get(place.id));
  const wanted = useKnown(({ draft }) => draft);
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  const [last, setLast] = useState<CommandBar | null>(null);
  const [trouble, setTrouble] = useState<{ placeId: string; sentence: string } | null>(null);
  const self = useRef<HTMLDivElement>(null);
  const nextField = useRef<string | null>(null);
  useOffered(place.id);
  useReturn(() => setTrouble(null));

  const commands = known ?? NO_COMMANDS;
  const pickables = useMemo(() => (scene ? pickablesIn(scene, place.serverId) : []), [scene, place.serverId]);
  const draft = drafts.get(place.id) ?? BLANK_DRAFT;

  const put = (next: Draft, field: string | null) => {
    setDrafts((before) => new Map(before).set(place.id, next));
    nextField.current = field;
    setTrouble(null);
  };
  const putBack = (sent: Draft, sentence: string) => {
    setDrafts((before) => {
      const isFree = isBlank(before.get(place.id) ?? BLANK_DRAFT);
      return isFree ? new Map(before).set(place.id, sent) : before;
    });
    if (self.current?.contains(document.activeElement)) nextField.current = firstField(sent);
    setTrouble({ placeId: place.id, sentence });
  };
  const tell = (sentence: string) => setTrouble({ placeId: place.id, sentence });

  useEffect(() => {
    if (wanted === null || !known) return;
    changeKnown((state) => ({ ...state, draft: null }));
    const next = draftFrom(wanted, known);
    put(next, firstField(next));
  }, [wanted, known]);
  useLayoutEffect(() => {
    const field =
      nextField.current && self.current?.querySelector(`[data-field="${CSS.escape(nextField.current)}"]`);
    nextField.current = null;
    if (field instanceof HTMLElement) focusAtEnd(field);
  });

  const onText = (text: string) => {
    if (text === '/') void loadOffered(place.id);
    const next = draftTyped(text, commands);
    put(next, 'text' in next ? null : firstField(next));
  };
  const send = async (question: Sent) => {
    put(BLANK_DRAFT, 'box');
    const answer = await askBeside(question);
    if (answer.answer === 'failed') putBack(draft, answer.sentence);
  };
  const sendText = async (text: string) => {
    if (text.trim() === '') return;
    const typed = draftFrom(text, commands);
    if (!('text' in typed)) return sendCommand(typed);
    const fault = textFault(text.trim(), place);
    if (fault) return tell(fault);
    await send({ ask: 'write', channelId: place.id, content: text.trim() });
  };
  const sendCommand = async (bar: CommandBar) => {
    if (bar.left.trim() !== '') return tell(`No option takes “${bar.left.trim()}”. ${optionWords(bar)}`);
    const checked = checkedBar(bar, pickables);
    if ('bar' in checked) return put(checked.bar, faultyField(checked.bar));
    setLast(bar);
    await send({ ask: 'command', channelId: place.id, name: bar.command.name, options: checked.options });
  };
  const onSend = () => void ('text' in draft ? sendText(draft.text) : sendCommand(draft));

  if (place.kind === 'forum' || place.kind === 'category') return null;
  return html`<div class="composer">
    <div ref=${self} class="composer-line">
      ${
        'text' in draft
          ? html`<${MessageBox}
              key=${place.id}
              place=${place}
              text=${draft.text}
              commands=${commands}
              anchor=${self}
              onText=${onText}
              onPick=${(command: OfferedCommand) => {
                const next = newBar(command);
                put(next, firstField(next));
              }}
              onSend=${onSend}
              onBack=${() => last && put(last, firstField(last))}
            />`
          : html`<${CommandBox}
              key=${`${place.id} ${draft.command.name}`}
              channelId=${place.id}
              bar=${draft}
              pickables=${pickables}
              anchor=${self}
              onChange=${put}
              onSend=${onSend}
              onLeave=${(text: string) => {
                setLast(draft);
                put({ text }, 'box');
              }}
            />`
      }
      <button type="button" class="send-button" disabled=${isBlank(draft)} onClick=${onSend}>Send</button>
    </div>
    <p class="composer-trouble" role="alert">${trouble?.placeId === place.id && trouble.sentence}</p>
  </div>`;
}

type Sent =
  | Omit<Extract<PageQuestion, { ask: 'write' }>, 'as'>
  | Omit<Extract<PageQuestion, { ask: 'command' }>, 'as'>;

const firstField = (draft: Draft): string => ('text' in draft ? 'box' : fieldToFill(draft));

function optionWords({ command }: CommandBar): string {
  const names = command.options.map(({ name }) => `${name}:`);
  return names.length > 0
    ? `Write the name of an option before it: ${names.join(' ')}`
    : `/${command.name} has no options.`;
}

function focusAtEnd(field: HTMLElement): void {
  field.focus();
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    field.setSelectionRange(field.value.length, field.value.length);
}
