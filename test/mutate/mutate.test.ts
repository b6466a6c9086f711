import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { describe, expect, it } from 'vitest';
import { WordsError } from '#src/tools/command.ts';
import { strykerPlugins } from './noise.ts';
import { exitCode, lineOf, readRoom, type Tried } from './report.ts';
import { GOAL, roomOf } from './rooms.ts';
import { type Drawable, draw, NOT_DRAWN, SAMPLE } from './sample.ts';
import { survivorsOf } from './survivors.ts';

const PLACE = { start: { line: 2, column: 10 }, end: { line: 2, column: 15 } };

const mutant = (status: string, more: Partial<Tried> = {}): Tried => ({
  status,
  fileName: 'src/trend/rule.ts',
  mutatorName: 'EqualityOperator',
  replacement: 'a <= b',
  location: PLACE,
  ...more,
});

const drawable = (line: number, folder = '/home/me/src/paperboy'): Drawable => ({
  id: String(line),
  fileName: `${folder}/src/trend/rule.ts`,
  mutatorName: 'EqualityOperator',
  location: { start: { line, column: 1 } },
});

describe('npm run mutate', () => {
  it('takes the name of a room, and lists what no test noticed when it is asked to', () => {
    expect(readRoom(['trend'])).toMatchObject({
      room: { name: 'trend', files: 'src/trend/**/*.ts' },
      list: false,
    });
    expect(readRoom(['commands', '--list'])).toMatchObject({
      room: { files: 'commands/**/*.ts' },
      list: true,
    });
  });

  it('names the rooms to who names none of them, or two', () => {
    const rooms = /The rooms are archive, commands, decision, .*, trend, wording\.$/;
    for (const words of [['trends'], [], ['trend', 'outbox'], ['..'], ['house.ts']]) {
      expect(() => readRoom(words), words.join()).toThrow(WordsError);
      expect(() => readRoom(words), words.join()).toThrow(rooms);
    }
  });

  it('has tests for each room with a goal, none of them slow or in a process of its own', () => {
    for (const name of GOAL.rooms) expect(roomOf(name)?.tests, name).not.toEqual([]);
    expect(roomOf('trend')?.tests).toContain(join('test', 'trend', 'trend-rule.test.ts'));
    expect(roomOf('trend')?.tests).not.toContain(join('test', 'trend', 'trend-command.test.ts'));
    expect(roomOf('outbox')?.tests.join()).not.toContain('nothing-lost-nothing-twice');
    expect(roomOf('commands')?.tests).toContain(join('test', 'stories', 'undo.test.ts'));
  });

  it('counts what was noticed of all that was tried', () => {
    const results = ['Killed', 'Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored', 'RuntimeError'];
    expect(
      JSON.stringify(
        lineOf(
          'trend',
          results.map((status) => mutant(status)),
        ),
      ),
    ).toBe('{"mutate":"trend","score":60,"survived":2,"mutants":5,"constants":0}');
  });

  it('tells of how many it tried a sample', () => {
    const results = [mutant('Killed'), mutant('CompileError', { statusReason: NOT_DRAWN })];
    expect(lineOf('trend', results)).toEqual({
      mutate: 'trend',
      score: 100,
      survived: 0,
      mutants: 1,
      constants: 0,
      sampled: true,
      of: 2,
      seed: SAMPLE.seed,
    });
  });

  it('tells how many constants it did not try', () => {
    const statusReason = 'Static mutant (and "ignoreStatic" was enabled)';
    expect(lineOf('trend', [mutant('Ignored', { statusReason }), mutant('Killed')])).toMatchObject({
      mutants: 1,
      constants: 1,
    });
  });

  it('fails below the goal, in the rooms that have one, and rounds nothing up to it', () => {
    const line = (mutate: string, killed: number) =>
      lineOf(
        mutate,
        Array.from({ length: 1000 }, (_, at) => mutant(at < killed ? 'Killed' : 'Survived')),
      );
    expect(exitCode(line('trend', 849))).toBe(1);
    expect(exitCode(line('trend', 850))).toBe(0);
    expect(exitCode(line('match', 100))).toBe(0);
  });

  it('draws the same mutants each time and in every folder, whatever their order', () => {
    const all = Array.from({ length: 1000 }, (_, line) => drawable(line));
    const drawn = draw(all, SAMPLE);
    expect(drawn.size).toBe(300);
    expect(draw(all.toReversed(), SAMPLE)).toEqual(drawn);
    expect(
      draw(
        all.map((_, line) => drawable(line, 'C:\\commands')),
        SAMPLE,
      ),
    ).toEqual(drawn);
    expect(draw(all, { ...SAMPLE, seed: 2 })).not.toEqual(drawn);
  });

  it('shows where a change went unnoticed, what stood there and what stood there instead', () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboy-mutate-'));
    const fileName = join(folder, 'rule.ts');
    writeFileSync(fileName, 'const rule =\n  when  (a < b);\n');
    const shown = survivorsOf([
      mutant('Killed', { fileName }),
      mutant('NoCoverage', {
        fileName,
        location: { start: { line: 1, column: 1 }, end: { line: 2, column: 7 } },
      }),
      mutant('Survived', {
        fileName,
        location: { start: { line: 2, column: 10 }, end: { line: 2, column: 15 } },
      }),
    ]);
    rmSync(folder, { recursive: true });
    expect(shown.map((line) => line.slice(line.indexOf('rule.ts')))).toEqual([
      'rule.ts:1:1 EqualityOperator const rule = when -> a <= b (no test comes here)',
      'rule.ts:2:10 EqualityOperator a < b -> a <= b',
    ]);
  });
});

describe('what is changed', () => {
  it('is neither the message of a log call nor the sentence of a FatalError', async () => {
    const code = `
      log.warn({ place: 'source' }, 'message');
      deps.log[grave ? 'warn' : 'debug'](fields, grave ? 'one message' : \`another message\`);
      throw new FatalError('a sentence' + (grave ? 'its end' : ''), { cause: 'network' });
      throw new UserError('for people');
      log.debug({ found: papers.filter(() => 'found') }, 'message');
      catalog('word');`;
    expect(await textsChangedIn(code)).toEqual([
      "'source'",
      "'warn'",
      "'debug'",
      "'network'",
      "'for people'",
      "'found'",
      "'word'",
    ]);
  });
});

const SILENT = {
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
  ...{ trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} },
};

async function textsChangedIn(code: string): Promise<string[]> {
  const ignorers = strykerPlugins.map(({ value }) => value);
  const { mutants } = await new Instrumenter(SILENT).instrument(
    [{ name: 'rule.ts', mutate: true, content: code }],
    {
      ignorers,
      plugins: null,
      excludedMutations: [],
    },
  );
  const lines = code.split('\n');
  return mutants
    .filter(({ mutatorName, status }) => mutatorName === 'StringLiteral' && status !== 'Ignored')
    .map(({ location: { start, end } }) => lines[start.line].slice(start.column, end.column));
}
