/** Hands bytes to the browser's downloads, under a name. They are never opened in the page. */
export function saveFile(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has the bytes once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url));
}
