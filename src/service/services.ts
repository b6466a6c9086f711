import type { AskZone } from './ask-zone.ts';
import type { Doctor } from './doctor.ts';
import type { ExplainPaper } from './explain-paper.ts';
import type { ExplainPost } from './explain-post.ts';
import type { ExportSettings } from './export-settings.ts';
import type { FindPaper } from './find-paper.ts';
import type { FirstWords } from './first-words.ts';
import type { ImportSettings } from './import-settings.ts';
import type { LikeThese } from './like-these.ts';
import type { ListTrending } from './list-trending.ts';
import type { ManageSubscriptions } from './manage-subscriptions.ts';
import type { MuteFilter } from './mute-filter.ts';
import type { OfferTopics } from './offer-topics.ts';
import type { PostExample } from './post-example.ts';
import type { Privacy } from './privacy.ts';
import type { Propose } from './propose.ts';
import type { ReportStatus } from './report-status.ts';
import type { SearchPapers } from './search-papers.ts';
import type { ManageServerSettings } from './server-settings.ts';
import type { SettleDoubt } from './settle-doubt.ts';
import type { ShowHistory } from './show-history.ts';
import type { TuneSubscription } from './tune-subscription.ts';
import type { TypedForms } from './typed-forms.ts';
import type { WorkOnFilters } from './work-on-filters.ts';
import type { WrongAlert } from './wrong-alert.ts';

/**
 * What commands can ask of the house. Each answers with a value to render, or throws a UserError
 * (a sentence for the asker) or an OutsideError (a source that does not answer).
 */
export type Services = FindPaper &
  SearchPapers &
  ListTrending &
  Propose &
  ManageSubscriptions &
  LikeThese &
  OfferTopics &
  AskZone &
  TuneSubscription &
  ManageServerSettings &
  MuteFilter &
  ExportSettings &
  ImportSettings &
  WorkOnFilters &
  ExplainPaper &
  ExplainPost &
  Doctor &
  PostExample &
  WrongAlert &
  TypedForms &
  ShowHistory &
  SettleDoubt &
  Privacy &
  ReportStatus &
  FirstWords;
