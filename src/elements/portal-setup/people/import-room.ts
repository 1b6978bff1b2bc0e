import { html, nothing } from 'lit';

import type { ImportLine, ImportReport } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderHeading } from '../../templates.js';
import { renderLinesField } from '../fields.js';
import { KeptValues } from '../kept-values.js';
import type { Room, RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';

/** Lines of a report that are shown: those first that were refused. */
const shown = 200;
/** Bytes. */
const largest = 1024 * 1024;

/** Why a table was refused as a whole, by the code on the wire. */
const refusals: Readonly<Record<string, SetupKey>> = {
  empty: 'import.empty',
  malformed: 'import.malformed',
  'no-email-column': 'import.no-email-column',
  'column-repeated': 'import.column-repeated',
  'column-name': 'import.column-name',
  'too-many-lines': 'import.too-many-lines',
  'too-large': 'import.too-large',
  too_big: 'import.too-large',
};

/** A table of people is read in: first it is told what would become of each line, then it is done. */
export class ImportRoom implements Room {
  readonly state = 'import';
  readonly #host: RoomHost;
  readonly #command: CommandController;
  readonly #kept = new KeptValues('import');
  readonly #values = { csv: '' };
  #problem: SetupKey | undefined;
  #report: { readonly report: ImportReport; readonly isDone: boolean } | undefined;

  constructor(host: RoomHost) {
    this.#host = host;
    this.#command = new CommandController(host, host);
    Object.assign(this.#values, this.#kept.read());
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { pending, error } = this.#command;
    const failure = error && !this.#problem ? errorText(t, error) : '';
    return html`<div class="stack">
      <a part="link" href="#/people">${t('contacts.all')}</a>
      ${renderHeading(headingLevel, t('import.heading'))}
      <p>${t('import.about')}</p>
      <form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
        <div part="actions">
          <button part="button choose-file" type="button" @click=${this.#handleChoose}>${t('import.choose')}</button>
          <input type="file" hidden accept=".csv,text/csv" aria-label=${t('import.choose')} @change=${this.#handleFile} />
        </div>
        ${renderLinesField({
          name: 'csv',
          label: t('import.csv'),
          hint: t('import.csv-hint'),
          value: this.#values.csv,
          error: this.#problem && t(this.#problem),
          onInput: this.#handleInput,
        })}
        <p part="error" role="alert" tabindex="-1" ?hidden=${!failure}>${failure}</p>
        <div part="actions"><button part="button try" type="submit" aria-disabled=${pending}>${t(pending ? 'import.working' : 'import.try')}</button></div>
      </form>
      <div role="status" class="stack">${this.#renderReport()}</div>
    </div>`;
  }

  #renderReport(): unknown {
    if (!this.#report) return nothing;
    const { t } = this.#host;
    const { report, isDone } = this.#report;
    const { created, updated, refused, companies } = report;
    const unchanged = report.lines.length - created - updated - refused;
    const tense = isDone ? 'done' : 'dry';
    const writes = created + updated;
    return html`<div part="report" class="stack" tabindex="-1">
      <p><strong>${t(`import.${tense}`)}</strong></p>
      <ul role="list">
        <li>${t('import.created', { count: created })}</li>
        <li>${t('import.updated', { count: updated })}</li>
        <li>${t('import.unchanged', { count: unchanged })}</li>
        <li>${t('import.refused', { count: refused })}</li>
        ${companies.length ? html`<li>${t('import.companies', { companies: companies.join(', ') })}</li>` : nothing}
      </ul>
      ${
        isDone
          ? nothing
          : writes
            ? html`<button part="button button-primary next" type="button" aria-disabled=${this.#command.pending} @click=${this.#handleImport}>${t('import.now', { count: writes })}</button>`
            : html`<p part="notice">${t('import.nothing')}</p>`
      }
      ${this.#renderLines(report.lines)}
    </div>`;
  }

  #renderLines(lines: readonly ImportLine[]): unknown {
    const { t } = this.#host;
    const isRefused = ({ outcome }: ImportLine) => outcome === 'refused';
    const sorted = [...lines.filter(isRefused), ...lines.filter((line) => !isRefused(line))];
    return html`<ul part="rows" role="list">${sorted.slice(0, shown).map(
      (
        line,
      ) => html`<li part="row"><p><span class="meta">${t('import.line', { line: line.line })}</span> <bdi>${line.email}</bdi>
        <span part=${isRefused(line) ? 'error' : 'status'}>${this.#outcomeOf(line)}</span></p></li>`,
    )}</ul>
    ${sorted.length > shown ? html`<p class="meta">${t('import.more-lines', { count: sorted.length - shown })}</p>` : nothing}`;
  }

  #outcomeOf({ outcome, code = 'malformed' }: ImportLine): string {
    const { t } = this.#host;
    return outcome === 'refused' ? t(`import.refused-${code}`) : t(`import.line-${outcome}`);
  }

  async #send(dryRun: boolean): Promise<void> {
    if (this.#command.pending) return;
    this.#problem = undefined;
    const { csv } = this.#values;
    if (!csv.trim()) return this.#say('import.empty');
    if (new TextEncoder().encode(csv).byteLength > largest) return this.#say('import.too-large');
    let report: ImportReport | undefined;
    await this.#command.run(async () => {
      report = await this.#host.setup.importContacts(csv, dryRun);
    });
    if (report) {
      this.#report = { report, isDone: !dryRun };
      if (!dryRun) this.#kept.forget();
      this.#host.requestUpdate();
      this.#host.focusOn('[part~=report]');
      return;
    }
    const refused = this.#command.error?.fields?.find(({ path }) => path === 'csv');
    if (refused) return this.#say(refusals[refused.code] ?? 'import.malformed');
    this.#host.focusOn('form > [part=error]');
  }

  #say(problem: SetupKey): void {
    this.#problem = problem;
    this.#report = undefined;
    this.#host.requestUpdate();
    this.#host.focusOn('#csv');
  }

  readonly #handleInput = (csv: string): void => {
    this.#values.csv = csv;
    this.#problem = undefined;
    // What was told is not of this text.
    this.#report = undefined;
    this.#kept.write(this.#values);
    this.#host.requestUpdate();
  };

  readonly #handleChoose = (): void => {
    this.#host.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #handleFile = async ({ target }: Event): Promise<void> => {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file, changed meanwhile, can be chosen again.
    if (!file) return;
    if (file.size > largest) return this.#say('import.too-large');
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      input.value = '';
      this.#handleInput(text);
    } catch {
      this.#say('import.not-utf-8');
    }
  };

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    await this.#send(true);
  };

  readonly #handleImport = (): Promise<void> => this.#send(false);
}
