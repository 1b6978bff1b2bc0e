import { html, nothing } from 'lit';

import type { MessageKey } from '../../i18n/translate.js';
import type { TicketDetail } from '../../model/index.js';
import type { Translate } from '../templates.js';

export interface ReplyView {
  readonly t: Translate;
  readonly ticket: TicketDetail;
  readonly text: string;
  readonly pending: boolean;
  /** What keeps the reply from being sent, in words. */
  readonly problem: string | undefined;
  readonly input: (text: string) => void;
  readonly send: () => void;
}

/** Whoever writes should know beforehand who reads it, and what it changes. */
function hintKey({ status, why }: TicketDetail): MessageKey {
  if (status.category === 'closed') return 'reply.hint-closed';
  return why.relation === 'company' ? 'reply.hint-company' : 'reply.hint';
}

export function renderReply({ t, ticket, text, pending, problem, input, send }: ReplyView) {
  const handleSubmit = (event: Event) => {
    event.preventDefault();
    send();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) handleSubmit(event);
  };
  return html`<form part="form" class="stack" novalidate @submit=${handleSubmit}>
    <div part="field">
      <label part="label" for="reply">${t('reply.label')}</label>
      <p class="meta" part="hint" id="hint">${t(hintKey(ticket))}</p>
      <textarea part="input" id="reply" dir="auto" .value=${text} ?readonly=${pending}
        aria-describedby="hint problem" aria-invalid=${problem !== undefined}
        @input=${(event: InputEvent) => input((event.target as HTMLTextAreaElement).value)} @keydown=${handleKey}></textarea>
    </div>
    <p part="error" id="problem" role="alert" ?hidden=${!problem}>${problem ?? nothing}</p>
    <div class="bar">
      <button part="button button-primary submit" type="submit" aria-disabled=${pending}>
        ${t(pending ? 'reply.sending' : problem ? 'retry' : 'reply.send')}
      </button>
      <span class="meta" part="keys">${t('reply.keys')}</span>
    </div>
  </form>`;
}
