import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * The switches that are burnt into a shipped Electron, by name: whether each is on, and why. `only` names the systems that a
 * switch is turned on for. An Electron older than a switch does not have it; one that is new and stands nowhere here ends the
 * packaging.
 */
export const fuses = {
  RunAsNode: { on: false, why: 'the binary is no second Node: Beckon carries one for its own processes' },
  EnableCookieEncryption: { on: false, why: 'there are no cookies, and at the start it has a locked key store ask' },
  EnableNodeOptionsEnvironmentVariable: { on: false, why: 'no variable loads code into the shell' },
  EnableNodeCliInspectArguments: { on: false, why: 'no switch opens a debugger into the shell' },
  EnableEmbeddedAsarIntegrityValidation: {
    on: true,
    only: ['darwin', 'win32'],
    why: 'the archive is the one that was packaged; Electron checks it on macOS and Windows alone',
  },
  OnlyLoadAppFromAsar: { on: true, why: 'a folder put beside the archive is not started in its place' },
  LoadBrowserProcessSpecificV8Snapshot: { on: false, why: 'none is made' },
  GrantFileProtocolExtraPrivileges: { on: false, why: 'pages come from the scheme of the app, never from files' },
  WasmTrapHandlers: { on: true, why: 'WebAssembly at its usual speed, with its usual checks; no page uses any' },
};

/** Whether a switch is on in a Beckon for that system. */
export function isOn({ on, only }, platform) {
  return on && (only === undefined || only.includes(platform));
}

/** Which of the binary's switches are on, by name; those that this Electron does not have yet are left out. */
export async function readFuses(binary) {
  const { version: _version, ...wire } = await getCurrentFuseWire(binary);
  const states = Object.entries(wire).filter(([, state]) => state !== FuseState.INHERIT && state !== FuseState.REMOVED);
  return Object.fromEntries(states.map(([index, state]) => [nameOf(index), state === FuseState.ENABLE]));
}

/** Sets all switches of a binary that is not signed yet, and reads them back. Throws when one is not as it should be. */
export async function setFuses(binary, platform, arch) {
  const there = Object.keys(await readFuses(binary));
  const unknown = there.filter((name) => !Object.hasOwn(fuses, name));
  if (unknown.length > 0) throw new Error(`this Electron has fuses that nothing was decided of: ${unknown.join(', ')}`);
  const wanted = Object.fromEntries(there.map((name) => [name, isOn(fuses[name], platform)]));
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: platform === 'darwin' && arch === 'arm64',
    ...Object.fromEntries(there.map((name) => [FuseV1Options[name], wanted[name]])),
  });
  const now = await readFuses(binary);
  const wrong = there.filter((name) => now[name] !== wanted[name]);
  if (wrong.length > 0) throw new Error(`fuses are not set: ${wrong.join(', ')}`);
  return now;
}

function nameOf(index) {
  return FuseV1Options[index] ?? `number ${index}`;
}
