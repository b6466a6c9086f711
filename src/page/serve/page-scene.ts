import type { Log } from '#src/foundation/log.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { PageQuestion, SceneTime, ShownHappening, Task, Viewer } from '../protocol.ts';

/** What the page's server shows, and whose hands it has. */
export type PageScene = {
  /** Another one after a start again. */
  sceneId: string;
  driver: Driver;
  world: World;
  /** Whom the page can be looked at as; the first one where nobody is named. */
  people: readonly Viewer[];
  time: TimeControl;
  happenings: HappeningList;
  tasks: TaskList;
  /** Everything is closed and opened anew. Returns before that has happened. */
  again(): void;
  log: Log;
};

/** Calls the listener after every change. Returns how to stop. */
type Listen = (listener: () => void) => () => void;

/** The scene's clock. */
type TimeControl = {
  state(): SceneTime;
  /** Milliseconds of the scene in a real one; 0: it stands still. */
  setSpeed(speed: number): void;
  /** Both return, or resolve, once the scene is there. */
  toNextPoll(): void | Promise<void>;
  toNextDigest(): void | Promise<void>;
  onChange: Listen;
};

/** What Paperboy did, in Discord's markdown. */
export type Happened = Pick<ShownHappening, 'id' | 'at' | 'link'> & { markdown: string };

type HappeningList = {
  /** Oldest first. */
  recent(): readonly Happened[];
  listen(listener: (happened: Happened) => void): () => void;
};

type TaskList = {
  list(): readonly Task[];
  /** Hears of every question that was not answered with `failed`. */
  noticed(question: PageQuestion): void;
  onChange: Listen;
};
