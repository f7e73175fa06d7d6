import { json } from './answers';
import { minute } from './times';
import type { SampleResponse } from './wire';

interface Window {
  readonly endsAt: number;
  used: number;
}

/** Laravel's limiter: for each key a minute that begins with its first request. */
export class RateLimit {
  private readonly windows = new Map<string, Window>();

  /** Counts the request; `respond` makes its answer, unless `rate` a minute are used up. A rate of 0 is no limit. */
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
