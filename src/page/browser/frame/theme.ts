import { html, useState } from '../preact.ts';
import { Segments } from './segments.ts';

type Theme = 'dark' | 'light';
const KEPT_AS = 'theme';
const THEMES: readonly { value: Theme; label: string; title: null }[] = [
  { value: 'dark', label: 'Dark', title: null },
  { value: 'light', label: 'Light', title: null },
];

/** Shows the page in the theme that was chosen; without a choice it goes with the system's, also when that changes. */
export function applyTheme(): void {
  const chosen = chosenTheme();
  if (chosen) document.documentElement.dataset.theme = chosen;
}

/** The choice between dark and light; kept for the next visit where the browser keeps things. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(() => chosenTheme() ?? systemTheme());
  const choose = (chosen: Theme) => {
    keep(chosen);
    document.documentElement.dataset.theme = chosen;
    setTheme(chosen);
  };
  return html`<${Segments}
    name="theme"
    legend="Colours"
    isLegendShown=${false}
    segments=${THEMES}
    chosen=${theme}
    onChoose=${choose}
  />`;
}

function chosenTheme(): Theme | null {
  const kept = readKept();
  return kept === 'dark' || kept === 'light' ? kept : null;
}

const systemTheme = (): Theme => (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');

/** Reading throws where the viewer forbids a page to keep anything. */
function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEPT_AS, theme);
  } catch {
    // The choice holds until the page is left.
  }
}
