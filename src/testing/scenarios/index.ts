export { dress, markupOf } from './dress.js';
export { type BackendOfWorld, type OpenScenario, openScenario } from './open-scenario.js';
export { play } from './play.js';
export { type Scenario, type ScenarioFault, type ScenarioTag, type Step, scenarioTags } from './scenario.js';
export { scenarioOf, scenarios } from './table.js';
export { type WorldName, worldOf } from './worlds.js';
