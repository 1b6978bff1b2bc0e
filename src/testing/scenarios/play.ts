import type { CustomerPortalElement } from '../../elements/customer-portal/customer-portal-element.js';
import { composed } from './composed.js';
import type { OpenScenario } from './open-scenario.js';
import type { Scenario, Step } from './scenario.js';

/** Milliseconds that a step may take to become possible. */
const patience = 10_000;

const find = (host: HTMLElement, selector: string): HTMLElement | undefined =>
  [...composed(host.shadowRoot ?? host)].find(
    (element) => element.matches(selector) && element.checkVisibility({ visibilityProperty: true }),
  );

const selectorOf = (field: string): string => `:is(input,textarea):is([name="${field}"],[id="${field}"])`;

/** @throws Error that names what never came */
async function until<T>(look: () => T | undefined | false, what: string, signal?: AbortSignal): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    signal?.throwIfAborted();
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`${what} never came`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A picture of one point, which is shown as it is. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function fileOf(name: string, bytes = 48_000): File {
  const isPicture = name.endsWith('.png');
  const start = isPicture ? Uint8Array.from(atob(pixel), (letter) => letter.charCodeAt(0)) : new Uint8Array();
  const rest = new Uint8Array(Math.max(0, bytes - start.length)).fill(32);
  return new File([start, rest], name, { type: isPicture ? 'image/png' : 'text/plain' });
}

/** Chooses it where the button for files would have the browser ask. */
function attach(host: HTMLElement, file: File): void {
  const input = [...composed(host.shadowRoot ?? host)].find((element) => element.matches('input[type=file]'));
  const chosen = new DataTransfer();
  chosen.items.add(file);
  (input as HTMLInputElement).files = chosen.files;
  input?.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * Brings an element that is on the page into the state of its scenario: its steps one after the other, then the state.
 *
 * @param host the element, with the scenario's attributes and backend
 * @throws Error that names the step or the state that never came
 */
export async function play(
  host: HTMLElement,
  { id, state, place, steps = [] }: Scenario,
  stage: OpenScenario,
  signal?: AbortSignal,
): Promise<void> {
  if (place) (host as CustomerPortalElement).show(place);
  for (const step of steps) await take(step);
  await until(() => host.matches(`:state(${state})`), `${id}: the state “${state}”`, signal);

  async function take(step: Step): Promise<void> {
    if ('fault' in step) return stage.fault(step.fault);
    if ('comeBack' in step) return void dispatchEvent(new Event('focus'));
    if ('see' in step)
      return void (await until(() => find(host, `[part~="${step.see}"]`), `${id}: ${step.see}`, signal));
    if ('press' in step) {
      const ready = `[part~="${step.press}"]:not([aria-disabled=true])`;
      return (await until(() => find(host, ready), `${id}: ${step.press}`, signal)).click();
    }
    if ('choose' in step) {
      const select = `select[name="${step.choose}"]`;
      const choice = await until(() => find(host, select), `${id}: the choice ${step.choose}`, signal);
      (choice as HTMLSelectElement).value = step.value;
      return void choice.dispatchEvent(new Event('change', { bubbles: true }));
    }
    if ('attach' in step) {
      const button = '[part~=add-files]:not([aria-disabled=true]), [part~=choose-logo]';
      await until(() => find(host, button), `${id}: add-files`, signal);
      return attach(host, fileOf(step.attach, step.bytes));
    }
    if ('emptied' in step) {
      const isEmptied = () => {
        const field = find(host, selectorOf(step.emptied)) as HTMLTextAreaElement | undefined;
        return field?.value === '' && !field.readOnly;
      };
      return void (await until(isEmptied, `${id}: the empty field ${step.emptied}`, signal));
    }
    const field = await until(() => find(host, selectorOf(step.fill)), `${id}: the field ${step.fill}`, signal);
    (field as HTMLInputElement).value = step.with.repeat(step.times ?? 1);
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }
}
