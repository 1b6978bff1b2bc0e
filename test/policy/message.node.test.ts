import { expect, test } from 'vitest';

import type { MessageRecord } from '../../src/policy/index.js';
import { projectMessage } from '../../src/policy/index.js';

const message: MessageRecord = {
  publicId: 'message',
  kind: 'message',
  internal: false,
  createdAt: new Date('2026-03-01T12:00:00.000Z'),
  author: { publicId: 'agnes', name: 'Agnes', side: 'support' },
  text: 'Have you tried another one?',
  html: '<p>Have you tried another one?</p>',
  status: null,
  attachments: [{ publicId: 'file', name: 'photo.png', type: 'image/png', size: 70, inline: false, contentId: null }],
};

test('a public message shows these fields and no other', () => {
  // As a row may come, with more than anybody asked for.
  const row = { ...message, raw: '<p>', author: { ...message.author, email: 'agnes@example.com' } };
  expect(projectMessage(row)).toEqual({
    id: 'message',
    kind: 'message',
    createdAt: '2026-03-01T12:00:00.000Z',
    author: { id: 'agnes', name: 'Agnes', side: 'support' },
    text: 'Have you tried another one?',
    html: '<p>Have you tried another one?</p>',
    status: null,
    attachments: [{ id: 'file', name: 'photo.png', type: 'image/png', size: 70, inline: false, contentId: null }],
  });
});

test('an internal note shows nothing, whoever asks for it', () => {
  expect(projectMessage({ ...message, internal: true })).toBeNull();
});
