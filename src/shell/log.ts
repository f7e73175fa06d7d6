import * as vscode from 'vscode';
import type { RequestLog, RequestLogEntry } from '../core/api/requester';
import { redact } from '../core/text/redact';
import type { Disposable } from '../core/util/event';

/** The output channel `AIployees`: a line for each request and error. Contains no secrets. */
export class Log implements Disposable {
  private readonly channel = vscode.window.createOutputChannel('AIployees', { log: true });

  /** Logs one attempt of a request. Lines are for searching and aren't translated. */
  readonly request: RequestLog = (entry) => {
    const line = requestLine(entry);
    if (entry.outcome === 'ok' || entry.outcome === 'cancelled') this.channel.info(line);
    else this.channel.warn(line);
  };

  /** @param doing names the task */
  readonly error = (doing: string, error: unknown): void => this.channel.error(`${doing}: ${formatErrorChain(error)}`);

  info(message: string): void {
    this.channel.info(redact(message));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}

/** `GET /user/conversations?type=test&per_page=30 200 143 ms (attempt 2)` */
export function requestLine(entry: RequestLogEntry): string {
  const query = entry.query === '' ? '' : `?${entry.query}`;
  const outcome = [entry.status, entry.code, entry.outcome === 'ok' ? undefined : entry.outcome];
  const facts = outcome.filter((fact) => fact !== undefined).join(' ');
  return redact(`${entry.method} ${entry.path}${query} ${facts} ${Math.round(entry.ms)} ms (attempt ${entry.attempt})`);
}

/** The error and what caused it, outermost first. */
function formatErrorChain(error: unknown): string {
  const links: string[] = [];
  for (let link: unknown = error; link !== undefined && links.length < 5;) {
    links.push(link instanceof Error ? `${link.name}: ${link.message}` : JSON.stringify(link));
    link = link instanceof Error ? link.cause : undefined;
  }
  const stack = error instanceof Error && !('kind' in error) ? `\n${error.stack ?? ''}` : '';
  return redact(`${links.join(' < ')}${stack}`);
}
