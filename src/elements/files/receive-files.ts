import type { MessageFiles } from './message-files.js';

/** Takes what is dropped onto a form, and pictures that are pasted into it. */
export function receiveFiles(form: HTMLElement, files: MessageFiles): void {
  const drop = (dropping: boolean) => {
    if (files.dropping === dropping) return;
    files.dropping = dropping;
    files.update();
  };
  form.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Else the browser opens it in place of the page.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    drop(true);
  });
  form.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!form.contains(relatedTarget as Node | null)) drop(false);
  });
  form.addEventListener('drop', (event) => {
    const { dataTransfer } = event;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    drop(false);
    const folders = [...dataTransfer.items]
      .map((item) => item.webkitGetAsEntry())
      .flatMap((entry) => (entry?.isDirectory ? entry.name : []));
    files.add(
      [...dataTransfer.files].filter(({ name }) => !folders.includes(name)),
      folders,
    );
  });
  form.addEventListener('paste', (event) => {
    const { files: pasted, types } = event.clipboardData ?? {};
    // What office programs copy has a picture of the words beside the words.
    if (!pasted?.length || types?.includes('text/plain')) return;
    event.preventDefault();
    files.add(pasted);
  });
}
