import { ComponentType } from 'discord-api-types/v10';
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

const commandIs = (question: PageQuestion, ...names: readonly string[]): boolean =>
  question.ask === 'command' && names.includes(question.name);

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
    task: { id: 'subscribe', text: 'Give #general a filter of its own', command: '/subscribe' },
    isDoneBy: (question) => commandIs(question, 'subscribe'),
  },
];

/** Nothing is done yet. */
export function createTasks(world: World): Tasks {
  const done = new Set<string>();
  const listeners = new Set<() => void>();
  return {
    list: () => TRIALS.map(({ task }) => ({ ...task, isDone: done.has(task.id) })),
    noticed(question) {
      const before = done.size;
      const label = labelOf(world, question);
      for (const { task, isDoneBy } of TRIALS) if (isDoneBy(question, label)) done.add(task.id);
      if (done.size > before) for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
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
