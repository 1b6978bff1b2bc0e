import { addEnglish, type MessageArgs, type MessageKey } from '../../i18n/translate.js';
import en from './words/en.json';
import pl from './words/pl.json';

type WithoutPlural<K> = K extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : K;

/** Every key of the words that only owners read, plural suffixes aside, and those that they share with customers. */
export type SetupKey = WithoutPlural<keyof typeof en> | MessageKey;

export type SetupTranslate = (key: SetupKey, args?: MessageArgs) => string;

addEnglish(en);

/** Beside English, which the catalogues of drafts fall back to. */
export const setupWords = { pl };
