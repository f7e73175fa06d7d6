import { l10n } from 'vscode';
import { formatDollars } from '../../core/text/cost';
import type { Fact, FactKey } from '../../core/view/facts';
import { formatAssistant } from './filter';
import { formatExactTime, formatLocalTime } from './time';
import { formatType } from './conversation';

export interface FormattedFact {
  readonly key: FactKey;
  readonly label: string;
  readonly text: string;
  /** For times: includes the time as sent. */
  readonly exact?: string;
}

interface FactFormat {
  readonly label: () => string;
  /** By default the text is shown as sent. */
  readonly format?: (value: string, zone: string) => string;
  readonly exact?: (value: string, zone: string) => string;
}

const time = { format: (sent: string, zone: string) => formatLocalTime(sent, zone) ?? sent, exact: formatExactTime };

const formats: Readonly<Record<FactKey, FactFormat>> = {
  id: { label: () => l10n.t('ID') },
  type: { label: () => l10n.t('Type'), format: formatType },
  assistant: { label: () => l10n.t('Assistant') },
  deletedAssistant: { label: () => l10n.t('Assistant'), format: (id) => formatAssistant(undefined, id) },
  messages: { label: () => l10n.t('Messages') },
  cost: { label: () => l10n.t('Cost'), format: formatDollars },
  ai: {
    label: () => l10n.t('AI'),
    format: (value) => (value === 'true' ? l10n.t('On') : l10n.t("Off (the assistant doesn't reply)")),
  },
  created: { label: () => l10n.t('Created'), ...time },
  updated: { label: () => l10n.t('Updated'), ...time },
  customer: { label: () => l10n.t('Customer') },
  sender: { label: () => l10n.t('WhatsApp sender') },
  externalIdentifier: { label: () => l10n.t('External ID') },
};

/** @param zone of times without a time zone: `UTC`, `local` or an IANA name */
export function formatFact({ key, value }: Fact, zone: string): FormattedFact {
  const { label, format, exact } = formats[key];
  return {
    key,
    label: label(),
    text: format === undefined ? value : format(value, zone),
    ...(exact && { exact: exact(value, zone) }),
  };
}
