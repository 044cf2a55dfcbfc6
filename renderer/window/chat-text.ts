import type { Conversation } from '../../contract/conversation.ts';

export interface ChatTextWords {
  readonly question: string;
  readonly answer: string;
  readonly language: 'en' | 'zh-CN';
}

/** A whole chat as text that can be pasted anywhere. */
export function chatText({ title, messages }: Conversation, { question, answer, language }: ChatTextWords): string {
  const parts = messages.map(({ role, text, action }) => {
    const said = action === null ? text : `${action.name[language]}${text === '' ? '' : `\n${text}`}`;
    return `**${role === 'user' ? question : answer}**\n\n${said.trim()}`;
  });
  return [`# ${title.replaceAll(/\s+/g, ' ')}`, ...parts].join('\n\n');
}
