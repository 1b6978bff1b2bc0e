import { ActionsSection } from './actions-section.js';
import { ConsentSection } from './consent-section.js';
import { FormSection } from './form-section.js';
import { PropertiesSection } from './properties-section.js';
import { BrandSection } from './brand-section.js';
import { SessionsSection } from './sessions-section.js';
import { WordsSection } from './words-section.js';

/** What is set of a portal beside its four steps, each on a page of its own, in the order of the links. */
export const sections = {
  properties: PropertiesSection,
  form: FormSection,
  actions: ActionsSection,
  words: WordsSection,
  brand: BrandSection,
  sessions: SessionsSection,
  consent: ConsentSection,
} as const;

export type SectionName = keyof typeof sections;

export const sectionNames = Object.keys(sections) as SectionName[];

export const isSectionName = (text: string | undefined): text is SectionName =>
  sectionNames.includes(text as SectionName);
