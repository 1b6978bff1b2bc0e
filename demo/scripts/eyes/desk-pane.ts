import { pageLanguage } from '../page.js';
import type { StaffMessage, StaffTicket, StaffTicketDetail } from '../staff-client.js';
import { copyOf, find } from '../dom.js';
import type { Desk } from './scene.js';
import { say } from './words.js';

export interface DeskPane {
  /** Brings what is shown up to date and leaves alone what is being typed. Resolves with the number of tickets. */
  refresh(): Promise<number>;
  /** The page speaks another language. */
  rename(): void;
}

/** Support's pane: the queue, or one ticket with an answer or a note to write. `attempt` runs what may fail. */
export function startDeskPane(
  pane: HTMLElement,
  desk: Desk,
  attempt: (work: () => Promise<void>) => Promise<void>,
  onChange: () => void,
): DeskPane {
  const queue = find<HTMLUListElement>('[data-queue]', pane);
  const place = find<HTMLElement>('[data-ticket]', pane);
  let open: string | null = null;

  function show(id: string | null): void {
    const before = open;
    open = id;
    queue.hidden = id !== null;
    place.replaceChildren();
    if (id === null) {
      find<HTMLElement>(`[data-id="${before}"]`, queue).focus();
      return;
    }
    place.append(copyOf('ticket'));
    find('[data-back]', place).addEventListener('click', () => show(null));
    const form = find<HTMLFormElement>('form', place);
    startAnswer(form, id);
    rename();
    // It stands below the thread: shown before it, it would move away from under the pointer.
    form.hidden = true;
    void attempt(async () => {
      await fill(id);
      find<HTMLElement>('h3', place).focus({ preventScroll: true });
      find<HTMLElement>('[data-body]', pane).scrollTop = 0;
    });
  }

  function startAnswer(form: HTMLFormElement, id: string): void {
    const button = find<HTMLButtonElement>('button', form);
    form.addEventListener('change', rename);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const data = new FormData(form);
      const text = String(data.get('body')).trim();
      if (!text || button.disabled) return;
      button.disabled = true;
      void attempt(async () => {
        await (data.get('kind') === 'note' ? desk.addNote(id, text) : desk.reply(id, text));
        form.reset();
        rename();
        onChange();
      }).finally(() => {
        button.disabled = false;
      });
    });
  }

  /** Words of the form depend on whom one writes to. */
  function rename(): void {
    const form = place.querySelector('form');
    if (!form) return;
    const isNote = new FormData(form).get('kind') === 'note';
    form.classList.toggle('internal', isNote);
    find('button', form).textContent = say(isNote ? 'addNote' : 'sendReply');
    find('[data-reply]', form).textContent = say('reply');
    find('[data-note]', form).textContent = say('note');
    find('[data-back]', place).textContent = say('allTickets');
  }

  async function fill(id: string): Promise<void> {
    const [ticket, messages] = await Promise.all([desk.getTicket(id), desk.listMessages(id)]);
    if (open !== id) return;
    find('h3', place).textContent = ticket.subject;
    find('[data-facts]', place).textContent = factsOf(ticket);
    find('.thread', place).replaceChildren(...messages.map(renderMessage));
    find<HTMLElement>('form', place).hidden = false;
  }

  queue.addEventListener('click', ({ target }) => {
    const row = (target as Element).closest<HTMLElement>('[data-id]');
    if (row) show(row.dataset['id'] ?? null);
  });

  return {
    rename,
    async refresh() {
      const [tickets] = await Promise.all([desk.listTickets(), open === null ? undefined : fill(open)]);
      fillQueue(queue, tickets);
      return tickets.length;
    },
  };
}

/** Rows that are there already stay the same elements: nobody loses the focus. */
function fillQueue(queue: HTMLElement, tickets: readonly StaffTicket[]): void {
  const rows = new Map([...queue.children].map((row) => [find<HTMLElement>('[data-id]', row).dataset['id'], row]));
  const focused = document.activeElement;
  queue.replaceChildren(
    ...tickets.map((ticket) => {
      const row = rows.get(ticket.id) ?? find('li', copyOf('row'));
      find<HTMLElement>('button', row).dataset['id'] = ticket.id;
      find('.subject', row).textContent = ticket.subject;
      find('.meta', row).textContent = factsOf(ticket);
      return row;
    }),
  );
  if (focused instanceof HTMLElement && queue.contains(focused)) focused.focus();
}

const factsOf = ({ number, requester, company, status }: StaffTicket | StaffTicketDetail): string =>
  [`#${number}`, requester.name, company?.name, status.label].filter(Boolean).join(' · ');

function renderMessage(message: StaffMessage): Element {
  const item = find('li', copyOf('message'));
  item.classList.add(message.kind === 'status' ? 'change' : message.author.side);
  item.classList.toggle('internal', message.internal);
  find('strong', item).textContent = message.author.name;
  const badge = find<HTMLElement>('.badge', item);
  badge.textContent = say('note');
  badge.hidden = !message.internal;
  const when = find<HTMLTimeElement>('time', item);
  when.dateTime = message.createdAt;
  when.textContent = new Intl.DateTimeFormat(pageLanguage(), {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(message.createdAt));
  find('.text', item).textContent = message.status ? `${message.status.from} → ${message.status.to}` : message.text;
  const files = find<HTMLElement>('.files', item);
  files.hidden = message.attachments.length === 0;
  files.textContent = `${say('attached')}: ${message.attachments.map(({ name }) => name).join(', ')}`;
  return item;
}
