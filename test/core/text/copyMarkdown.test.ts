import assert from 'node:assert/strict';
import {
  formatConversationMarkdown,
  type MarkdownConversation,
  type MarkdownLabels,
} from '../../../src/core/text/copyMarkdown';

const labels: MarkdownLabels = {
  variables: 'Variables',
  transcript: 'Transcript',
  noTurns: 'No messages.',
  arguments: 'Arguments',
  result: 'Result',
  role: (role) => (role === 'user' ? 'User' : role === 'assistant' ? 'Assistant' : role),
  call: (name) => `Called ${name}`,
};
const empty: MarkdownConversation = { title: 'Ines', facts: [], variables: undefined, turns: [] };

describe('formatConversationMarkdown', () => {
  it("leaves out a transcript that wasn't loaded and doesn't quote blank messages", () => {
    assert.equal(formatConversationMarkdown({ ...empty, turns: undefined }, labels), '# Ines');
    const blank = { role: 'user', content: ' \n', functionCalls: [] };
    assert.equal(
      formatConversationMarkdown({ ...empty, turns: [blank] }, labels),
      '# Ines\n\n## Transcript\n\n### 1. User',
    );
  });

  it('contains facts, variables, messages, and tool calls in order', () => {
    const markdown = formatConversationMarkdown(
      {
        title: 'Ines M.',
        facts: [
          { name: 'ID', value: '7c9e6679', code: true },
          { name: 'Assistant', value: 'Clinic *Desk*' },
        ],
        variables: { patient_name: 'Ines' },
        turns: [
          { role: 'user', content: 'Friday?\n# now', functionCalls: [] },
          {
            role: 'assistant',
            content: '',
            functionCalls: [{ name: 'find_slots', arguments: { day: 'Fri' }, result: undefined }],
          },
          {
            role: 'system',
            content: 'done',
            functionCalls: [
              { name: 'a`b', arguments: [], result: '```\n# out' },
              { name: '', arguments: undefined, result: null },
            ],
          },
        ],
      },
      labels,
    );
    assert.equal(
      markdown,
      [
        '# Ines M.',
        '- **ID:** `7c9e6679`\n- **Assistant:** Clinic \\*Desk\\*',
        '## Variables',
        '```json\n{\n  "patient_name": "Ines"\n}\n```',
        '## Transcript',
        '### 1. User',
        '> Friday?\n> \\# now',
        '### 2. Assistant',
        'Called `find_slots`',
        'Arguments:',
        '```json\n{\n  "day": "Fri"\n}\n```',
        '### 3. system',
        '> done',
        'Called ``a`b``',
        'Arguments:',
        '```json\n[]\n```',
        'Result:',
        '````json\n"```\\n# out"\n````',
        'Called ',
        'Result:',
        '```json\nnull\n```',
      ].join('\n\n'),
    );
  });

  it('shows that there are no messages', () =>
    assert.equal(formatConversationMarkdown(empty, labels), '# Ines\n\n## Transcript\n\nNo messages.'));

  it('contains only its own headings, whatever untrusted text contains', () => {
    const hostile = '# x\n\n## y\nz\n===\n```\n</details>\n# in code';
    const markdown = formatConversationMarkdown(
      {
        title: hostile,
        facts: [{ name: 'Customer', value: hostile }],
        variables: { [hostile]: hostile },
        turns: [
          { role: hostile, content: hostile, functionCalls: [{ name: hostile, arguments: hostile, result: hostile }] },
        ],
      },
      labels,
    );
    const headings = linesOutsideCode(markdown).filter((line) => /^ {0,3}#{1,6}\s/.test(line));
    assert.deepEqual(
      headings.map((line) => line.split(' ')[0]),
      ['#', '##', '##', '###'],
    );
    assert.ok(linesOutsideCode(markdown).every((line) => !/^ {0,3}(=+|-+)\s*$/.test(line)));
  });
});

/** Returns the lines outside fenced code blocks, parsed like Markdown. */
function linesOutsideCode(markdown: string): string[] {
  let fence = '';
  return markdown.split('\n').filter((line) => {
    const ticks = /^(`{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && ticks !== '') fence = ticks;
    else if (fence !== '' && ticks.length >= fence.length && line === ticks) fence = '';
    else return fence === '';
    return false;
  });
}
