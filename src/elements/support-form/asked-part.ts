import type { DraftController } from '../../controllers/draft-controller.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { LatePart } from '../late-part.js';
import type { Asked } from './asked.js';
import type { SupportFormElement } from './support-form-element.js';

/** What an owner asks beside subject and message. Its code comes with the first portal whose owner does. */
export class AskedPart extends LatePart<Asked> {
  constructor(host: SupportFormElement, draft: DraftController) {
    super(host, async () => {
      const { Asked } = await import('./asked.js');
      return new Asked(host, draft);
    });
  }

  /** It shows all that it will: before that, what is below would move. Asks for the code, where it is needed. */
  isSettled({ portal }: PortalClient): boolean {
    const isNeeded = portal?.forms.some(({ properties }, place) => place || properties?.length);
    if (!isNeeded || this.settled) return true;
    void this.load();
    return false;
  }
}
