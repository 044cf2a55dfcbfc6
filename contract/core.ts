import { joinRoutes } from './join-routes.ts';
import { applicationsRoutes } from './routes/applications.ts';
import { atomsRoutes } from './routes/atoms.ts';
import { backupsRoutes } from './routes/backups.ts';
import { callsRoutes } from './routes/calls.ts';
import { cardsRoutes } from './routes/cards.ts';
import { clipsRoutes } from './routes/clips.ts';
import { contextRoutes } from './routes/context.ts';
import { conversationsRoutes } from './routes/conversations.ts';
import { desktopRoutes } from './routes/desktop.ts';
import { doctorRoutes } from './routes/doctor.ts';
import { exportsRoutes } from './routes/exports.ts';
import { grantsRoutes } from './routes/grants.ts';
import { groundingRoutes } from './routes/grounding.ts';
import { jobsRoutes } from './routes/jobs.ts';
import { libraryRoutes } from './routes/library.ts';
import { lifecycleRoutes } from './routes/lifecycle.ts';
import { lockedKeysRoutes } from './routes/locked-keys.ts';
import { modelsRoutes } from './routes/models.ts';
import { noticesRoutes } from './routes/notices.ts';
import { passagesRoutes } from './routes/passages.ts';
import { pinyinRoutes } from './routes/pinyin.ts';
import { providersRoutes } from './routes/providers.ts';
import { putBackRoutes } from './routes/put-back.ts';
import { receiptsRoutes } from './routes/receipts.ts';
import { rulesRoutes } from './routes/rules.ts';
import { runsRoutes } from './routes/runs.ts';
import { serversRoutes } from './routes/servers.ts';
import { sharingRoutes } from './routes/sharing.ts';

/**
 * Answered by core; asked by main, the cli, and the renderer through main, which passes on what a route opens to pages. A
 * feature is one line here and one in `core/compose.ts`.
 */
export const coreContract = joinRoutes(
  lifecycleRoutes,
  conversationsRoutes,
  exportsRoutes,
  backupsRoutes,
  runsRoutes,
  rulesRoutes,
  grantsRoutes,
  modelsRoutes,
  jobsRoutes,
  serversRoutes,
  lockedKeysRoutes,
  providersRoutes,
  receiptsRoutes,
  contextRoutes,
  atomsRoutes,
  sharingRoutes,
  cardsRoutes,
  callsRoutes,
  putBackRoutes,
  groundingRoutes,
  passagesRoutes,
  desktopRoutes,
  clipsRoutes,
  applicationsRoutes,
  noticesRoutes,
  doctorRoutes,
  pinyinRoutes,
  libraryRoutes,
);
