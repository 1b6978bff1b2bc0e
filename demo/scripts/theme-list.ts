/** A look of one's own for the elements: a style sheet that sets their tokens and parts. */
export interface Theme {
  /** In the address. */
  readonly name: string;
  /** What people call it; names of themes are not translated. */
  readonly label: string;
  /** Beside the loader of the demo's portal. */
  readonly href: string;
}

/** The themes that come along. */
export const themes: readonly Theme[] = ['Neutral', 'Dense', 'High contrast', 'Harbour', 'Gazette'].map((label) => {
  const name = label.toLowerCase().replace(' ', '-');
  return { name, label, href: `/help/themes/${name}.css` };
});

export const themeOf = (name: string): Theme | undefined => themes.find((theme) => theme.name === name);
