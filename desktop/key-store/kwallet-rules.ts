import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the person has set for KWallet, in the file that its daemon reads. */
export interface WalletRules {
  /** It asks for each application whether that may use a wallet that is open. */
  readonly asksEach: boolean;
  /** Applications that a wallet is open to without a question. */
  readonly allowed: (wallet: string) => readonly string[];
}

const longest = 200_000;

/** Reads them from `kwalletrc`; without one KWallet asks for the password alone. */
export function readWalletRules(env: Readonly<Record<string, string | undefined>>): WalletRules {
  const folder = env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? '/', '.config');
  let text = '';
  try {
    text = readFileSync(join(folder, 'kwalletrc'), 'utf8').slice(0, longest);
  } catch {
    // There is none, as on most desktops.
  }
  return walletRulesOf(text);
}

export function walletRulesOf(text: string): WalletRules {
  const groups = new Map<string, Map<string, string>>();
  let group = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const head = /^\[([^\]]+)\]/.exec(line)?.[1];
    // Marks of the file's own follow a name: `Prompt on Open[$i]=true`.
    const [, key, value] = /^([^=[#]+)(?:\[[^\]]*\])*\s*=\s*(.*)$/.exec(line) ?? [];
    if (head !== undefined) {
      group = groups.get(head) ?? new Map();
      groups.set(head, group);
    } else if (key !== undefined && value !== undefined) group.set(key.trim(), value.trim());
  }
  return {
    asksEach: /^(?:true|1|yes|on)$/i.test(groups.get('Wallet')?.get('Prompt on Open') ?? ''),
    allowed: (wallet) =>
      (groups.get('Auto Allow')?.get(wallet) ?? '').split(/(?<!\\),/).map((one) => one.trim().replaceAll('\\,', ',')),
  };
}
