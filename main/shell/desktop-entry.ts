/** The words of a command, quoted as the specification of desktop entries asks (quotes, backslash, dollar, backtick, percent). */
export function quotedCommand(command: readonly string[]): string {
  const quoted = command.map(
    (word) =>
      `"${word
        .replaceAll(/[\\"`$]/g, '\\$&')
        .replaceAll('\\', '\\\\')
        .replaceAll('%', '%%')}"`,
  );
  return quoted.join(' ');
}

/**
 * The entry that starts Beckon with a session. `TryExec` has the session pass over it once the program is gone, as after its
 * package was removed.
 */
export function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Beckon',
    'Name[zh_CN]=招之 Beckon',
    'Icon=beckon',
    `TryExec=${(command[0] ?? '').replaceAll('\\', '\\\\')}`,
    `Exec=${quotedCommand(command)}`,
    'X-GNOME-Autostart-enabled=true',
    'NoDisplay=true',
    '',
  ].join('\n');
}

/** The program that an entry of ours starts; null where it cannot be told. Entries of older versions have no `TryExec`. */
export function startedProgram(entry: string): string | null {
  const tried = /^TryExec=(.+)$/m.exec(entry)?.[1]?.replaceAll('\\\\', '\\');
  return tried ?? /^Exec="([^"\\]+)"/m.exec(entry)?.[1] ?? null;
}
