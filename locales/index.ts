import enActions from './en/actions.json' with { type: 'json' };
import enCli from './en/cli.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enDoctor from './en/doctor.json' with { type: 'json' };
import enEditor from './en/editor.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enJobs from './en/jobs.json' with { type: 'json' };
import enLocators from './en/locators.json' with { type: 'json' };
import enOverlay from './en/overlay.json' with { type: 'json' };
import enReceipt from './en/receipt.json' with { type: 'json' };
import enSending from './en/sending.json' with { type: 'json' };
import enSharing from './en/sharing.json' with { type: 'json' };
import enShell from './en/shell.json' with { type: 'json' };
import enUsage from './en/usage.json' with { type: 'json' };
import enWindow from './en/window.json' with { type: 'json' };
import zhActions from './zh-CN/actions.json' with { type: 'json' };
import zhCli from './zh-CN/cli.json' with { type: 'json' };
import zhCommon from './zh-CN/common.json' with { type: 'json' };
import zhDoctor from './zh-CN/doctor.json' with { type: 'json' };
import zhEditor from './zh-CN/editor.json' with { type: 'json' };
import zhErrors from './zh-CN/errors.json' with { type: 'json' };
import zhJobs from './zh-CN/jobs.json' with { type: 'json' };
import zhLocators from './zh-CN/locators.json' with { type: 'json' };
import zhOverlay from './zh-CN/overlay.json' with { type: 'json' };
import zhReceipt from './zh-CN/receipt.json' with { type: 'json' };
import zhSending from './zh-CN/sending.json' with { type: 'json' };
import zhSharing from './zh-CN/sharing.json' with { type: 'json' };
import zhShell from './zh-CN/shell.json' with { type: 'json' };
import zhUsage from './zh-CN/usage.json' with { type: 'json' };
import zhWindow from './zh-CN/window.json' with { type: 'json' };

/** All words of Beckon, by language and part. A key that is in one language only fails `tests/unit/locales`. */
export const resources = {
  en: {
    actions: enActions,
    cli: enCli,
    common: enCommon,
    doctor: enDoctor,
    editor: enEditor,
    errors: enErrors,
    jobs: enJobs,
    locators: enLocators,
    overlay: enOverlay,
    receipt: enReceipt,
    sharing: enSharing,
    sending: enSending,
    shell: enShell,
    usage: enUsage,
    window: enWindow,
  },
  'zh-CN': {
    actions: zhActions,
    cli: zhCli,
    common: zhCommon,
    doctor: zhDoctor,
    editor: zhEditor,
    errors: zhErrors,
    jobs: zhJobs,
    locators: zhLocators,
    overlay: zhOverlay,
    receipt: zhReceipt,
    sharing: zhSharing,
    sending: zhSending,
    shell: zhShell,
    usage: zhUsage,
    window: zhWindow,
  },
} as const;

export type Language = keyof typeof resources;
