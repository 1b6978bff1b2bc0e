import { find } from './dom.js';
import { retellAskers, watchAskers } from './embed/askers.js';
import { retellConfigurator, startConfigurator } from './embed/configurator.js';
import { startCopying } from './copy.js';
import { retellTryOn, startTryOn } from './embed/try-on.js';
import { startPage } from './page.js';

/** What to paste into a page of one's own, the pages that asked for it without leave, and a first look at it in any page. */

startConfigurator();
startTryOn();
startCopying();
startPage((language) => {
  document.title = find<HTMLElement>('title').dataset[language] ?? document.title;
  retellConfigurator();
  retellAskers();
  retellTryOn();
});
watchAskers();
