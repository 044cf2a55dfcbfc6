import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Terminal } from './terminal.ts';

/** Whether somebody sees what is asked and can type an answer. */
export function canAsk(terminal: Terminal): boolean {
  return terminal.isWatched && process.stdin.isTTY === true;
}

/** One line that a person types; empty for Ctrl+D and Ctrl+C. */
export async function askLine(terminal: Terminal, question: string): Promise<string> {
  return (await askLineOrEnd(terminal, question)) ?? '';
}

/** One line that a person types; null for Ctrl+D and Ctrl+C, where an empty line says something else. */
export function askLineOrEnd(terminal: Terminal, question: string): Promise<string | null> {
  terminal.prompt(question);
  const lines = createInterface({ input: process.stdin });
  return new Promise((resolve) => {
    let typed: string | null = null;
    lines.once('line', (line) => {
      typed = line.trim();
      lines.close();
    });
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => resolve(typed));
  });
}
