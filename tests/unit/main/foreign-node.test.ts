import { expect, it } from 'vitest';
import { withoutForeignNode } from '../../../main/core/foreign-node.ts';

it("keeps an editor's debugger and other code out of core, and the certificates of a company in", () => {
  const env = {
    NODE_OPTIONS: '--require /tmp/bootloader.js',
    VSCODE_INSPECTOR_OPTIONS: '{}',
    NODE_PATH: '/tmp',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_EXTRA_CA_CERTS: '/etc/company.pem',
    NODE_USE_SYSTEM_CA: '1',
    PATH: '/usr/bin',
    OPENAI_API_KEY: 'key',
  };
  expect(withoutForeignNode(env)).toEqual({
    NODE_EXTRA_CA_CERTS: '/etc/company.pem',
    NODE_USE_SYSTEM_CA: '1',
    PATH: '/usr/bin',
    OPENAI_API_KEY: 'key',
  });
});
