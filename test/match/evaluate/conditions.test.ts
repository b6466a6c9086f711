import { expect, it } from 'vitest';
import { createConditions } from '#src/match/evaluate/conditions.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { noTopics } from '#src/match/language/topic-catalogue.ts';

it('a hundred filters are kept ready: one that is asked for again and again is read once, however many others come by', () => {
  const read: string[] = [];
  const conditionOf = createConditions((filter) => {
    read.push(filter);
    return parseFilter(filter, { topics: noTopics });
  });

  for (let number = 0; number < 300; number++)
    for (const word of ['often', `once${number}`]) conditionOf(word);
  conditionOf('once299');
  conditionOf('once0');

  expect(read.filter((filter) => filter === 'often')).toHaveLength(1);
  expect(read.filter((filter) => filter.startsWith('once'))).toHaveLength(301);
});
