import { html, nothing } from 'lit';

import type { PortalClient } from '../../controllers/portal-client.js';
import type { MessageKey } from '../../i18n/translate.js';
import type { TicketDetail } from '../../model/index.js';
import type { FilesPart } from '../files/files-part.js';
import type { Translate } from '../templates.js';
import type { Answer, Move } from './answer.js';

export interface ReplyView {
  readonly t: Translate;
  readonly ticket: TicketDetail;
  readonly answer: Answer;
  readonly files: FilesPart;
  readonly client: PortalClient;
  readonly canReply: boolean;
  /** What else may be done with the ticket. */
  readonly move: Move | undefined;
  /** Called with what should follow the reply. */
  readonly send: (then?: Move) => void;
}

/** Whoever writes should know beforehand who reads it, and what it changes. */
function hintKey({ status, why }: TicketDetail): MessageKey {
  if (status.category === 'closed') return 'reply.hint-closed';
  return why.relation === 'company' ? 'reply.hint-company' : 'reply.hint';
}

function sendKey({ pending, doing, failed }: Answer, { waiting }: FilesPart): MessageKey {
  if (waiting) return 'files.waiting';
  if (doing !== 'reply') return 'reply.send';
  return pending ? 'reply.sending' : failed ? 'retry' : 'reply.send';
}

/** The reply box, and what else may be done with the ticket. */
export function renderReply(view: ReplyView) {
  const { t, ticket, answer, files, client, canReply, send } = view;
  const { problem, ready } = answer;
  const pending = answer.pending || files.waiting;
  const handleSubmit = (event: Event) => {
    event.preventDefault();
    send();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) handleSubmit(event);
  };
  return html`<form part="form" class="stack" novalidate @submit=${handleSubmit}>
    ${
      canReply
        ? html`<div part="field">
            <label part="label" for="reply">${t('reply.label')}</label>
            <p class="meta" part="hint" id="hint">${t(hintKey(ticket))}</p>
            <textarea part="input" id="reply" dir="auto" .value=${answer.sending === undefined ? answer.text : ''} ?readonly=${pending || !ready}
              aria-describedby="hint problem" aria-invalid=${problem !== undefined}
              @input=${(event: InputEvent) => (answer.text = (event.target as HTMLTextAreaElement).value)} @keydown=${handleKey}></textarea>
            ${files.render(client, answer.pending)}
          </div>`
        : nothing
    }
    <p part="error" id="problem" role="alert" ?hidden=${!problem}>${problem ?? nothing}</p>
    <div class="bar">
      ${
        canReply
          ? html`<button part="button button-primary submit" type="submit" aria-disabled=${pending}>${t(sendKey(answer, files))}</button>
              <span class="meta" part="keys">${t('reply.keys')}</span>`
          : nothing
      }
      ${renderMove(view)}
    </div>
  </form>`;
}

/** Closes the ticket or opens it again; what is written in the box goes along. */
function renderMove({ t, answer, files, canReply, move, send }: ReplyView) {
  if (!move) return nothing;
  const hasText = canReply && answer.text.trim() !== '';
  // A reply opens a closed ticket by itself.
  if (hasText && move === 'reopen') return nothing;
  const act = () => (hasText ? send(move) : void answer.move(move));
  return html`<button part="button move" type="button" aria-disabled=${answer.pending || files.waiting} @click=${act}>
    ${t(hasText ? 'reply.send-close' : move === 'close' ? 'detail.close' : 'detail.reopen')}
  </button>`;
}
