import { l10n } from 'vscode';
import type { Party } from '../../core/model/conversation';
import { formatDollars } from '../../core/text/cost';
import { ageOf, instantOf } from '../../core/text/time';
import { assertNever } from '../../core/util/assertNever';
import { entriesOf } from '../../core/util/exactJson';
import type { ConversationHead, Fact } from '../../core/view/details';
import type { FactWords, HeadWords, TimeWords } from '../../protocol/details';
import { ageWords } from '../words/age';
import { exactTime, localTime } from '../words/time';
import { typeWords } from '../words/type';

export interface Clock {
  /** The zone that zoneless times are read in. */
  readonly zone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The top of the panel, in words; what is not known is not there. */
export function headWords(head: ConversationHead, clock: Clock): HeadWords {
  return {
    title: head.label,
    type: head.type === undefined ? undefined : typeWords(head.type),
    assistant: head.assistant && (head.assistant.name ?? l10n.t('deleted assistant {0}', head.assistant.id)),
    age: head.createdAt === undefined || head.createdAt === '' ? undefined : age(head.createdAt, clock),
    facts: head.facts.map((fact) => factWords(fact, clock)),
    variables: entriesOf(head.variables ?? {}).map(([name, value]) => ({ name, value })),
  };
}

/** As sent where it is no time, or seems to lie ahead: then the zone is in doubt, and the time as sent is all that is sure. */
function age(sent: string, { zone, now }: Clock): TimeWords {
  const instant = instantOf(sent, zone);
  const words = instant === undefined ? undefined : ageWords(ageOf(instant, now));
  return { text: words ?? sent, exact: exactTime(sent, zone) };
}

function factWords(fact: Fact, clock: Clock): FactWords {
  switch (fact.key) {
    case 'messages':
      return { key: fact.key, name: l10n.t('Messages'), text: String(fact.count), copy: false };
    case 'cost':
      return { key: fact.key, name: l10n.t('Cost'), text: formatDollars(fact.digits), copy: true };
    case 'ai':
      return {
        key: fact.key,
        name: l10n.t('AI'),
        text: fact.enabled ? l10n.t('On') : l10n.t("Off: the assistant doesn't reply"),
        copy: false,
      };
    case 'created':
      return time(fact.key, l10n.t('Created'), fact.sent, clock);
    case 'updated':
      return time(fact.key, l10n.t('Updated'), fact.sent, clock);
    case 'customer':
      return { key: fact.key, name: l10n.t('Customer'), text: partyText(fact.party), copy: true };
    case 'sender':
      return { key: fact.key, name: l10n.t('WhatsApp sender'), text: partyText(fact.party), copy: true };
    case 'externalIdentifier':
      return { key: fact.key, name: l10n.t('External ID'), text: fact.text, copy: true };
    default:
      return assertNever(fact);
  }
}

function time(key: 'created' | 'updated', name: string, sent: string, { zone }: Clock): FactWords {
  return { key, name, text: localTime(sent, zone) ?? sent, more: exactTime(sent, zone), copy: true };
}

function partyText(party: Party): string {
  return [party.name, party.phone].filter((part) => part !== undefined && part !== '').join(' · ');
}
