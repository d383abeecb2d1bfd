/** Services available to the routes. */
import type { List } from '../exchange/shared/list.ts';
import type { AccountDirectory } from '../store/accounts/accounts.ts';
import type { Audit } from '../store/audit/audit.ts';
import type { Published } from '../store/published.ts';
import type { Secrets } from '../store/accounts/secrets.ts';
import type { Store } from '../store/store.ts';
import type { CaseWork } from '../cases/work.ts';
import type { Deployment } from '../warnings/deployment.ts';
import type { QueueService } from '../cases/delivery/service.ts';
import type { Job } from '../pipelines/schedule.ts';
import type { SignIn } from './sign-in.ts';

export interface Services {
  /** Cases and the clerks' worklist. */
  readonly cases: CaseWork;
  readonly store: Store;
  readonly deployment: Deployment;
  /** Who read what; a reading is recorded before its answer is sent. */
  readonly audit: Audit;
  readonly signIn: SignIn;
  readonly accounts: AccountDirectory;
  readonly secrets: Secrets;
  readonly published: Published;
  readonly queues: QueueService;
  readonly jobs: readonly Job[];
  readonly lists: readonly List[];
  /** Reads of the ledger, two at a time: more would only take threads from each other. */
  readonly reading: <T>(work: () => Promise<T>) => Promise<T>;
}
