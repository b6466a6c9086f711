import { describe, expect, it } from 'vitest';
import topicList from '#config/topics.json' with { type: 'json' };
import { checkTopics, readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { ENGLISH } from '#src/wording/languages.ts';
import { phrase, words } from '#src/wording/phrase.ts';

const topic = (name: string, filter: string, title = `About ${name}`) => ({
  name,
  title,
  line: 'One line.',
  filter,
});

describe('The topic catalogue', () => {
  it('finds a topic by its name or title, in any case', () => {
    const catalogue = readTopicCatalogue([topic('llm', 'LLM', 'Large language models')]);
    expect(catalogue.find('LLM')?.name).toBe('llm');
    expect(catalogue.find('large language models')?.name).toBe('llm');
    expect(catalogue.find('lllm')).toBeNull();
  });

  it('proposes the nearest topic for a mistyped one, and none for a stranger', () => {
    const catalogue = readTopicCatalogue([topic('diffusion', 'diffusion'), topic('agents', 'agent')]);
    expect(catalogue.nearest('difusion')).toBe('diffusion');
    expect(catalogue.nearest('agnets')).toBe('agents');
    expect(catalogue.nearest('quantum')).toBeNull();
  });

  it('proposes the first that has the words that were typed', () => {
    const catalogue = readTopicCatalogue([
      topic('video-generation', 'video'),
      topic('speech-audio', 'speech', 'Speech, audio and music'),
    ]);
    expect(['video', 'Music', 'audio speech', 'vid', '-'].map(catalogue.nearest)).toEqual([
      ...['video-generation', 'speech-audio', 'speech-audio'],
      ...[null, null],
    ]);
  });

  it('lets a topic name topics that stand before it', () => {
    const catalogue = readTopicCatalogue([topic('llm', 'LLM'), topic('agents', 'agent topic:llm')]);
    expect(catalogue.find('agents')?.filter).toMatchObject({ kind: 'and' });
  });

  it('is still read where a sign got its meaning later: the bot starts after an update', async () => {
    const catalogue = readTopicCatalogue([topic('masks', '[mask] OR diffusion'), topic('no', '—flow')]);
    await checkTopics(catalogue);
    expect(catalogue.find('masks')?.filter).toMatchObject({ kind: 'or' });
    expect(catalogue.find('no')?.filter).toMatchObject({ kind: 'word' });
  });

  it('calls a topic as its entry says, one of Paperboy’s own in the language of whoever reads', () => {
    const own = { name: 'llm', line: 'One line.', filter: 'LLM' };
    const { topics } = readTopicCatalogue([own, topic('tides', 'tide', 'Tides and *waves*')]);
    expect(topics.map(({ title }) => title)).toEqual(['Large language models', 'Tides and *waves*']);
    expect(topics.map(({ label }) => label)).toEqual([phrase('topic.llm'), words('Tides and *waves*')]);
  });

  it('does not take a topic that has no title', () => {
    const nameless = { name: 'tides', line: 'One line.', filter: 'tide' };
    expect(() => readTopicCatalogue([nameless])).toThrow(/tides: has no title/);
  });

  it('of Paperboy has a title for each topic, and no title of others', () => {
    const titled = Object.keys(ENGLISH.messages).filter((key) => key.startsWith('topic.'));
    const named = readTopicCatalogue(topicList).topics.map(({ name }) => `topic.${name}`);
    expect(titled.sort()).toEqual([...named, 'topic.choice'].sort());
  });

  it('names every bad topic at once', async () => {
    const bad = [
      topic('one', '"open'),
      topic('two', 'topic:three'),
      topic('three', 'x'),
      topic('three', 'y'),
    ];
    await expect(checkTopics(readTopicCatalogue(bad))).rejects.toThrow(
      /one, character 1: .*two, character 7: .*three: stands there twice/,
    );
  });

  it('says what is missing in an entry', () => {
    expect(() => readTopicCatalogue([{ name: 'Bad Name', filter: 'x' }])).toThrow(
      /config\/topics\.json cannot be read/,
    );
  });
});
