import { App } from './frame/app.ts';
import { applyTheme } from './frame/theme.ts';
import { followScene, keepSceneMinute } from './live.ts';
import { html, render } from './preact.ts';

applyTheme();
followScene(null);
keepSceneMinute();
render(html`<${App} />`, document.body);
