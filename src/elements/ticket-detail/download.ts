import { CommandController } from '../../controllers/command-controller.js';
import { saveFile } from '../../controllers/files.js';
import type { Attachment } from '../../model/index.js';
import { renderFailure } from '../templates.js';
import type { TicketDetailElement } from './ticket-detail-element.js';

/** Takes files of a thread to the reader's disk, one at a time. */
export class Download {
  /** The file on its way, or the last one that failed. */
  file: Attachment | undefined;
  readonly #host: TicketDetailElement;
  readonly #command: CommandController;

  constructor(host: TicketDetailElement) {
    this.#host = host;
    this.#command = new CommandController(host, host.portal);
  }

  /** What went wrong with `file`, and a button to try again. */
  renderFailure(): unknown {
    const { error } = this.#command;
    const { t } = this.#host.localize;
    return error && renderFailure(t, error, () => this.file && this.start(this.file));
  }

  readonly start = (file: Attachment): void => {
    this.file = file;
    void this.#command.run(async () => {
      const bytes = await this.#host.portal.client?.backend.download?.(file.id);
      if (bytes) saveFile(bytes, file.name);
    });
  };
}
