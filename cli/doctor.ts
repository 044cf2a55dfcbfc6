import type { DoctorLine } from '../contract/doctor.ts';
import { columnsOf } from './drawing/cells.ts';
import { beside, pad } from './drawing/layout.ts';
import { type Line, type Look, piece } from './drawing/pieces.ts';
import { exitCodes } from './exit-codes.ts';
import { noticesSeen } from './notices.ts';
import type { CommandInput } from './run-cli.ts';
import type { Words } from './words.ts';

const looks: Readonly<Record<DoctorLine['status'], Look>> = {
  ok: 'good',
  warning: 'doubtful',
  failed: 'bad',
  unknown: 'dim',
};

/**
 * `beckon doctor`: each thing Beckon needs is ok, or a cause and a next step. With `--capture` the ways to selected text and
 * back, each tried.
 */
export async function doctor({ session, terminal, words, json, capture }: CommandInput): Promise<number> {
  const lines = await session.client.call(capture ? 'doctor.capture' : 'doctor.run', {});
  if (json)
    terminal.json(
      lines.map((line) => ({ ...line, error: line.error === null ? null : words.withSentence(line.error) })),
    );
  else for (const line of doctorLines(lines, words, terminal.columns)) terminal.line(line);
  if (!capture && !json && terminal.isScreen) await noticesSeen(session);
  return lines.some(({ status }) => status === 'failed') ? exitCodes.failed : exitCodes.done;
}

/** A mark and a sentence; what is longer than the screen goes on under its sentence. */
function doctorLines(lines: readonly DoctorLine[], words: Words, columns: number | null): readonly Line[] {
  const marks = lines.map(({ status }) => columnsOf(words.say(`doctorMark.${status}`)));
  const column = Math.max(...marks, 0) + 2;
  const set = (label: Line, text: string) =>
    columns === null ? [[...pad(label, column), piece(text)]] : beside(label, text, column, columns);
  return lines.flatMap(({ check, status, values, error }) => [
    ...set(
      [piece(words.say(`doctorMark.${status}`), looks[status])],
      words.sayIn('doctor', `${check}.${status}`, values),
    ),
    ...(error === null ? [] : set('', words.error(error))),
  ]);
}
