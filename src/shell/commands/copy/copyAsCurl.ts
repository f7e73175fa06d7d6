import * as vscode from 'vscode';
import { parseBaseUrl } from '../../../core/api/connection';
import { curlCommands, keyVariable } from '../../../core/text/curl';
import { isTheirServer } from '../../elsewhere';
import { notify } from '../../notify';
import { copy, targetsOrHint, type CopyDeps } from './deps';

export interface CopyCurlDeps extends CopyDeps {
  /** Where the current account's requests go, without a slash at its end; undefined where no server is asked (sample data). */
  baseUrl(): string | undefined;
}

/** `Copy as curl Command`: one a line, each reading one transcript. */
export function createCopyAsCurl(deps: CopyCurlDeps): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const targets = targetsOrHint(deps, args);
    if (targets.length === 0) return;
    const baseUrl = deps.baseUrl();
    if (baseUrl === undefined) {
      void notify.info(vscode.l10n.t("Copy as cURL isn't available for sample data, which has no server."));
      return;
    }
    const base = parseBaseUrl(baseUrl);
    if (base.ok && !isTheirServer(base.origin, targets)) return;
    const ids = targets.map(({ id }) => id);
    const said =
      ids.length === 1
        ? vscode.l10n.t('Copied a cURL command. It reads the API key from ${0}', keyVariable)
        : vscode.l10n.t('Copied {0} cURL commands. They read the API key from ${1}', ids.length, keyVariable);
    await copy(curlCommands(baseUrl, ids), said);
  };
}
