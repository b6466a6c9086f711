import { ComponentType } from 'discord-api-types/v10';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import { everyComponent } from '#src/sandbox/world/component-walk.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { PageQuestion, Task } from './protocol.ts';

/** What a newcomer may try, and what of it was done. */
type Tasks = {
  list(): readonly Task[];
  /** Somebody asked this on the page, and it was answered. */
  noticed(question: PageQuestion): void;
  /** Hears when something was done. Returns how to stop. */
  onChange(listener: () => void): () => void;
};

type Trial = { task: Omit<Task, 'isDone'>; isDoneBy(question: PageQuestion, label: string | null): boolean };

type Said = Parameters<Parameters<Driver['onMessage']>[0]>[0];

const commandIs = (question: PageQuestion, ...names: readonly string[]): boolean =>
  question.ask === 'command' && names.includes(question.name);

const SUBSCRIBE = 'subscribe';

const TRIALS: readonly Trial[] = [
  {
    task: { id: 'look up', text: 'Look a paper up, or search for some', command: '/search query:diffusion' },
    isDoneBy: (question) => commandIs(question, 'search', 'paper'),
  },
  {
    task: { id: 'why', text: 'Press “Why here?” under an alert in #vision', command: null },
    isDoneBy: (question, label) => question.ask === 'click' && label === 'Why here?',
  },
  {
    task: { id: SUBSCRIBE, text: 'Give #general a filter of its own', command: '/subscribe' },
    // The command alone may be refused: Paperboy's answer tells.
    isDoneBy: () => false,
  },
];

/** Nothing is done yet. `generalId`: the channel that shall have a filter of its own. */
export function createTasks({ driver, world }: { driver: Driver; world: World }, generalId: string): Tasks {
  const done = new Set<string>();
  const listeners = new Set<() => void>();
  const finish = (ids: readonly string[]) => {
    const before = done.size;
    for (const id of ids) done.add(id);
    if (done.size > before) for (const listener of listeners) listener();
  };
  driver.onMessage((message) => {
    if (saysSubscribed(message, generalId)) finish([SUBSCRIBE]);
  });
  return {
    list: () => TRIALS.map(({ task }) => ({ ...task, isDone: done.has(task.id) })),
    noticed(question) {
      const label = labelOf(world, question);
      finish(TRIALS.filter(({ isDoneBy }) => isDoneBy(question, label)).map(({ task }) => task.id));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** A change that names the channel and can be taken back: only what has a filter is changed. */
function saysSubscribed({ content, embeds, components }: Said, channelId: string): boolean {
  const isNamed = JSON.stringify([content, embeds, components]).includes(`<#${channelId}>`);
  return isNamed && everyComponent(components, []).some(({ component: { label } }) => label === 'Undo');
}

/** What stands on the button that was pressed. */
function labelOf(world: World, question: PageQuestion): string | null {
  if (question.ask !== 'click') return null;
  const message = world.channels.get(question.channelId)?.messages.get(question.messageId);
  const pressed = everyComponent(message?.components, []).find(
    ({ component: { type, custom_id: id } }) => type === ComponentType.Button && id === question.customId,
  );
  return typeof pressed?.component.label === 'string' ? pressed.component.label : null;
}
