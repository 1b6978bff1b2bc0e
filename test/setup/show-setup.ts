import { play, type Scenario } from '../../src/testing/scenarios/index.js';
import { backendOf, type SetupScenario } from '../../src/testing/setup/setup-scenarios.js';
import { cleanups } from '../elements/screen.js';

/** Puts `<portal-setup>` into the page, in its scenario's state, until the test ends. */
export async function showSetup(scenario: SetupScenario): Promise<HTMLElement> {
  sessionStorage.clear();
  await goTo(scenario.place ?? '');
  const main = document.createElement('main');
  const element = document.createElement('portal-setup');
  main.append(element);
  document.body.append(main);
  cleanups.push(() => main.remove());
  element.backend = backendOf(scenario);
  const stage = { backend: '', fault: () => {}, heal: () => {}, close: () => {} };
  const { id, state, steps } = scenario;
  await play(element, { id, state, ...(steps && { steps }) } as Scenario, stage);
  return element;
}

/** WebKit lets nobody replace a state more than a hundred times in ten seconds; the test's end puts the address back. */
async function goTo(place: string): Promise<void> {
  if (location.hash.slice(1) === place) return;
  const there = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
  location.replace(`#${place}`);
  await there;
}
