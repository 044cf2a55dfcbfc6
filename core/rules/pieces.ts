import type { Message } from '../../contract/conversation.ts';
import type { Attachment } from '../attachment.ts';
import type { Piece } from './match-rules.ts';

/** All texts of a chat up to an answer, which may go along with its question or have gone along with earlier ones. */
export function piecesOf(
  messages: readonly Message[],
  attachments: ReadonlyMap<string, readonly Attachment[]>,
  answerId: string,
): readonly Piece[] {
  const at = messages.findIndex(({ id }) => id === answerId);
  // An answer that is gone on with goes along, too.
  const before = at < 0 ? messages : messages.slice(0, at + 1);
  return before.flatMap(({ id, role, text, action }) => [
    // The words of an action are Beckon's own, or those of its file.
    ...(text === '' || action !== null ? [] : [wordsOf(role, text)]),
    ...(attachments.get(id) ?? []).map(pieceOf),
  ]);
}

function wordsOf(role: Message['role'], text: string): Piece {
  return { kind: role === 'user' ? 'words' : 'answer', text, names: [], title: null, pages: null };
}

function pieceOf({ kind, text, title, application, applicationId, positions }: Attachment): Piece {
  const names = [application ?? '', applicationId ?? ''].filter((name) => name !== '');
  return { kind, text, title, names, pages: positions?.unit === 'page' ? positions.total : null };
}
