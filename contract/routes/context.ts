import * as z from 'zod';
import { contextChipSchema, contextStateSchema } from '../context.ts';
import { type Contract, request, state } from '../define.ts';
import { textEncodingSchema } from '../document.ts';
import * as ids from '../ids.ts';

const none = z.strictObject({});
/** Characters of base64: some 48 MB, more than any screen. */
const pastedPictureLimit = 64_000_000;

/** What could go along with a question: selected text, the clipboard, a window, files. */
export const contextRoutes = {
  requests: {
    /** Looks for selected text anew; answered when the `context` state has it. */
    'context.capture': request(none).returns(z.null()),
    /** Takes a chip along, or leaves it out. */
    'context.turn': request(z.strictObject({ chipId: ids.id, on: z.boolean() }), 'free').returns(z.null()),
    /** Takes a chip away; a file that is being read is no longer read. */
    'context.remove': request(z.strictObject({ chipId: ids.id }), 'free').returns(z.null()),
    /** Puts a sample text there as if it were selected, where nothing is: for the first minute. */
    'context.sample': request(z.strictObject({ language: z.enum(['en', 'zh-CN']) }), 'free').returns(z.null()),
    'context.clear': request(none, 'free').returns(z.null()),
    /**
     * Asks the application in front for a copy of what is selected in it, where a chip `offersCopy`; the person agreed to it,
     * for this once or `always`. Answered when the `context` state has what came of it.
     */
    'context.askForCopy': request(z.strictObject({ always: z.boolean() }), 'free').returns(z.null()),
    /**
     * Makes chips of files and reads them; answered with each as it ended. Those that are not `shown` stand in no window:
     * only who has their ids can ask with them. An empty path stands for something that is no file on a disk. Only main and
     * the cli may ask: paths never come from a page.
     */
    'file.add': request(
      z.strictObject({ paths: z.array(z.string().max(4096)).min(1).max(200), shown: z.boolean() }),
    ).returns(z.array(contextChipSchema)),
    /** Reads the text of a chip again, in the encoding that the person said; answered when it is read. */
    'file.readAs': request(z.strictObject({ chipId: ids.id, encoding: textEncodingSchema }), 'free').returns(z.null()),
    /**
     * Makes a chip of a picture that lies on no disk, in base64, and reads it; answered with the chip as it ended. Only main
     * asks, for what a person pasted or dropped.
     */
    'picture.add': request(
      z.strictObject({ name: z.string().max(200), bytes: z.string().max(pastedPictureLimit) }),
    ).returns(contextChipSchema),
  },
  streams: {},
  states: {
    context: state(contextStateSchema, 'free', { capturing: false, chips: [] }),
  },
} as const satisfies Contract;
