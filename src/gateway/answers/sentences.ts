/** What the asker is told when no command answered. */
export const sentences = {
  unknownCommand:
    'This command is no longer there. Reload Discord (Ctrl+R) to see the current ones, or use /help.',
  unknownComponent:
    'This button belongs to an older Paperboy. Ask again with the command to get a current one.',
  deps: (system: string) =>
    `${capitalised(system)} is not answering at the moment. Try again in a few minutes; /status shows when it last did.`,
  unexpected: (reference: string) =>
    `Something went wrong on Paperboy’s side, and nothing was changed that is not shown. Try again; if it happens again, tell whoever hosts this bot the reference \`${reference}\`.`,
  formTooLate: 'Opening the form took too long. Please press it once more.',
  /** In the place of a "thinking ..." that all see and that cannot be taken away. */
  forAskerAlone: 'Only whoever asked can see this answer.',
  didNotWork: 'That did not work. Try again in a minute.',
  stopping: 'Paperboy is being restarted. Try again in a minute.',
} as const;

function capitalised(system: string): string {
  return system.charAt(0).toUpperCase() + system.slice(1);
}
