import { adoptStyles, css, noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

import type { HtmlMessage } from '../../content/html-message.js';
import type { Attachment } from '../../model/index.js';
import { accentText, bold, line, muted, small, space } from '../../styles/tokens.js';

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

const sheet = css`
  :host {
    display: block;
    contain: content;
    overflow-wrap: anywhere;
  }

  * {
    box-sizing: border-box;
  }

  div > :first-child {
    margin-block-start: 0;
  }

  div > :last-child {
    margin-block-end: 0;
  }

  a {
    color: var(--portal-color-link, ${accentText});
    text-underline-offset: 0.2em;
  }

  b,
  strong,
  th {
    font-weight: ${bold};
  }

  img {
    max-inline-size: 100%;
    block-size: auto;
    vertical-align: middle;
  }

  img:not([src]) {
    display: inline-block;
    outline: 1px dashed ${line};
    outline-offset: -1px;
    overflow: hidden;
    color: ${muted};
    font-size: ${small};
  }

  table {
    max-inline-size: 100%;
    border-collapse: collapse;
  }

  table:has(th) :is(th, td) {
    padding: 4px 10px;
    border: 1px solid ${line};
    text-align: start;
    vertical-align: top;
  }

  pre {
    white-space: pre-wrap;
  }

  hr {
    border: 0;
    border-block-start: 1px solid ${line};
  }

  small {
    color: ${muted};
  }

  a small {
    color: inherit;
  }

  summary {
    inline-size: fit-content;
    padding-block: 10px;
    color: ${muted};
    font-size: ${small};
    cursor: pointer;
  }

  summary:focus-visible {
    outline: 2px solid;
  }

  blockquote {
    margin-inline: 0;
    padding-inline-start: ${space};
    border-inline-start: 2px solid ${line};
    color: ${muted};
  }
`;

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
    adoptStyles(root as ShadowRoot, [sheet]);
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
