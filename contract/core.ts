import * as z from 'zod';
import type { AtomsState } from './atom.ts';
import type { DiffPiece } from './changes.ts';
import type { ContextChip, ContextState } from './context.ts';
import type { Conversation, ConversationSummary, SearchHit } from './conversation.ts';
import { type Contract, request, state, stream } from './define.ts';
import type { ActiveWindow, PortAnswer, PutBackAnswer } from './desktop.ts';
import type { DoctorLine } from './doctor.ts';
import type { Grounding } from './grounding.ts';
import * as ids from './ids.ts';
import type { EngineState, Job, ModelRow, ServerRow, ServerTest } from './model.ts';
import type { RunPart, RunStarted } from './run.ts';

const none = z.strictObject({});
const byConversation = z.strictObject({ conversationId: ids.conversationId });
const byModel = z.strictObject({ modelId: ids.modelId });
const serverAddress = z.strictObject({ address: z.string().max(2000), key: z.string().max(8000).nullable() });

/** What core tells everyone who watches: a new revision means that lists should be asked for again. */
export interface LibraryState {
  /** Counts up with every change of conversations or their titles. */
  readonly conversationsRevision: number;
  /** Counts up with changes of the list of models that no setting and no job tells of. */
  readonly modelsRevision: number;
  readonly runningRuns: readonly { readonly runId: string; readonly conversationId: string }[];
}

/** Something core did by itself and a person should know, such as a settings file that was set aside. */
export interface CoreNotice {
  readonly id: string;
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Where answers can go back to. */
export interface PutBackState {
  /** Places of questions that were about selected text, by the question's id. */
  readonly targets: readonly {
    readonly questionId: string;
    readonly editable: boolean;
    readonly application: string | null;
  }[];
  /** The last answer that was put back, while it can be taken back. */
  readonly undoable: { readonly messageId: string; readonly application: string | null } | null;
}

/** Answered by core; asked by main, the cli, and the renderer through main. */
export const coreContract = {
  requests: {
    'core.info': request(none).returns<{
      readonly version: string;
      readonly processId: number;
      readonly face: 'app' | 'cli';
      readonly profile: string;
    }>(),
    /** A core that a cli runs closes its database and ends, so that the app can take the profile. */
    'core.handOver': request(none).returns<null>(),
    'conversation.list': request(
      z.strictObject({
        query: z.string().max(1000),
        limit: z.int().min(1).max(500),
        /** The last one of the page before: what follows it is answered. */
        after: z.strictObject({ id: ids.conversationId, updatedAt: z.int() }).nullable().default(null),
      }),
    ).returns<readonly ConversationSummary[]>(),
    'conversation.search': request(
      z.strictObject({ query: z.string().max(1000), limit: z.int().min(1).max(500) }),
    ).returns<readonly SearchHit[]>(),
    'conversation.get': request(byConversation).returns<Conversation>(),
    'conversation.rename': request(
      z.strictObject({ conversationId: ids.conversationId, title: z.string().min(1).max(200) }),
    ).returns<null>(),
    /** Hidden at once; gone for good after `undoMs` unless restored. */
    'conversation.delete': request(byConversation).returns<{ readonly undoMs: number }>(),
    'conversation.restore': request(byConversation).returns<null>(),
    /**
     * Stores the question, then starts to answer it. `conversationId: null` makes a new conversation. With `editsMessageId`
     * the question replaces that one, and what came after it goes. Answered when the question is on disk.
     */
    'run.start': request(
      z.strictObject({
        /** Given by who asks, so that a request whose answer was lost can be made again: a question is stored once. */
        questionId: ids.messageId.optional(),
        conversationId: ids.conversationId.nullable(),
        // Its length is judged by core (`message/too-large`), which can say so in a sentence; the bridge has its own limit.
        text: z.string(),
        modelId: ids.modelId.nullable(),
        editsMessageId: ids.messageId.nullable(),
        /** An action to use on the texts; then `text` may be empty. */
        actionId: ids.id.nullable().default(null),
        /** Chips of the context that go along. */
        chipIds: z.array(ids.id).max(20).default([]),
      }),
    ).returns<RunStarted>(),
    /** Answers the last question of a conversation again, in place of its last answer. */
    'run.again': request(
      z.strictObject({ conversationId: ids.conversationId, modelId: ids.modelId.nullable() }),
    ).returns<RunStarted>(),
    /** Goes on with the last answer of a conversation where it was broken off; fails with `run/cannot-continue`. */
    'run.continue': request(z.strictObject({ conversationId: ids.conversationId })).returns<RunStarted>(),
    'run.cancel': request(z.strictObject({ runId: ids.runId })).returns<null>(),
    'model.list': request(none).returns<readonly ModelRow[]>(),
    'model.choose': request(byModel).returns<null>(),
    'model.download': request(byModel).returns<{ readonly jobId: string }>(),
    'model.remove': request(byModel).returns<null>(),
    /** Makes a copy that this processor reads faster; fails with `model/…` and `download/disk-full`. */
    'model.makeFastCopy': request(byModel).returns<{ readonly jobId: string }>(),
    'model.removeFastCopy': request(byModel).returns<null>(),
    'job.pause': request(z.strictObject({ jobId: ids.id })).returns<null>(),
    'job.resume': request(z.strictObject({ jobId: ids.id })).returns<null>(),
    'job.cancel': request(z.strictObject({ jobId: ids.id })).returns<null>(),
    /** Gets the starter model when no model is there; answers its job, or null when one is there already. */
    'model.ensureStarter': request(none).returns<{ readonly jobId: string | null }>(),
    'engine.warm': request(none).returns<null>(),
    'engine.unload': request(none).returns<null>(),
    /** Lists the models of an address without keeping anything. */
    'server.test': request(serverAddress).returns<ServerTest>(),
    'server.add': request(
      z.strictObject({
        address: z.string().max(2000),
        key: z.string().max(8000).nullable(),
        label: z.string().max(200),
        models: z.array(z.string().max(300)).min(1).max(500),
      }),
    ).returns<ServerRow>(),
    'server.list': request(none).returns<readonly ServerRow[]>(),
    'server.remove': request(z.strictObject({ serverId: ids.serverId })).returns<null>(),
    /** Looks for selected text anew; answered when the `context` state has it. */
    'context.capture': request(none).returns<null>(),
    /** Takes a chip along, or leaves it out. */
    'context.turn': request(z.strictObject({ chipId: ids.id, on: z.boolean() })).returns<null>(),
    /** Takes a chip away; a file that is being read is no longer read. */
    'context.remove': request(z.strictObject({ chipId: ids.id })).returns<null>(),
    'context.clear': request(none).returns<null>(),
    /** Writes an answer into the very place its text was selected in; else says why, and nothing is changed. */
    'answer.putBack': request(
      z.strictObject({
        messageId: ids.messageId,
        mode: z.enum(['replace', 'insert-below']),
        /** Numbers of the changes of `answer.changes` that are not made. */
        leftOut: z.array(z.int().min(0)).max(10_000).optional(),
      }),
    ).returns<PutBackAnswer>(),
    /** What an answer changes in the text it is about; empty when it is no changed form of a text. */
    'answer.changes': request(z.strictObject({ messageId: ids.messageId })).returns<readonly DiffPiece[]>(),
    /** Takes the last `answer.putBack` back, when what it wrote is still there. */
    'answer.undoPutBack': request(none).returns<PutBackAnswer>(),
    /** Which sentences of an answer the text it is about supports; `byMeaning` takes longer, where a model for it is there. */
    'answer.grounding': request(
      z.strictObject({ messageId: ids.messageId, byMeaning: z.boolean().default(false) }),
    ).returns<Grounding>(),
    'window.active': request(none).returns<PortAnswer<ActiveWindow>>(),
    'notice.list': request(none).returns<readonly CoreNotice[]>(),
    /** The person has seen it: it is not told again. */
    'notice.seen': request(z.strictObject({ id: ids.id })).returns<null>(),
    'doctor.run': request(none).returns<readonly DoctorLine[]>(),
    /** The line about the graphics card alone, without anything being started. */
    'doctor.graphicsCard': request(none).returns<DoctorLine>(),
    /** Tries every way to selected text and back on this desktop; the clipboard is lent for a moment. */
    'doctor.capture': request(none).returns<readonly DoctorLine[]>(),
  },
  streams: {
    'run.attach': stream(z.strictObject({ runId: ids.runId })).of<RunPart>(),
  },
  states: {
    engine: state<EngineState>(),
    jobs: state<{ readonly jobs: readonly Job[] }>(),
    library: state<LibraryState>(),
    context: state<ContextState>(),
    atoms: state<AtomsState>(),
    putBack: state<PutBackState>(),
    notices: state<{ readonly notices: readonly CoreNotice[] }>(),
  },
} as const satisfies Contract;

/** What only main and the cli may ask of core: paths never come from the renderer. */
export const coreInternalContract = {
  requests: {
    'model.addFile': request(z.strictObject({ path: z.string().min(1).max(4096) })).returns<ModelRow>(),
    /**
     * Makes chips of files and reads them; answered with each as it ended. Those that are not `shown` stand in no window:
     * only who has their ids can ask with them. An empty path stands for something that is no file on a disk.
     */
    'file.add': request(
      z.strictObject({ paths: z.array(z.string().max(4096)).min(1).max(200), shown: z.boolean() }),
    ).returns<readonly ContextChip[]>(),
    /** Whether a mouse button is held down now; null where the system does not tell. */
    'pointer.pressed': request(none).returns<boolean | null>(),
    'core.shutDown': request(none).returns<null>(),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
