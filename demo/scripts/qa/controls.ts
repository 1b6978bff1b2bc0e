import { find, make } from '../dom.js';
import { controls, type Control, optionLabel, shownValue } from './control-table.js';
import { parameters, type QaKey, type QaState } from './state.js';
import { say } from './words.js';

/** One or several controls were changed. */
export type Change = (patch: Partial<QaState>) => void;

export interface Controls {
  /** Shows what the state says, in the page's language. */
  show(state: QaState): void;
  /** Whether this page came from a demo server, which a portal could run on. */
  offerServer(there: boolean): void;
}

/** The fields for whatever the page can be set to, in the three groups of the page. */
export function createControls(form: HTMLElement, change: Change): Controls {
  const fields = controls.map((control) => createField(control, change));
  for (const { control, label } of fields) {
    const group = find(`[data-group="${control.group}"]`, form);
    // What is no field of the table comes last.
    group.insertBefore(label, group.querySelector(':scope > :is(button, details)'));
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  let hasServer = false;

  function show(state: QaState): void {
    for (const { control, label, field } of fields) {
      find('.name', label).textContent = say(control.key);
      if (field instanceof HTMLSelectElement) fillSelect(field, control, state);
      else if (control.kind === 'check') field.checked = state[control.key] === true;
      else field.value = toLocal(shownValue(state, control));
      label.toggleAttribute('data-changed', state[control.key] !== parameters[control.key].initial);
    }
    const here = form.querySelector<HTMLOptionElement>('option[value="here"]');
    if (!here) return;
    here.disabled = !hasServer;
    if (!hasServer) here.textContent = `${say('server.here')} (${say('noServer')})`;
  }

  return {
    show,
    offerServer(there) {
      hasServer = there;
    },
  };
}

function createField(control: Control, change: Change) {
  const { key, kind } = control;
  const name = make('span', { class: 'name' });
  if (kind === 'select') {
    const field = make('select', { name: key });
    field.addEventListener('change', () => change(parsed(key, field.value)));
    return { control, field, label: make('label', {}, name, field) };
  }
  const field = make('input', { name: key, type: kind === 'check' ? 'checkbox' : 'datetime-local' });
  field.addEventListener('change', () =>
    change(kind === 'check' ? { [key]: field.checked } : parsed(key, field.value)),
  );
  return { control, field, label: make('label', kind === 'check' ? { class: 'check' } : {}, name, field) };
}

/** What the address would say, as the state has it. */
function parsed(key: QaKey, text: string): Partial<QaState> {
  const { initial, parse } = parameters[key];
  return { [key]: parse(text) ?? initial };
}

/** A value that the list lacks, from an address, is put in as well. */
function fillSelect(field: HTMLSelectElement, control: Control, state: QaState): void {
  const value = shownValue(state, control);
  const known = (control.options ?? []).map(String);
  const options = known.includes(value) ? known : [...known, value];
  field.replaceChildren(...options.map((option) => make('option', { value: option }, optionLabel(control, option))));
  field.value = value;
}

/** The field speaks local time. */
function toLocal(moment: string): string {
  if (moment === '') return '';
  const time = new Date(moment);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
