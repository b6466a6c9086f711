/* Loaded before the sandbox: its scene is of this day, so that the pictures change with what is on them only. */

const away = Date.parse('2026-03-10T12:00:00Z') - Date.now();
const now = Date.now.bind(Date);
Date.now = () => now() + away;
