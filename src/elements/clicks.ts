/** True for a click that follows a link here; with a modifier it opens a tab or a window, which stays the browser's. */
export const isPlainClick = ({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean =>
  !(button || ctrlKey || metaKey || shiftKey || altKey);

/** A listener for a link: a plain click goes our way, any other the browser's. */
export const onPlainClick =
  (go: () => void) =>
  (event: MouseEvent): void => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    go();
  };
