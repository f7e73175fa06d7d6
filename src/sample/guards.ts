import { json } from './answers';
import type { SampleOptions } from './options';
import { minute, type SampleRequest, type SampleResponse } from './wire';

/** Finds a header, ignoring case. */
function header(request: SampleRequest, name: string): string | undefined {
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Laravel checks only the first accepted type. */
export function acceptsJson(request: SampleRequest): boolean {
  const [first = ''] = (header(request, 'accept') ?? '').split(',');
  return /[/+]json/.test(first);
}

/** A token is valid only if the part before its `|` is a number. */
export function findBearerToken(request: SampleRequest): string | undefined {
  const [, token] = /^Bearer\s+(\S+)\s*$/i.exec(header(request, 'authorization') ?? '') ?? [];
  return token?.includes('|') && !/^\d+\|/.test(token) ? undefined : token;
}

/** Returns the refusal of a missing or unknown key; undefined if the key is accepted. */
export function refuseKey(request: SampleRequest, options: SampleOptions): SampleResponse | undefined {
  const token = findBearerToken(request);
  const { acceptedKeys } = options;
  if (token !== undefined && (acceptedKeys === 'any' || acceptedKeys.includes(token))) return undefined;
  switch (options.refusal) {
    case 'message':
      return json(401, { message: 'Unauthenticated.' });
    case 'error':
      return json(401, { error: 'Unauthorized' });
    case 'invalidKey':
      return json(401, { error: 'Invalid API key', message: 'Key not accepted.' });
    case 'forbidden':
      return json(403, { error: 'Insufficient permissions', message: 'This key may not list conversations.' });
  }
}

interface Window {
  readonly endsAt: number;
  used: number;
}

/** Laravel's limiter: for each key a minute that starts with its first request. */
export class RateLimit {
  private readonly windows = new Map<string, Window>();

  /** Counts the request and calls `respond`, unless the rate per minute is used up. A rate of 0 means no limit. */
  apply(rate: number, key: string, now: number, respond: () => SampleResponse): SampleResponse {
    if (rate <= 0) return respond();
    const before = this.windows.get(key);
    const window = before && now < before.endsAt ? before : { endsAt: now + minute, used: 0 };
    this.windows.set(key, window);
    const limit = { 'x-ratelimit-limit': String(rate) };
    if (window.used >= rate) {
      const refused = json(429, { message: 'Too Many Attempts.' });
      const waiting = {
        'x-ratelimit-remaining': '0',
        'retry-after': String(Math.ceil((window.endsAt - now) / 1000)),
        'x-ratelimit-reset': String(Math.ceil(window.endsAt / 1000)),
      };
      return { ...refused, headers: { ...refused.headers, ...limit, ...waiting } };
    }
    window.used++;
    const response = respond();
    return {
      ...response,
      headers: { ...response.headers, ...limit, 'x-ratelimit-remaining': String(rate - window.used) },
    };
  }
}
