import { AppError, toErrorShape } from '../contract/errors.ts';
import type { WholeClipboardPort } from './ports.ts';

const unsupported = () => new AppError('desktop/unsupported', 'nobody tells here when something is copied');

/** For systems on which nobody tells when something is copied, or what marks it has. */
export const noWholeClipboard: WholeClipboardPort = {
  // biome-ignore lint/correctness/useYield: it ends at once
  async *watchClipboard() {
    throw unsupported();
  },
  saveClipboard: async () => ({ status: 'unsupported', cause: toErrorShape(unsupported()) }),
  offerClipboard: async () => ({ status: 'unsupported', cause: toErrorShape(unsupported()) }),
};
