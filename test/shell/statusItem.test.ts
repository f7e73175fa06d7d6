import assert from 'node:assert/strict';
import { createStatusItem, type StatusItemSource } from '../../src/shell/format/statusItem';

describe('item in the status bar', () => {
  const nothing: StatusItemSource = {
    wait: undefined,
    following: '',
    filter: '',
    account: undefined,
    isViewVisible: false,
  };
  const wait = { cause: 'rateLimit', until: new Date(2026, 10, 23, 14, 5, 10).getTime() } as const;

  it('is missing if there is nothing to show', () => {
    assert.equal(createStatusItem(nothing), undefined);
    assert.equal(createStatusItem({ ...nothing, filter: 'test', account: 'Brand', isViewVisible: true }), undefined);
  });

  it('stops waiting for the rate limit', () => {
    const item = createStatusItem({ ...nothing, wait, following: 'Following test conversations', isViewVisible: true });
    assert.deepEqual(item, {
      text: 'AIployees · Resuming at 14:05:10 · Following',
      tooltip: 'Rate limit reached, resuming at 14:05:10. Click to stop waiting.\nFollowing test conversations',
      command: 'aiployees.cancelWait',
    });
  });

  it('shows the view if it is hidden with a filter, or for one of several accounts', () => {
    const item = createStatusItem({ ...nothing, filter: 'test · $(trash)', account: '$(sync~spin) Brand' });
    assert.deepEqual(item, {
      text: 'AIployees · Filtered · \\$(sync~spin) Brand',
      tooltip: 'Showing test · $(trash)\nAccount: $(sync~spin) Brand',
      command: 'aiployees.conversations.focus',
    });
  });
});
