import { l10n } from 'vscode';
import { assertNever } from '../../core/util/assertNever';
import { visible } from '../../core/text/label';
import type { CheckedFilter } from '../../core/view/savedFilter';
import { filterWords } from './filter';

/** What a saved filter shows, or why it can't be applied. */
export function checkedFilterWords(checked: CheckedFilter): string {
  switch (checked.kind) {
    case 'filter':
      return filterWords(checked.filter);
    case 'notAFilter':
      return l10n.t("Can't be applied: not a filter");
    case 'empty':
      return l10n.t("Can't be applied: the filter is empty");
    case 'badPart':
      return l10n.t('Can\'t be applied: "{0}" is unknown or has an invalid value', visible(checked.part));
    default:
      return assertNever(checked);
  }
}
