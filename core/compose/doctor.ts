import type { doctorRoutes } from '../../contract/routes/doctor.ts';
import type { LocalModels } from '../../models/engine/local-models.ts';
import type { Handlers } from '../../wire/server.ts';
import type { ChatNotices } from '../database/chat-notices.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import { runDoctor } from '../doctor/doctor.ts';
import { findGraphicsCard, systemCardFolders } from '../doctor/graphics-card.ts';
import { graphicsCardLine, routeLines } from '../doctor/line.ts';
import type { Egress } from '../egress/egress.ts';
import type { ModelList } from '../models/model-list.ts';
import type { Queries } from '../queries.ts';
import type { Rules } from '../rules/rules.ts';
import { hasKeys, unclearKeys } from '../settings/environment-keys.ts';
import type { CoreBase } from '../surroundings.ts';

export interface DoctorNeeds {
  readonly models: ModelList;
  readonly local: LocalModels;
  readonly database: Queries;
  readonly notices: ChatNotices;
  readonly desktop: DesktopProcess;
  readonly egress: Egress;
  readonly rules: Rules;
}

/** What works on this machine, and what does not. */
export function composeDoctor(
  { host, folders, env, chatsClosed = null }: CoreBase,
  { models, local, database, notices, desktop, egress, rules }: DoctorNeeds,
): { readonly handlers: Handlers<typeof doctorRoutes> } {
  const graphicsCard = () => findGraphicsCard(process.platform, systemCardFolders);
  const look = () =>
    runDoctor({
      host,
      models: () => models.list(),
      engine: () => local.state.value,
      database,
      chatsClosed,
      notices: () => notices.state.value.notices,
      profile: folders.profile,
      modelFolder: folders.models,
      env,
      keysInEnvironment: hasKeys(env),
      unclearKeys: () => unclearKeys(host.settings().servers, env),
      accessibilityOn: () => desktop.accessibilityOn(),
      describeDesktop: () => desktop.describe(),
      probeEngine: () => local.probe(),
      graphicsCard: graphicsCard(),
      proxyTo: (url) => egress.routeFor(url),
      rules: () => ({ error: rules.refresh(), count: rules.state.value.list.length }),
    });
  const requests = {
    'doctor.run': look,
    'doctor.graphicsCard': () => graphicsCardLine(graphicsCard()),
    'doctor.capture': async () => routeLines(await desktop.selfTest()),
  };
  return { handlers: { requests, streams: {}, states: {} } };
}
