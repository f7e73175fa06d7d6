import { l10n } from 'vscode';
import type { Verdict } from '../../core/testing/result';

export function formatVerdict(verdict: Verdict): string {
  switch (verdict) {
    case 'passed':
      return l10n.t('passed');
    case 'failed':
      return l10n.t('failed');
    case 'errored':
      return l10n.t('not judged');
    case 'skipped':
      return l10n.t('skipped');
  }
}
