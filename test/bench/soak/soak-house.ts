import { openArchive } from '#src/archive/archive.ts';
import { openPaperSearch } from '#src/archive/paper-search.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { watchClock } from '#src/foundation/clock-watch.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-sqlite.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createAskAgain } from '#src/pipeline/ask-again.ts';
import { createChannelPlans } from '#src/pipeline/channel-plans.ts';
import { digestView, promisesOf } from '#src/pipeline/compose.ts';
import { createDelivery } from '#src/pipeline/deliver.ts';
import { createMatcher } from '#src/pipeline/matcher.ts';
import { createPipeline } from '#src/pipeline/pipeline.ts';
import { createStillWanted } from '#src/pipeline/still-wanted.ts';
import { createTrouble } from '#src/pipeline/trouble.ts';
import { createAskSources } from '#src/service/ask-sources.ts';
import { createExplainPost } from '#src/service/explain-post.ts';
import { createFindPaper } from '#src/service/find-paper.ts';
import { createHeavyWork } from '#src/service/heavy-work.ts';
import { createListTrending } from '#src/service/list-trending.ts';
import { createManageSubscriptions } from '#src/service/manage-subscriptions.ts';
import { createQuestionStore } from '#src/service/question-store.ts';
import { createSearchPapers } from '#src/service/search-papers.ts';
import { createWorkOnFilters } from '#src/service/work-on-filters.ts';
import type { Source } from '#src/source/source.ts';
import { createSubscriptionBook } from '#src/subscription/subscription-book.ts';
import { openZones } from '#src/subscription/zone.ts';
import { replayTopics } from '#src/tools/replay-house.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import type { Town } from './soak-town.ts';

const HOUR = 3_600_000;

export type SoakHouse = Awaited<ReturnType<typeof openSoakHouse>>;

/** house.ts without timetable and Discord, in a database in memory. */
export async function openSoakHouse({ clock, source, town }: { clock: Clock; source: Source; town: Town }) {
  const { postman, servers } = town;
  const sources = [source];
  const topics = replayTopics();
  const parse = (filter: string) => parseFilter(filter, { topics });
  const db = openDatabase(':memory:');
  const archive = openArchive(db);
  const outbox = openOutbox(db, clock.now());
  const book = createSubscriptionBook(openKeyv(db, 'subscriptions', clock), clock);
  const questions = createQuestionStore(openKeyv(db, 'questions', clock));
  const search = openPaperSearch(archive);
  const zones = openZones();
  const trend = createTrendRule();
  const plans = createChannelPlans(book, outbox, servers, zones);
  const { placeOf } = plans;
  const wake = () => {};
  const trouble = createTrouble({ db, outbox, book, archive, servers, postman, placeOf, wake, clock, log });
  const stillWanted = createStillWanted({ archive, book, parse, trend });
  const askAgain = createAskAgain({ stillWanted, plans, clock, log });
  const delivery = createDelivery({
    ...{ db, outbox, archive, servers, postman, clock, log, plans, stillWanted, askAgain },
    ...{ zones, parse },
    subscription: book.byId,
    parse,
    onHold: trouble.onHold,
    tellBegun: trouble.tellBegun,
    onRecovered: trouble.onRecovered,
  });
  const pipeline = await createPipeline({
    ...{ db, archive, trend, outbox, book, zones, sources, servers, postman, delivery, trouble, clock, log },
    parse,
    matcher: await createMatcher({ book, parse, clock, log }),
    clockWatch: watchClock(clock, async () => {}),
    beat: () => HOUR,
    lost: () => [],
    wake,
    forgetPapers: search.forget,
    livingHours: 48,
    purgeAfterDays: 30,
  });
  const ask = createAskSources({ sources, clock, log });
  const heavy = createHeavyWork();
  const rooms = {
    archive,
    outbox,
    book,
    search,
    sources,
    topics,
    trend,
    zones,
    questions,
    heavy,
    clock,
    log,
    ask,
  };
  const finding = createFindPaper(rooms);
  return {
    ...{ db, book, outbox, search, pipeline, trouble },
    services: {
      ...finding,
      ...createSearchPapers(rooms),
      ...createListTrending(rooms),
      ...createManageSubscriptions({
        ...rooms,
        lost: () => [],
        missingPermissions: () => [],
        channelName: () => null,
        isGone: () => false,
        perChannel: 25,
      }),
      ...createWorkOnFilters({ ...rooms, findPaper: finding.findPaper }),
      ...createExplainPost({
        ...rooms,
        digestPage: (post, page) =>
          digestView(
            { archive, servers, zones, parse, log, subscription: book.byId },
            post,
            promisesOf(outbox, post),
            page,
          ),
      }),
    },
  };
}
