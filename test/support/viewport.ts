import { executeServerCommand } from '@web/test-runner-commands';

interface Size {
  /** In px. */
  readonly width: number;
  /** In px. */
  readonly height: number;
}

/**
 * Gives the page another size, in every engine; the runner's own command does so in two.
 * @throws Error where the window cannot have that size
 */
export async function setViewport({ width, height }: Size): Promise<void> {
  const now = (await executeServerCommand('viewport', { width, height })) as Size;
  if (now.width !== width || now.height !== height)
    throw new Error(`The page is ${now.width} x ${now.height} px, not ${width} x ${height}`);
}
