import { CommandController } from '../../../controllers/command-controller.js';
import { DraftController, draftPlace } from '../../../controllers/draft-controller.js';
import type { TicketDetail } from '../../../model/index.js';
import type { TicketDetailElement } from '../ticket-detail-element.js';

/** What a reader fills in beside the thread: of one ticket, and kept until it is stored, also through a reload. */
export abstract class TicketForm {
  protected readonly id: string;
  protected readonly host: TicketDetailElement;
  protected readonly command: CommandController;
  protected readonly draft: DraftController;
  /** What was filled in is stored. */
  protected readonly changed: (ticket: TicketDetail) => void;
  #isLeft = false;

  /**
   * @param id which ticket
   * @param kind under which its draft is kept, beside those of the same ticket
   */
  constructor(host: TicketDetailElement, id: string, kind: string, changed: (ticket: TicketDetail) => void) {
    this.host = host;
    this.id = id;
    this.changed = changed;
    this.command = new CommandController(host, host.portal);
    this.draft = new DraftController(host, () => draftPlace(host.portal.client, `${kind}:${id}`));
    // It comes in the middle of an update.
    this.draft.hostUpdate();
  }

  /** The host shows another ticket. */
  leave(): void {
    this.#isLeft = true;
    this.host.removeController(this.draft);
    this.draft.hostDisconnected();
  }

  protected get t() {
    return this.host.localize.t;
  }

  protected async focus(selector: string): Promise<void> {
    await this.host.updateComplete;
    // Who reads another ticket by now stays there.
    if (!this.#isLeft) this.host.focusOn(selector);
  }
}
