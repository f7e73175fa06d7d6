import { l10n } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { isolateDirection } from '../../core/text/directions';
import { shortId, toVisibleLine } from '../../core/text/label';
import { toAge, parseInstant } from '../../core/text/time';
import { entriesOf } from '../../core/util/exactJson';
import type { ConversationHead } from '../../core/view/details';
import type { FactKey } from '../../core/view/facts';
import type { HeadWords, TimeWords } from '../../protocol/details';
import { formatFact } from '../format/facts';
import { type TimeContext, ageWords, exactTime } from '../format/time';

/** Facts that the line at the top shows. */
const inLine: ReadonlySet<FactKey> = new Set(['id', 'type', 'assistant', 'deletedAssistant']);
const notCopied: ReadonlySet<FactKey> = new Set(['messages', 'ai']);

/** The top of the panel, in words; what is not known is not there. */
export function headWords(head: ConversationHead, clock: TimeContext): HeadWords {
  const facts = head.facts.map((fact) => formatFact(fact, clock.zone));
  const textOf = (...keys: readonly FactKey[]): string | undefined => facts.find(({ key }) => keys.includes(key))?.text;
  const created = head.facts.find(({ key }) => key === 'created');
  return {
    title: head.label,
    type: textOf('type'),
    assistant: textOf('assistant', 'deletedAssistant'),
    age: created && age(created.value, clock),
    facts: facts
      .filter(({ key }) => !inLine.has(key))
      .map(({ key, label, text, exact }) => ({ key, name: label, text, more: exact, copy: !notCopied.has(key) })),
    variables: entriesOf(head.variables ?? {}).map(([name, value]) => ({ name, value })),
  };
}

/** As sent where it is no time, or seems to lie ahead: then the zone is in doubt, and the time as sent is all that is sure. */
function age(sent: string, { zone, now }: TimeContext): TimeWords {
  const instant = parseInstant(sent, zone);
  const words = instant === undefined ? undefined : ageWords(toAge(instant, now));
  return { text: words ?? sent, exact: exactTime(sent, zone) };
}

/**
 * "Booking Bot 7c9e6679". VS Code keeps the titles of tabs on disk, so nothing that was said, and nobody's name, may
 * stand there; the page itself says whom the conversation is with.
 */
export function tabTitle(id: string, row: Conversation | undefined): string {
  const assistant = toVisibleLine(row?.assistantName ?? '').trim();
  const short = toVisibleLine(shortId(id));
  return assistant === '' ? l10n.t('Conversation {0}', short) : `${isolateDirection(assistant)} ${short}`;
}
