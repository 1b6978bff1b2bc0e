import { type MailText, type MailWords, plural } from './words.js';

const minutes = (count: number) => plural('en', count, { one: 'minute', other: 'minutes' });
const days = (count: number) => plural('en', count, { one: 'day', other: 'days' });

const lead = (portal: string, code: string) => `${code} is your code for ${portal}.`;
const how = 'enter this code on the page where it was asked for, or follow the link below in the same browser.';
const valid = (count: number) => `The code is valid for ${minutes(count)} and works once.`;
const nobody =
  'If you did not ask for it, ignore this mail: nobody can sign in without both this mail and the browser in which the code ' +
  'was asked for.';

export const en: MailWords = {
  locale: 'en',
  dir: 'ltr',
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  address: 'If the button does not work, open this address:',
  code: {
    'sign-in': (portal, code, count): MailText => ({
      subject: `Sign in to ${portal}`,
      lead: lead(portal, code),
      before: [`To sign in to ${portal}, ${how}`],
      button: 'Sign in',
      after: [valid(count), nobody],
    }),
    register: (portal, code, count) => ({
      subject: `Confirm your address for ${portal}`,
      lead: lead(portal, code),
      before: [
        `Somebody, probably you, is opening an account at ${portal} with this address.`,
        `To confirm that the address is yours, ${how}`,
      ],
      button: 'Confirm address',
      after: [
        valid(count),
        'If it was not you, ignore this mail: no account is opened without both this mail and the browser in which the code ' +
          'was asked for.',
      ],
    }),
    known: (portal, code, count) => ({
      subject: `You have an account at ${portal}`,
      lead: lead(portal, code),
      before: [
        `Somebody, probably you, has tried to open an account at ${portal} with this address. It has one already, so nothing ` +
          'was changed.',
        `To sign in to it, ${how}`,
      ],
      button: 'Sign in',
      after: [valid(count), nobody],
    }),
    reset: (portal, code, count) => ({
      subject: `Set a new password for ${portal}`,
      lead: lead(portal, code),
      before: [`To set a new password for ${portal}, ${how}`],
      button: 'Set a new password',
      after: [valid(count), 'If you did not ask for it, ignore this mail: your password stays as it is.'],
    }),
  },
  passwordChanged: (portal) => ({
    subject: `Your password for ${portal} was changed`,
    lead: `The password of your account at ${portal} has just been changed.`,
    before: [
      'Everybody who was signed in with it has been signed out. If you changed it yourself, there is nothing to do.',
      'If you did not, set a new one at once.',
    ],
    button: 'Set a new password',
    after: [],
  }),
  invitation: (portal, content) => ({
    subject: `Your invitation to ${portal}`,
    lead: `You are invited to ${portal}.`,
    before: ['There you see your support requests and the answers to them, and send new ones.'],
    button: 'Accept the invitation',
    after: [
      `The invitation is valid for ${days(content.days)}, for this address alone, and works once.`,
      'If you did not expect it, ignore this mail.',
    ],
  }),
};
