import { l10n } from 'vscode';
import type { UsageWords } from '../../protocol/usage';

/** Everything that the page says of its own accord. `{0}` that is to be filled in by the page is handed through as it is. */
export function usageWords(): UsageWords {
  const [first, second] = ['{0}', '{1}'];
  return {
    title: l10n.t('Usage'),
    loading: l10n.t('Loading…'),
    metric: l10n.t('Metric'),
    conversations: l10n.t('Conversations'),
    messages: l10n.t('Messages'),
    cost: l10n.t('Cost'),
    day: l10n.t('Day'),
    type: l10n.t('Type'),
    assistant: l10n.t('Assistant'),
    byDay: l10n.t('By Day'),
    byWeek: l10n.t('By Week'),
    byWeeks: l10n.t('By {0} Weeks', first),
    byType: l10n.t('By Type'),
    byAssistant: l10n.t('By Assistant'),
    plot: l10n.t('{0}: {1}', first, second),
    plotOfDays: l10n.t('{0} over time. The table below has the values.', first),
    table: l10n.t('Table ({0})', first),
    copyTable: l10n.t('Copy Table'),
    copied: l10n.t('Copied'),
    copyFailed: l10n.t("Couldn't copy"),
    hiddenCharacters: l10n.t('Characters that are invisible or change how the surrounding text reads'),
  };
}
