import { l10n } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { isolateDirection } from '../../core/text/directions';
import { shortId, toVisibleLine } from '../../core/text/title';
import { toAge, parseInstant } from '../../core/text/time';
import { entriesOf } from '../../core/util/exactJson';
import type { ConversationHead } from '../../core/view/details';
import type { FactKey } from '../../core/view/facts';
import type { HeadView, TimeView } from '../../protocol/details';
import { parseCost } from '../../core/text/cost';
import { formatSpokenMessageCount } from '../format/counts';
import { formatFact } from '../format/facts';
import { type TimeContext, formatAge, formatExactTime } from '../format/time';

/** The line at the top shows these facts. */
const headLineFacts: ReadonlySet<FactKey> = new Set(['id', 'type', 'assistant', 'deletedAssistant']);
const uncopiedFacts: ReadonlySet<FactKey> = new Set(['messages', 'ai']);

export function createHeadView(head: ConversationHead, clock: TimeContext): HeadView {
  const facts = head.facts.map((fact) => formatFact(fact, clock.zone));
  const textOf = (...keys: readonly FactKey[]): string | undefined => facts.find(({ key }) => keys.includes(key))?.text;
  const find = (wanted: FactKey) => head.facts.find(({ key }) => key === wanted);
  const [created, messages, cost] = [find('created'), find('messages'), find('cost')];
  return {
    title: head.label,
    type: textOf('type'),
    assistant: textOf('assistant', 'deletedAssistant'),
    age: created && createTimeView(created.value, clock),
    messages: messages && formatSpokenMessageCount(Number(messages.value)),
    aiOff: find('ai')?.value === 'false' ? l10n.t('AI off') : undefined,
    cost: cost === undefined || parseCost(cost.value) === 0 ? undefined : textOf('cost'),
    facts: facts
      .filter(({ key }) => !headLineFacts.has(key))
      .map(({ key, label, text, exact }) => ({ key, name: label, text, more: exact, copy: !uncopiedFacts.has(key) })),
    variables: entriesOf(head.variables ?? {}).map(([name, value]) => ({ name, value })),
  };
}

/** Returns the text as sent if it is no time, or in the future, which means that its time zone is wrong. */
function createTimeView(sent: string, { zone, now }: TimeContext): TimeView {
  const instant = parseInstant(sent, zone);
  const text = instant === undefined ? undefined : formatAge(toAge(instant, now));
  return { text: text ?? sent, exact: formatExactTime(sent, zone) };
}

/** "Booking Bot 7c9e6679". Contains no names of people and no messages, because VS Code saves the titles of tabs on disk. */
export function formatTabTitle(id: string, row: Conversation | undefined): string {
  const assistant = toVisibleLine(row?.assistantName ?? '').trim();
  const short = toVisibleLine(shortId(id));
  return assistant === '' ? l10n.t('Conversation {0}', short) : `${isolateDirection(assistant)} ${short}`;
}
