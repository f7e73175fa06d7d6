import type { ConversationsApi } from '../core/api/api';
import { createApiClient } from '../core/api/client';
import { cleanKey, parseBaseUrl } from '../core/api/connection';
import { ApiError } from '../core/api/errors';
import { createNodeFetchTransport } from '../core/api/transport';
import type { Assistant } from '../core/model/conversation';
import { describeMissingAssistant, findAssistant } from '../core/testing/assistants';
import type { AssistantReference } from '../core/testing/suite';
import { english } from '../core/text/l10n';
import { settings } from '../manifest';
import { describeApiError } from './apiErrors';
import { CliRefusal } from './cliRefusal';
import type { TestFile } from './testFiles';

const timeoutMs = 30_000;

/** @throws CliRefusal if the environment has no usable key or base URL */
export function connect(env: NodeJS.ProcessEnv, version: string): ConversationsApi {
  const key = cleanKey(env['AIPLOYEES_API_KEY'] ?? '');
  if (!key.ok)
    throw new CliRefusal(
      key.reason === 'empty'
        ? 'Set AIPLOYEES_API_KEY to the API key.'
        : "AIPLOYEES_API_KEY isn't an API key: it has characters that can't be sent.",
    );
  // CI systems set variables without a value to empty text.
  const baseUrl = env['AIPLOYEES_BASE_URL'] || settings.baseUrl.default;
  const parsed = parseBaseUrl(baseUrl);
  if (!parsed.ok)
    throw new CliRefusal(
      parsed.reason === 'plainHttp'
        ? 'AIPLOYEES_BASE_URL must start with https://, because the key would be sent unencrypted.'
        : `AIPLOYEES_BASE_URL isn't a base URL such as ${settings.baseUrl.default}.`,
    );
  return createApiClient({
    baseUrl: parsed.baseUrl,
    key: key.key,
    transport: createNodeFetchTransport(),
    timeoutMs,
    log: () => undefined,
    userAgent: `aiployees-conversations/${version} CLI`,
  });
}

/** @throws CliRefusal if the assistants can't be loaded */
export async function loadAssistants(api: ConversationsApi, signal: AbortSignal): Promise<readonly Assistant[]> {
  try {
    return await api.listAssistants({ signal });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new CliRefusal(`Couldn't load the assistants. ${describeApiError(error)}`);
  }
}

/**
 * Returns the name of each file's assistant.
 * @throws CliRefusal if one is unknown, or if several have its name
 */
export function checkAssistants(
  files: readonly TestFile[],
  assistant: AssistantReference | undefined,
  assistants: readonly Assistant[],
): readonly string[] {
  return files.map(({ path, suite }) => {
    const reference = assistant ?? suite.assistant;
    const found = findAssistant(reference, assistants);
    if (found.kind === 'found') return found.assistant.name;
    throw new CliRefusal(`${path}: ${describeMissingAssistant(reference, found, english)}`);
  });
}
