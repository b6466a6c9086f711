/** A moderator's pause. `until`: when it ends by itself, UTC ms; absent: when somebody resumes it. */
export type Pause = { until?: number };

/** Whether it holds at that instant (UTC ms). */
export const isPaused = (pause: Pause | null, now: number): boolean =>
  pause !== null && (pause.until === undefined || now < pause.until);
