import type { ChatFormat } from './exported-chat.ts';

/** Everything that is kept of chats, for programs. `export`: the version of this format. */
export function jsonFormat(version: string): ChatFormat {
  return {
    head: () => `{"export":1,"beckon":${JSON.stringify(version)},"conversations":[`,
    *chat({ conversation: { id, title, createdAt, updatedAt, messages }, texts }, isFirst) {
      const head = JSON.stringify({ id, title, createdAt, updatedAt });
      yield `${isFirst ? '' : ','}\n${head.slice(0, -1)},"messages":[`;
      for (const [index, message] of messages.entries()) {
        const { conversationId: _, canGoOn: __, attachments: ___, ...kept } = message;
        const attachments = (texts.get(message.id) ?? []).map(({ kind, application, title, text }) => ({
          kind,
          application,
          title,
          text,
        }));
        yield `${index === 0 ? '' : ','}\n${JSON.stringify({ ...kept, attachments })}`;
      }
      yield ']}';
    },
    tail: () => '\n]}\n',
  };
}
