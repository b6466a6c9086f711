import { describe, expect, it } from 'vitest';
import { commands } from '#commands/index.ts';
import { say, sayPlain } from '#src/render/say.ts';
import { withCommandIds } from '#src/wording/command-mentions.ts';
import { LANGUAGES } from '#src/wording/languages.ts';
import { code } from '#src/wording/phrase.ts';

const idOf = (name: string) => ({ subscribe: '71', subscriptions: '72', filter: '73' })[name] ?? null;
const inDiscord = <T>(work: () => T): T => withCommandIds(idOf, work);

describe('a command in a sentence', () => {
  it('is a link that writes it, where its id is known', () => {
    expect(inDiscord(() => say('edit.cancelledText'))).toBe(
      'The subscription stays as it is. </subscriptions:72> shows it.',
    );
    expect(inDiscord(() => say('help.start.text'))).toContain('</filter test:73> tries a filter');
  });

  it('is its name between backticks where no id is known: in a post, and before Discord told', () => {
    const told = 'The subscription stays as it is. `/subscriptions` shows it.';
    expect(say('edit.cancelledText')).toBe(told);
    expect(
      withCommandIds(
        () => null,
        () => say('edit.cancelledText'),
      ),
    ).toBe(told);
  });

  it('is its bare name where no markdown is rendered', () => {
    expect(inDiscord(() => sayPlain('edit.cancelledText'))).toContain(' /subscriptions shows it.');
  });

  it('with options behind it is an example to copy', () => {
    expect(inDiscord(() => say('subscriptions.begin'))).toMatch(
      /^Begin with `\/subscribe keywords:diffusion`/,
    );
  });

  it('is none where somebody typed it: what people wrote is shown as they wrote it', () => {
    const told = inDiscord(() => say('syntax.noTopic', { written: code('`/subscriptions`') }));
    expect(told).not.toContain(':72>');
    expect(told).toContain('</subscribe:71>');
  });

  it('is one that there is, and stands between backticks', () => {
    const names = commands.flatMap(({ data }) => [
      data.name,
      ...(data.options ?? []).map(({ name }) => `${data.name} ${name}`),
    ]);
    for (const { messages } of LANGUAGES)
      for (const [key, text] of Object.entries(messages)) {
        const named = [...text.matchAll(/`\/([a-z]+(?: [a-z]+)?)(?=[` ])/g)].map(([, name]) => name);
        for (const name of named) expect(names, key).toContain(name);
        if (!key.startsWith('form.'))
          expect(text, key).not.toMatch(
            new RegExp(`(?<![\`\\w.:/])/(${commands.map(({ data }) => data.name).join('|')})\\b`),
          );
      }
  });
});
