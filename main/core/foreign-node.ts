type Env = Readonly<Record<string, string | undefined>>;

/**
 * Variables by which other people's Node programs are steered: code that is loaded first, a debugger, a profile. An editor's
 * terminal sets some. The fuses keep them out of the shell, and this out of core, which holds more. Certificates of a company
 * (`NODE_EXTRA_CA_CERTS`, `NODE_USE_SYSTEM_CA`) stay.
 */
const foreign = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_V8_COVERAGE',
  'NODE_INSPECT_RESUME_ON_START',
  'VSCODE_INSPECTOR_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
];

/** The environment without them. */
export function withoutForeignNode(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.includes(name)));
}
