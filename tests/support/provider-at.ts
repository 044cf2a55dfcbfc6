import { Egress } from '../../core/egress/egress.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { type Protocol, type Provider, providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';

/** A provider whose row each protocol is asked by. */
const rows: Readonly<Record<Protocol, string>> = {
  chat: 'llama-server',
  responses: 'openai',
  messages: 'anthropic',
  gemini: 'gemini',
};

/** A model at an address that speaks a protocol, asked over Beckon's own way out as that protocol's provider is. */
export function modelAt(
  protocol: Protocol,
  place: { readonly address: string; readonly model: string; readonly key: string },
): LanguageModel {
  const connection = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
  const { address, model, key } = place;
  return createProviderModel({
    ...{ id: `server:s:${protocol}`, name: 'M', address, host: new URL(address).host, fetch: connection, model },
    provider: providerOf(rows[protocol]) as Provider,
    readKey: () => Promise.resolve(key),
  });
}
