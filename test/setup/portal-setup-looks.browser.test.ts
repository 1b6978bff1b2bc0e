import { definePortalSetup } from '../../src/elements/portal-setup/define.js';
import { setupScenarios } from '../../src/testing/setup/setup-scenarios.js';
import { testLooksOf } from '../scenarios/looks.js';
import { showSetup } from './show-setup.js';

testLooksOf('portal-setup', definePortalSetup, setupScenarios, showSetup);
