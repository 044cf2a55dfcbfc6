import { join } from 'node:path';
import type { rulesRoutes } from '../../contract/routes/rules.ts';
import type { Handlers } from '../../wire/server.ts';
import { BookFile } from '../applications/book-file.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { Drafts } from '../drafts.ts';
import { Leave } from '../rules/leave.ts';
import { Reasons } from '../rules/reasons.ts';
import { RuleFile } from '../rules/rule-file.ts';
import { Rules } from '../rules/rules.ts';
import type { Destination } from '../sending/destination.ts';
import { hashOf } from '../sending/hash-of.ts';
import { trainingOf } from '../servers/recipient.ts';
import { toldOf } from '../servers/told-of.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** The person's rules, and their word for what leaves; answers that are only looked at. */
export function composeRules({ host, folders }: CoreBase, conversations: Conversations) {
  const book = new BookFile(join(folders.profile, 'applications.json'));
  const rules = new Rules({
    file: new RuleFile(join(folders.profile, 'rules.json')),
    privateNames: () => host.settings().privateNames,
    applications: () => book.read(),
  });
  rules.refresh();
  const drafts = new Drafts();
  const chatOf = (answerId: string) => {
    const draft = drafts.find(answerId);
    if (draft !== null) return draft;
    const { id, messages } = conversations.conversationOf(answerId);
    return { messages, attachments: conversations.attachmentsOf(id) };
  };
  const leave = new Leave<Destination>({
    ...{ rules, settings: () => host.settings(), chatOf, hashOf },
    trainingOf: ({ serverId, place }) => {
      const server = host.settings().servers.find(({ id }) => id === serverId);
      return trainingOf(server === undefined ? null : toldOf(server).policy, place);
    },
  });
  const handlers: Handlers<typeof rulesRoutes> = {
    requests: {
      'rules.refresh': () => nothing(rules.refresh()),
      'rules.change': ({ revision, list }) => nothing(rules.change(revision, list)),
    },
    streams: {},
    states: { rules: rules.state },
  };
  return { rules, leave, drafts, reasons: new Reasons(), handlers };
}
