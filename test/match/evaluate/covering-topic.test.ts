import { describe, expect, it } from 'vitest';
import { coveringTopic } from '#src/match/evaluate/covering-topic.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { catalogueOf, type Topic } from '#src/match/language/topic-catalogue.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';

const read = (text: string) => {
  const parsed = parseFilter(text, { topics: null });
  if (!parsed.ok) throw new Error(inEnglish(parsed.error.message));
  return parsed.filter;
};
const topic = (name: string, text: string): Topic => ({
  ...{ name, title: name, label: name, line: '', text, filter: read(text) },
});
const topics = catalogueOf([
  topic('wide', 'qubit OR quantum OR "error correction" OR annealing'),
  topic('quantum', 'quantum OR qubit OR NISQ'),
  topic('waves', '("ocean waves" OR tide OR (sea AND level)) -title:sound'),
  topic('titles', 'title:(mesh OR voxel)'),
]);
const covering = async (text: string) => {
  const found = await coveringTopic(read(text), topics);
  return found && [found.filter, found.more, found.excludes];
};

describe('the topic that covers the words of a filter', () => {
  it('is the one with the fewest words besides, however the words are written', async () => {
    expect(await covering('qubits')).toEqual(['topic:quantum', 2, false]);
    expect(await covering('quantum OR Qubit')).toEqual(['topic:quantum', 1, false]);
    expect(await covering('"error-correction" OR quantum')).toEqual(['topic:wide', 2, false]);
  });

  it('keeps what the filter excludes, and tells that the topic excludes too', async () => {
    expect(await covering('qubit -survey')).toEqual(['topic:quantum -survey', 2, false]);
    expect(await covering('tides')).toEqual(['topic:waves', 2, true]);
  });

  it('is none where a word is missing, stands in another field, or more has to occur', async () => {
    expect(await covering('qubit OR ocean')).toBeNull();
    expect(await covering('mesh')).toBeNull();
    expect(await covering('title:qubit')).toBeNull();
    expect(await covering('nisq')).toBeNull();
    expect(await covering('qubit annealing')).toBeNull();
    expect(await covering('qubit OR (quantum ice)')).toBeNull();
    expect(await covering('-qubit')).toBeNull();
    expect(await covering('sea')).toBeNull();
  });

  it('is none where it would say the same', async () => {
    expect(await covering('quantum OR qubit OR NISQ')).toBeNull();
  });
});
