import { adoptStyles, noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

import type { HtmlMessage } from '../../content/html-message.js';
import type { Attachment } from '../../model/index.js';
import { htmlBodyStyles } from './html-body.styles.js';

export interface HtmlBodyView {
  readonly body: HtmlMessage;
  /** The reader wants to see images of the web. */
  readonly images: boolean;
  /** What the folded history is called. */
  readonly quoted: string;
  readonly attachments: readonly Attachment[];
  /** The bytes of a file of the message; absent where the backend has no files to give. */
  readonly load: ((file: Attachment) => Promise<Blob | undefined>) | undefined;
}

/** Types that are shown, whatever the message says of them: pictures made of points, which run nothing. */
const raster = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/** Puts HTML into a shadow root of its own: neither its names nor its looks meet those around it. */
class HtmlBody extends Directive {
  #body: HtmlMessage | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('htmlBody belongs on an element');
  }

  override render(_view: HtmlBodyView): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [view]: [HtmlBodyView]): unknown {
    if (view.body !== this.#body) this.#show(element, view);
    this.#body = view.body;
    const summary = view.body.quote?.querySelector('summary');
    if (summary) summary.textContent = view.quoted;
    if (view.images) for (const { image, url } of view.body.remote) if (!image.src) image.src = url;
    return noChange;
  }

  #show(element: Element, { body, attachments, load }: HtmlBodyView): void {
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    adoptStyles(root as ShadowRoot, [htmlBodyStyles]);
    const text = document.createElement('div');
    text.dir = 'auto';
    text.append(...body.nodes);
    if (!body.quote?.querySelector('summary')) body.quote?.prepend(document.createElement('summary'));
    root.replaceChildren(text);
    for (const { image, contentId } of body.inline) {
      const file = attachments.find((one) => one.contentId === contentId);
      if (file && !image.src && load && raster.test(file.type))
        void load(file).then((bytes) => showBytes(image, bytes));
    }
  }
}

function showBytes(image: HTMLImageElement, bytes: Blob | undefined): void {
  if (!bytes || !raster.test(bytes.type)) return;
  const url = URL.createObjectURL(bytes);
  const revoke = () => URL.revokeObjectURL(url);
  image.addEventListener('load', revoke, { once: true });
  image.addEventListener('error', revoke, { once: true });
  image.loading = 'eager';
  image.src = url;
}

export const htmlBody = directive(HtmlBody);
