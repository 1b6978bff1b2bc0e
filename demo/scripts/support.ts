import { startPage } from './page.js';
import { addNote, getTicket, listMessages, listTickets, reply, setStatus } from './staff-client.js';
import type { StaffMessage, StaffTicket, StaffTicketDetail } from './staff-client.js';

/** The support desk of the demo: a list, a thread, and three things to do with a ticket. */

const find = <T extends Element>(selector: string, root: ParentNode = document): T => {
  const element = root.querySelector<T>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
};

const copyOf = (template: string): DocumentFragment =>
  find<HTMLTemplateElement>(`template#${template}`).content.cloneNode(true) as DocumentFragment;

const filters = find<HTMLFormElement>('[data-filters]');
const rows = find<HTMLUListElement>('[data-rows]');
const count = find('[data-count]');
const more = find<HTMLButtonElement>('[data-more]');
const desk = find<HTMLElement>('[data-desk]');
const pane = find<HTMLElement>('[data-ticket]');
const nothing = find('[data-nothing]');
const problem = find('[data-problem]');

const time = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

let nextCursor: string | null = null;
/** Counts the lists and tickets that were asked for: an answer that comes too late is dropped. */
let lists = 0;
let tickets = 0;

const openTicket = (): string | null => new URL(location.href).searchParams.get('ticket');

const addressOf = (id: string | null): string => {
  const address = new URL(location.href);
  if (id) address.searchParams.set('ticket', id);
  else address.searchParams.delete('ticket');
  return address.href;
};

/** Runs a piece of work; a failure becomes one calm sentence, and whatever was typed stays where it is. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    problem.textContent = '';
  } catch {
    problem.textContent = 'The desk did not answer. Nothing that you typed is lost: please try again.';
  }
}

function renderRow(ticket: StaffTicket): DocumentFragment {
  const row = copyOf('row');
  const link = find<HTMLAnchorElement>('a', row);
  link.href = addressOf(ticket.id);
  link.dataset['id'] = ticket.id;
  find('.subject', row).textContent = ticket.subject;
  const who = [ticket.requester.name, ticket.company?.name].filter(Boolean).join(', ');
  find('.meta', row).textContent = `#${ticket.number} · ${who} · ${ticket.status.label}`;
  return row;
}

function markOpenRow(): void {
  for (const link of rows.querySelectorAll('a')) {
    if (link.dataset['id'] === openTicket()) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

async function loadList(cursor: string | null = null): Promise<void> {
  lists += 1;
  const asked = lists;
  const form = new FormData(filters);
  const query = { q: String(form.get('q') ?? '').trim(), state: String(form.get('state') ?? 'all'), cursor };
  const page = await listTickets(query);
  if (asked !== lists) return;
  if (!cursor) rows.replaceChildren();
  rows.append(...page.items.map(renderRow));
  nextCursor = page.nextCursor;
  more.hidden = !nextCursor;
  count.textContent = rows.childElementCount ? '' : 'No ticket matches.';
  markOpenRow();
}

function renderFacts(list: HTMLElement, ticket: StaffTicketDetail): void {
  const facts: [string, string][] = [
    ['Number', `#${ticket.number}`],
    ['Status', ticket.status.label],
    ...ticket.parties.map(({ role, name, email }): [string, string] => [role, `${name} (${email})`]),
  ];
  if (ticket.company) facts.push(['Company', ticket.company.name]);
  for (const [name, value] of Object.entries(ticket.properties)) facts.push([name, value]);
  const named = ({ number, subject }: { readonly number: number; readonly subject: string }) => `#${number} ${subject}`;
  if (ticket.followUpOf) facts.push(['Follow-up of', named(ticket.followUpOf)]);
  for (const one of ticket.followUps) facts.push(['Goes on in', named(one)]);
  for (const { contact, rating, comment } of ticket.ratings) {
    facts.push([`Rated by ${contact.name}`, `${rating} of 5${comment ? `: ${comment}` : ''}`]);
  }
  for (const [name, value] of facts) {
    const term = document.createElement('dt');
    const description = document.createElement('dd');
    const fact = document.createElement('div');
    term.textContent = name;
    description.textContent = value;
    fact.append(term, description);
    list.append(fact);
  }
}

function renderMessage(message: StaffMessage): DocumentFragment {
  const copy = copyOf('message');
  const item = find('li', copy);
  item.classList.add(message.kind === 'status' ? 'change' : message.author.side);
  item.classList.toggle('internal', message.internal);
  find('strong', copy).textContent = message.author.name;
  find<HTMLElement>('.badge', copy).hidden = !message.internal;
  const when = find<HTMLTimeElement>('time', copy);
  when.dateTime = message.createdAt;
  when.textContent = time.format(new Date(message.createdAt));
  find('.text', copy).textContent = message.status ? `${message.status.from} → ${message.status.to}` : message.text;
  const files = find<HTMLElement>('.files', copy);
  files.hidden = message.attachments.length === 0;
  for (const { name } of message.attachments) {
    const file = document.createElement('li');
    file.textContent = name;
    files.append(file);
  }
  return copy;
}

function startAnswer(form: HTMLFormElement, id: string): void {
  const button = find<HTMLButtonElement>('button', form);
  const body = find<HTMLTextAreaElement>('textarea', form);
  const audience = find('[data-audience]', form);
  const isNote = (): boolean => new FormData(form).get('kind') === 'note';
  const name = (): void => {
    form.classList.toggle('internal', isNote());
    button.textContent = isNote() ? 'Add note' : 'Send reply';
    audience.textContent = isNote() ? 'Only colleagues can read it.' : 'The customer is going to read it.';
  };
  name();
  form.addEventListener('change', name);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = body.value.trim();
    if (!text || button.disabled) return;
    button.disabled = true;
    void attempt(async () => {
      await (isNote() ? addNote(id, text) : reply(id, text));
      form.reset();
      name();
      await Promise.all([refreshTicket(id), loadList()]);
    }).finally(() => {
      button.disabled = false;
    });
  });
}

function startStatus(form: HTMLFormElement, id: string): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(async () => {
      await setStatus(id, find<HTMLSelectElement>('select', form).value);
      await Promise.all([refreshTicket(id), loadList()]);
    });
  });
}

/** Fills what the server may have changed and leaves the answer that is being typed alone. */
function fillTicket(ticket: StaffTicketDetail, messages: readonly StaffMessage[]): void {
  find('h2', pane).textContent = ticket.subject;
  document.title = `#${ticket.number} ${ticket.subject} · Tarnfield desk`;
  const facts = find<HTMLElement>('.facts', pane);
  facts.replaceChildren();
  renderFacts(facts, ticket);
  find('.thread', pane).replaceChildren(...messages.map(renderMessage));
  const select = find<HTMLSelectElement>('select', pane);
  select.replaceChildren(
    ...ticket.statuses.map(({ id, label }) => new Option(label, id, false, id === ticket.status.id)),
  );
}

async function refreshTicket(id: string): Promise<void> {
  const [ticket, { items }] = await Promise.all([getTicket(id), listMessages(id)]);
  if (openTicket() === id) fillTicket(ticket, items);
}

async function showTicket(): Promise<void> {
  tickets += 1;
  const asked = tickets;
  const id = openTicket();
  desk.classList.toggle('reading', id !== null);
  markOpenRow();
  if (!id) {
    document.title = 'Tarnfield desk';
    pane.replaceChildren(nothing);
    return;
  }
  const [ticket, { items }] = await Promise.all([getTicket(id), listMessages(id)]);
  if (asked !== tickets) return;
  pane.replaceChildren(copyOf('ticket'));
  find<HTMLAnchorElement>('.back', pane).href = addressOf(null);
  startAnswer(find<HTMLFormElement>('.answer', pane), id);
  startStatus(find<HTMLFormElement>('.status', pane), id);
  fillTicket(ticket, items);
}

/** Links to tickets are real ones; a plain click stays on the page. */
function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>('.rows a, a.back');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  void attempt(showTicket).then(() => {
    pane.focus({ preventScroll: true });
    scrollTo(0, 0);
  });
}

startPage(() => {});
desk.addEventListener('click', follow);
addEventListener('popstate', () => void attempt(showTicket));
addEventListener('focus', () => {
  const id = openTicket();
  void attempt(async () => {
    await Promise.all([loadList(), id && pane.querySelector('.thread') ? refreshTicket(id) : undefined]);
  });
});
filters.addEventListener('submit', (event) => event.preventDefault());
filters.addEventListener('input', () => void attempt(() => loadList()));
more.addEventListener('click', () => void attempt(() => loadList(nextCursor)));
void attempt(async () => {
  await Promise.all([loadList(), showTicket()]);
});
