import type { CoreNotice } from '../../contract/routes/notices.ts';
import type { UnreadServer } from '../../contract/settings-faults.ts';
import { StateSource } from '../../wire/state-source.ts';
import type { Queries } from '../queries.ts';
import { type DamageReport, valuesOf } from './damage-report.ts';
import type { ReadOnlyCause } from './read-only.ts';

const damaged = 'database-damaged';
const readOnly = 'database-read-only';
const failing = 'disk-failing';

/** What a person should know of their chats, until they have seen it: at each start anew. */
export class ChatNotices {
  readonly state = new StateSource<{ readonly notices: readonly CoreNotice[] }>({ notices: [] });

  /** A damaged file was mended now. */
  mended(report: DamageReport): void {
    this.#put({ id: damaged, code: 'database/damaged', values: valuesOf(report) });
  }

  /** Takes up what was not seen yet, and whether anything can be stored. */
  begin(database: Queries & { readonly readOnly: ReadOnlyCause | null }): void {
    const stored = this.#lastReport(database);
    if (stored !== null && !this.#has(damaged)) this.mended(stored);
    const cause = database.readOnly;
    if (cause !== null) this.#put({ id: readOnly, code: 'database/read-only', values: { context: cause } });
  }

  /** Servers of the settings file that are not used: chats with them cannot be gone on with. */
  foundUnread(servers: readonly UnreadServer[]): void {
    for (const [index, values] of servers.entries())
      this.#put({ id: `settings-server-${index}`, code: 'settings/server-unread', values: { ...values } });
  }

  /** The disk that the chats are on gives errors. */
  diskFails(): void {
    this.#put({ id: failing, code: 'disk/failing', values: {} });
  }

  /** Everything ended while an answer went to an application, and nobody could say then how that went. */
  putBackLost(lost: { readonly application: string | null } | null): void {
    if (lost === null) return;
    const { application } = lost;
    const values = application === null ? {} : { context: 'named', name: application };
    this.#put({ id: 'put-back-lost', code: 'put-back/lost', values });
  }

  /** A limit of the budget is nearly used up. */
  budgetNear(period: string, values: Readonly<Record<string, string>>): void {
    this.#put({ id: `budget-${period}`, code: 'budget/near', values: { context: period, ...values } });
  }

  /** A budget refused what a model elsewhere was asked, and the model on this machine answered. */
  answeredHere(refused: CoreNotice['values'], model: string): void {
    this.#put({ id: 'budget-here', code: 'budget/answered-here', values: { ...refused, here: model } });
  }

  /** The person has seen it: it is not told again. */
  seen(id: string, database: Queries): void {
    this.state.update({ notices: this.state.value.notices.filter((notice) => notice.id !== id) });
    if (id !== damaged) return;
    try {
      database.prepare('UPDATE damage_reports SET seen_at = ? WHERE seen_at IS NULL').run(Date.now());
    } catch {
      // Where nothing can be written it is told again at the next start.
    }
  }

  #lastReport(database: Queries): DamageReport | null {
    const row = database
      .prepare('SELECT report FROM damage_reports WHERE seen_at IS NULL ORDER BY at DESC LIMIT 1')
      .get();
    try {
      return row === undefined ? null : (JSON.parse(String(row['report'])) as DamageReport);
    } catch {
      return null;
    }
  }

  #has(id: string): boolean {
    return this.state.value.notices.some((notice) => notice.id === id);
  }

  #put(notice: CoreNotice): void {
    const others = this.state.value.notices.filter(({ id }) => id !== notice.id);
    this.state.update({ notices: [...others, notice] });
  }
}
