import type { Recipient } from '../../contract/label.ts';
import type { Policy } from '../../contract/provider.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { type HostPlace, placeOfUrl } from '../../models/hosts.ts';
import { toldOf } from './told-of.ts';

/** Whether who is behind a server may learn from what is sent. Nobody says that of a server of one's own which is elsewhere. */
export function trainingOf(policy: Policy | null, place: HostPlace): Recipient['training'] {
  if (policy === null) return place === 'outside' ? 'unknown' : 'no';
  if (policy.training === null) return 'unknown';
  // `by-control`: the control that keeps it from that is sent with every question.
  return policy.training === 'no' || policy.training === 'by-control' ? 'no' : 'may';
}

/** Who gets what is sent to a server. What leads nowhere is taken for what is elsewhere: nothing is known of it. */
export function recipientOfServer(server: ServerSetting): Recipient {
  const { label, policy } = toldOf(server);
  const url = URL.canParse(server.address) ? new URL(server.address) : null;
  const place = url === null ? 'outside' : placeOfUrl(url);
  return { host: url?.host ?? server.address.slice(0, 80), name: label, place, training: trainingOf(policy, place) };
}
