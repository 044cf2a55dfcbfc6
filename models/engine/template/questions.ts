import type { ChatHistoryItem, LlamaTextJSON } from 'node-llama-cpp';

/** The argument that tells the engine's entry to render with a template, and nothing else. */
export const rendersTemplate = 'render-template';

/** What the process of a template is told, `open` first and once; it answers each but that. */
export type TemplateQuestion =
  | { readonly type: 'open'; readonly template: string }
  /** Chats of the kinds that are asked are tried. */
  | { readonly type: 'try' }
  | { readonly type: 'render'; readonly chat: readonly ChatHistoryItem[] };

/** What it says: that it can be asked, and how it went. */
export type TemplateAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'fits' }
  /** More is written than a chat can need, or deeper gone. */
  | { readonly type: 'too-much' }
  /** The template takes no such chat. */
  | { readonly type: 'refused' }
  | { readonly type: 'rendered'; readonly text: LlamaTextJSON; readonly stops: readonly string[] };
