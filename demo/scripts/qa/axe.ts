/** A problem that axe knows, as the page's panel and a bug report show it. */
export interface Finding {
  readonly rule: string;
  readonly impact: string;
  /** In English, as axe says it. */
  readonly help: string;
  readonly helpUrl: string;
  /** Selectors from the document inwards, a shadow root deeper with each: one path for each element concerned. */
  readonly targets: readonly (readonly string[])[];
}

/** WCAG 2.2 AA and what axe holds to be good practice: the same as the tests of every scenario. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in this page as it is. It is loaded when first asked: it weighs more than all the rest. */
export async function findProblems(): Promise<Finding[]> {
  const { default: axe } = await import('axe-core');
  const { violations } = await axe.run(document.body, { runOnly: tags, resultTypes: ['violations'] });
  return violations.map(({ id, impact, help, helpUrl, nodes }) => ({
    rule: id,
    impact: impact ?? '',
    help,
    helpUrl,
    targets: nodes.map(({ target }) => target.flat()),
  }));
}
