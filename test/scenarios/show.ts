import { dress, openScenario, play, type Scenario } from '../../src/testing/scenarios/index.js';
import { cleanups } from '../elements/screen.js';

/** Puts an element somewhere on the page. */
export type Place = (element: HTMLElement) => void | Promise<void>;

/** As on a page of help: below a heading, in the page's main part. */
const onHelpPage: Place = (element) => {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Help';
  main.append(heading, element);
  document.body.append(main);
};

/** Puts an element into the page, in its scenario's state, until the test ends. */
export async function show(scenario: Scenario, place = onHelpPage): Promise<HTMLElement> {
  const stage = await openScenario(scenario);
  cleanups.push(stage.close);
  const element = document.createElement(scenario.element);
  dress(element, scenario);
  Object.assign(element, {
    backend: stage.backend,
    ...(scenario.element === 'customer-portal' && { routing: 'none' }),
  });
  await place(element);
  await play(element, scenario, stage);
  return element;
}
