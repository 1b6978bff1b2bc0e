import { memoryTarget } from '../../src/testing/memory-target.js';
import { testConformance } from './conformance.js';

testConformance(memoryTarget);
