/** Bytes of a name: what file systems take. */
const longest = 255;

/** Order of writing turned about, and other letters that show nothing: `gpj.exe` would be read as `exe.jpg`. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

/** Devices of Windows, whatever ending they have: who opens a file of that name opens the device. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file's name as its sender means it, on one line and without the path that some systems send along. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const line = last.replace(unseen, '').trim();
  return shorten(line.replace(/^[a-z]:(?=.)/i, '').replace(device, '_$1')) || 'file';
}

/** Cut before its ending, which says what it is. */
function shorten(name: string): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  if (bytes(name) <= longest) return name;
  const [ending = ''] = /\.[^.]{1,16}$/u.exec(name) ?? [];
  const letters = [...name.slice(0, name.length - ending.length)];
  let size = bytes(ending);
  const kept = letters.filter((letter) => (size += bytes(letter)) <= longest);
  return kept.join('') + ending;
}
