import { find } from '../dom.js';
import { say } from './words.js';

/** Copies a text and says so. Where the browser forbids it, the text is shown, selected, to be copied by hand. */
export async function copyText(what: string, text: string): Promise<void> {
  const said = find('[data-copied]');
  const dialog = find<HTMLDialogElement>('dialog[data-by-hand]');
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = `${say('copied')} ${what}`;
  } catch {
    said.textContent = say('copyFailed');
    const field = find<HTMLTextAreaElement>('textarea', dialog);
    field.value = text;
    dialog.showModal();
    field.select();
  }
}
