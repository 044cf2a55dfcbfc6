import type { createOpenAI } from '@ai-sdk/openai';
import type { Protocol } from './provider.ts';

/** A model of the AI SDK, as all of its provider packages make one. */
export type SdkModel = ReturnType<ReturnType<typeof createOpenAI>['responses']>;
export type SdkOptions = Parameters<SdkModel['doStream']>[0];
export type SdkUsage = Awaited<ReturnType<SdkModel['doGenerate']>>['usage'];
export type SdkContent = Awaited<ReturnType<SdkModel['doGenerate']>>['content'][number];
export type SdkPart =
  Awaited<ReturnType<SdkModel['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never;

/** Protocols that are spoken by the AI SDK's provider packages; `chat` is read by Beckon's own reader. */
export type SdkProtocol = Exclude<Protocol, 'chat'>;

export interface SdkPlace {
  readonly address: string;
  readonly key: string;
  readonly model: string;
  /** The one connection it has: left out, the packages would take the global one. */
  readonly fetch: typeof fetch;
}

/** Packages are loaded with the first question to a protocol: 24 to 29 MB that nobody needs before. */
const makers: Readonly<Record<SdkProtocol, (place: SdkPlace) => Promise<SdkModel>>> = {
  responses: async ({ address: baseURL, key: apiKey, model, fetch }) =>
    (await import('@ai-sdk/openai')).createOpenAI({ baseURL, apiKey, fetch }).responses(model),
  messages: async ({ address: baseURL, key: apiKey, model, fetch }) =>
    (await import('@ai-sdk/anthropic')).createAnthropic({ baseURL, apiKey, fetch }).languageModel(model),
  gemini: async ({ address: baseURL, key: apiKey, model, fetch }) =>
    (await import('@ai-sdk/google')).createGoogle({ baseURL, apiKey, fetch }).languageModel(model),
};

export function loadSdkModel(protocol: SdkProtocol, place: SdkPlace): Promise<SdkModel> {
  return makers[protocol](place);
}
