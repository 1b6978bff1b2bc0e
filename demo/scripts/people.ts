/** The people of the demo world, as the sign-in buttons show them. Their password is published: it opens nothing else. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly hint: Readonly<{ en: string; pl: string }>;
}

export const demoPassword = 'portico-demo-2026';
