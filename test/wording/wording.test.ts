import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { say, sayPhrase, sayPlain, sayValue, sayValuePlain } from '#src/render/say.ts';
import { storedPhrase } from '#src/wording/kept-phrase.ts';
import { inLanguage } from '#src/wording/language.ts';
import { ENGLISH, LANGUAGES, type Language, type MessageKey } from '#src/wording/languages.ts';
import {
  channel,
  code,
  instant,
  markdown,
  phrase,
  quoted,
  role,
  sentences,
  words,
} from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Mark, Phrase } from '#src/wording/values.ts';
import { createWording } from '#src/wording/wording.ts';
import { placeholdersOf, sortedMessages, writePlaceholders } from '#src/wording/write-placeholders.ts';

const file = (name: string): string => readFileSync(`src/wording/${name}`, 'utf8');
const messages = JSON.parse(file('en.json')) as Record<MessageKey, string>;

describe('the file of sentences', () => {
  it('is sorted, and its types are those of today: `npm run wording` writes both', () => {
    for (const name of readdirSync('src/wording').filter((one) => one.endsWith('.json')))
      expect(file(name)).toBe(sortedMessages(JSON.parse(file(name))));
    expect(file('placeholders.ts')).toBe(writePlaceholders(messages));
  });

  it.each(LANGUAGES)(
    'in $locale has no sentence that English has not, nor other placeholders',
    ({ messages: own }) => {
      for (const [key, text] of Object.entries(own)) {
        expect(Object.keys(messages)).toContain(key);
        expect(placeholdersOf(text)).toEqual(placeholdersOf(messages[key as MessageKey]));
      }
    },
  );

  it('has no sentence that nobody says', () => {
    const files = globSync(['src/**/*.ts', 'commands/*.ts']).filter(
      (name) => !name.endsWith('placeholders.ts'),
    );
    const code = files.map((name) => readFileSync(name, 'utf8')).join('\n');
    const begun = [...code.matchAll(/`([a-z][\w.]*)\$\{/g)].map(([, beginning]) => beginning);
    const unsaid = Object.keys(messages).filter(
      (key) => !code.includes(`'${key}'`) && !begun.some((beginning) => key.startsWith(beginning)),
    );
    expect(unsaid).toEqual([]);
  });

  it.each(LANGUAGES)(
    'in $locale has words, and no straight apostrophe, which quotes',
    ({ messages: own }) => {
      const odd = Object.entries(own).filter(([, text]) => /\p{L}'\p{L}/u.test(text) || text === '');
      expect(odd).toEqual([]);
    },
  );

  it.each(LANGUAGES)(
    'in $locale has no description or button longer than Discord takes',
    ({ messages: own }) => {
      const long = Object.entries(own).filter(
        ([key, text]) =>
          (key.startsWith('command.') && text.length > 100) ||
          (key.startsWith('button.') && text.length > 80),
      );
      expect(long).toEqual([]);
    },
  );
});

describe('a number in a sentence', () => {
  it('is written by the language’s rules: `{n, number}` where nothing is counted by it', () => {
    const bare = Object.values(messages).filter((text) =>
      [...placeholdersOf(text)].some(([name, type]) => type === 'number' && text.includes(`{${name}}`)),
    );
    expect(bare).toEqual([]);
  });
});

describe('what a placeholder takes', () => {
  it('is a number where it counts, orders or is a day, a text where it chooses, anything where it is shown', () => {
    const message =
      '{n, plural, one {# paper of {who}} other {# papers}}, {place, selectordinal, other {#th}}, {kind, select, a {x} other {y}}, {day, date, short}';
    expect(Object.fromEntries(placeholdersOf(message))).toEqual({
      day: 'number',
      kind: 'string',
      n: 'number',
      place: 'number',
      who: 'Value',
    });
  });

  it('is refused where one name counts and chooses', () => {
    expect(() => placeholdersOf('{n, plural, other {#}} {n, select, other {x}}')).toThrow(
      'n is a number and a string',
    );
  });
});

const GERMAN: Language = {
  locale: 'de',
  lists: 'de',
  messages: { 'answer.sourceSilent': '{system} antwortet gerade nicht.' },
};
const bare = (mark: Mark): string => ('text' in mark ? mark.text : mark.mark);

describe('a sentence', () => {
  const wording = createWording([ENGLISH, GERMAN], bare);
  const silent = phrase('answer.sourceSilent', { system: 'arXiv' });

  it('is said in the language of the locale, in English where there is none or it lacks the sentence', () => {
    expect(wording.say('de', silent)).toBe('arXiv antwortet gerade nicht.');
    expect(wording.say('de-AT', silent)).toBe('arXiv antwortet gerade nicht.');
    expect(wording.say('fr', silent)).toBe(
      'arXiv is not answering at the moment. Try again in a few minutes; command shows when it last did.',
    );
    expect(wording.say('de', phrase('answer.didNotWork'))).toBe('That did not work. Try again in a minute.');
  });

  it('writes thousands as the language does, whatever is counted by them', () => {
    const today = phrase('status.todayHere', { n: 1250, matched: 1250, posted: 1250 });
    expect(wording.say('en', today)).toBe('Today: 1,250 papers read, 1,250 matched here, 1,250 posted.');
    expect(wording.say('en', phrase('trending.others', { n: 1143 }))).toBe('The other 1,143 papers');
  });

  it('joins several values in the language, and says phrases inside it', () => {
    expect(wording.value('en', ['a', 'b', 'c'])).toBe('a, b and c');
    expect(wording.value('en', { or: ['a', 'b'] })).toBe('a or b');
    expect(wording.value('en', { list: ['a', 'b', 'c'] })).toBe('a, b, c');
    expect(wording.value('de', ['a', 'b', 'c'])).toBe('a, b und c');
    expect(wording.value('de', [silent, 'b'])).toBe('arXiv antwortet gerade nicht. und b');
  });

  it('that is stored comes back as it was; what an earlier version wrote is shown as it is, and formats nothing', () => {
    const kept = JSON.parse(JSON.stringify(phrase('answer.sourceSilent', { system: code('a`b') })));
    expect(sayPhrase(storedPhrase.parse(kept))).toContain('`a');
    expect(sayPhrase(storedPhrase.parse('paused by *Ana*'))).toBe('paused by \\*Ana\\*');
  });

  it('of a later version, which has no such name here, does not stop what it stands in', () => {
    const unknown = storedPhrase.parse({ key: 'later.sentence', values: { who: 'Ana' } });
    expect(sayPhrase(unknown)).toBe('another version of Paperboy wrote why');
    const lacking = storedPhrase.parse({ key: 'answer.sourceSilent', values: { who: 'Ana', odd: null } });
    expect(sayPhrase(lacking)).toBe('another version of Paperboy wrote why');
  });
});

describe('what Discord reads', () => {
  it('has marks as Discord writes them, and nothing that people typed formats', () => {
    const at = Date.parse('2026-03-10T12:00:00Z');
    expect(sayValue([code('a`b'), words('*c*'), quoted('_d_'), channel('1'), role('2'), instant(at)])).toBe(
      `${sayValue(code('a`b'))}, \\*c\\*, “\\_d\\_”, <#1>, <@&2> and <t:1773144000:R>`,
    );
  });

  it('keeps addresses in texts of papers as links where they may be, and nowhere else', () => {
    const text = '*see* https://a.org/b';
    expect(sayValue(markdown(text))).toBe('\\*see\\* https://a.org/b');
    expect(sayValue(words(text))).toBe('\\*see\\* https:\\//a.org/b');
    expect(sayValuePlain(markdown(text))).toBe(text);
  });

  it('says whole sentences one after the other', () => {
    const stopping = phrase('answer.stopping');
    expect(sayPhrase(sentences(stopping))).toBe('Paperboy is being restarted. Try again in a minute.');
    expect(sayPhrase(sentences(stopping, phrase('answer.didNotWork')))).toBe(
      'Paperboy is being restarted. Try again in a minute. That did not work. Try again in a minute.',
    );
  });

  it('has no marks where no markdown is rendered', () => {
    expect(sayPlain('answer.unexpected', { reference: code('x1') })).toContain('the reference x1.');
    expect(say('answer.unexpected', { reference: code('x1') })).toContain('the reference `x1`.');
  });

  it('is in English for whoever speaks a language that is not there', () => {
    expect(inLanguage('fr', () => say('answer.stopping'))).toBe(
      'Paperboy is being restarted. Try again in a minute.',
    );
  });
});

it('an error for people keeps its sentence by name, and says it in English to whoever debugs', () => {
  const error = new UserError('answer.sourceSilent', { system: words('arXiv') });
  expect(error.phrase).toEqual<Phrase>({ key: 'answer.sourceSilent', values: { system: words('arXiv') } });
  expect(error.message).toContain('arXiv is not answering');
});
