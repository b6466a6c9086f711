import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDeletionList } from '#src/foundation/database/deletion-list.ts';

const ADA = { what: 'member', id: '900000000000000001' } as const;
const BOB = { what: 'member', id: '900000000000000002' } as const;
const now = () => Date.UTC(2026, 2, 10);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-deletions-'));
  file = join(folder, 'p.db.deletions');
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = () => openDeletionList(file, now);

describe('the list of deletions', () => {
  it('is no file until somebody has something deleted, and is known again after a restart', () => {
    expect(open().name()).toBeNull();
    const list = open();
    list.add(ADA);
    const again = open();
    expect(again.name()).toBe(list.name());
    expect(again.length()).toBe(1);
    expect(again.since(0)(ADA)).toBe(true);
    expect(again.since(0)(BOB)).toBe(false);
    expect(again.since(0)({ what: 'server', id: ADA.id })).toBe(false);
  });

  it('tells those after the first so many from the others', () => {
    const list = open();
    list.add(ADA);
    list.add(BOB);
    expect([list.since(1)(ADA), list.since(1)(BOB), list.since(2)(BOB)]).toEqual([false, true, false]);
  });

  it('holds no id, and not the same hash for the same id in another list', () => {
    open().add(ADA);
    openDeletionList(`${file}2`, now).add(ADA);
    const [one, other] = [file, `${file}2`].map((name) => readFileSync(name, 'utf8'));
    expect(one).not.toContain(ADA.id);
    const hashOf = (text: string) => /"hash":"(\w{64})"/.exec(text)?.[1];
    expect(hashOf(one)).not.toBe(hashOf(other));
  });

  it.skipIf(process.platform === 'win32')('is for whoever runs Paperboy alone', () => {
    open().add(ADA);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('goes on behind a line that a crash left half written', () => {
    open().add(ADA);
    appendFileSync(file, '{"at":"2026-03-10T00:00:00.000Z","ha');
    const list = open();
    expect(list.length()).toBe(1);
    list.add(BOB);
    expect(open().length()).toBe(2);
    expect(open().since(1)(BOB)).toBe(true);
  });

  it('that cannot be read, or written, ends Paperboy with a sentence', () => {
    writeFileSync(file, 'something else\n');
    expect(open).toThrow(/^The list of deletions .*p\.db\.deletions cannot be read: /);
    const list = openDeletionList(join(folder, 'no', 'such.deletions'), now);
    expect(() => list.add(ADA)).toThrow(
      /cannot be written: nothing can be made there\. Nothing was deleted\./,
    );
    expect(list.length()).toBe(0);
  });

  it('without a file lasts for one life', () => {
    const list = openDeletionList(null, now);
    list.add(ADA);
    expect(list.since(0)(ADA)).toBe(true);
  });
});
