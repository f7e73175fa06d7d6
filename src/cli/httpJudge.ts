import { cleanKey, parseBaseUrl } from '../core/api/connection';
import { createRedactions, findServerMessage } from '../core/api/serverErrorMessage';
import { createNodeFetchTransport, TransportError, type TransportResponse } from '../core/api/transport';
import type { JsonValue } from '../core/model/json';
import type { JudgeModel } from '../core/testing/modelJudge';
import { CliRefusal } from './cliRefusal';

const timeoutMs = 60_000;
const maxBodyBytes = 1024 * 1024;

interface JudgeConnection {
  readonly baseUrl: string;
  readonly model: string;
  /** Empty for a server that needs none. */
  readonly key: string;
}

/**
 * Returns the judge of the environment's `AIPLOYEES_JUDGE_…` variables; undefined if none is set.
 * @throws CliRefusal if they are incomplete or invalid
 */
export function createHttpJudge(env: NodeJS.ProcessEnv): JudgeModel | undefined {
  const read = (name: string): string => (env[name] ?? '').trim();
  const [url, model, givenKey] = [
    read('AIPLOYEES_JUDGE_URL'),
    read('AIPLOYEES_JUDGE_MODEL'),
    read('AIPLOYEES_JUDGE_KEY'),
  ];
  if (url === '' && model === '' && givenKey === '') return undefined;
  if (url === '')
    throw new CliRefusal('Set AIPLOYEES_JUDGE_URL too: the base URL of the judge, such as https://api.example.com/v1.');
  if (model === '') throw new CliRefusal("Set AIPLOYEES_JUDGE_MODEL too: the name of the judge's model.");
  const parsed = parseBaseUrl(url);
  if (!parsed.ok)
    throw new CliRefusal(
      parsed.reason === 'plainHttp'
        ? 'AIPLOYEES_JUDGE_URL must start with https://, because the conversations would be sent unencrypted.'
        : "AIPLOYEES_JUDGE_URL isn't a base URL such as https://api.example.com/v1.",
    );
  const cleaned = cleanKey(givenKey);
  if (!cleaned.ok && cleaned.reason === 'characters')
    throw new CliRefusal("AIPLOYEES_JUDGE_KEY isn't a key: it has characters that can't be sent.");
  return new HttpJudge({ baseUrl: parsed.baseUrl, model, key: cleaned.ok ? cleaned.key : '' });
}

/** A model behind `POST /chat/completions` of an OpenAI-compatible API. Redirects aren't followed. */
class HttpJudge implements JudgeModel {
  readonly name: string;
  private readonly transport = createNodeFetchTransport({ maxBodyBytes });

  constructor(private readonly connection: JudgeConnection) {
    this.name = connection.model;
  }

  async ask(prompt: string, signal: AbortSignal): Promise<string> {
    const { status, body } = await this.send(prompt, signal);
    const value = parseBody(body);
    if (status >= 300 && status < 400) throw new Error("it redirects to another address. The key isn't sent there.");
    if (status >= 400) {
      const message =
        value === undefined ? undefined : findServerMessage(value, createRedactions(this.connection.key, undefined));
      throw new Error(
        message === undefined
          ? `its server responded with ${status}.`
          : `its server responded with ${status}: ${message}`,
      );
    }
    const content = findContent(value);
    if (content === undefined) throw new Error("its server's response isn't a chat completion.");
    return content;
  }

  private async send(prompt: string, signal: AbortSignal): Promise<TransportResponse> {
    const { baseUrl, model, key } = this.connection;
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await this.transport({
        method: 'POST',
        url: `${baseUrl}/chat/completions`,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({ model, temperature: 0, stream: false, messages: [{ role: 'user', content: prompt }] }),
        signal: AbortSignal.any([signal, limit]),
      });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (limit.aborted) throw new Error(`it took more than ${timeoutMs / 1000} s to respond.`, { cause: error });
      if (error.failure === 'tooLarge') throw new Error("its server's response was too large.", { cause: error });
      const { host } = new URL(baseUrl);
      throw new Error(
        error.code === undefined ? `couldn't reach ${host}.` : `couldn't reach ${host} (${error.code}).`,
        { cause: error },
      );
    }
  }
}

function parseBody(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return undefined;
  }
}

function findContent(value: unknown): string | undefined {
  const completion = value as
    { readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[] } | null | undefined;
  const content = completion?.choices?.[0]?.message?.content;
  return typeof content === 'string' ? content : undefined;
}
