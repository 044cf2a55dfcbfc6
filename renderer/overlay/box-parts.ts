import type { RendererContract } from '../../contract/renderer.ts';
import type { WireClient } from '../../wire/client.ts';
import type { Changes } from '../answer/use-changes.ts';
import type { Copied } from '../answer/use-copied.ts';
import type { LookedUp } from '../answer/use-looked-up.ts';
import type { OpenReceipt } from '../receipt/use-open-receipt.ts';
import type { ConversationView } from '../run/use-conversation.ts';
import type { Box } from './use-box.ts';
import type { Leaving } from './use-leaving.ts';
import type { Notice, Notices } from './use-notices.ts';
import type { PutBackView } from './use-put-back.ts';

/** What the box is made of, for whoever does something with it. */
export interface BoxParts {
  readonly client: WireClient<RendererContract>;
  readonly box: Box;
  readonly conversation: ConversationView;
  readonly notice: Notice | null;
  readonly notices: Notices;
  readonly pinned: boolean;
  /** Ids of the chips that are on. */
  readonly chipIds: readonly string[];
  /** Ids of chips of files that could not be read. */
  readonly failedFiles: readonly string[];
  readonly putBack: PutBackView;
  readonly leaving: Leaving;
  readonly copied: Copied;
  /** What the answer changes in its text. */
  readonly changes: Changes;
  /** Which of its words stand nowhere in its text. */
  readonly lookedUp: LookedUp;
  readonly openReceipt: OpenReceipt;
}
