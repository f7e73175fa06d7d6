import type { JsonValue } from '../model/json';
import type { UnexpectedResponse } from './errors';
import type { TransportResponse } from './transport';
import { isJsonObject } from '../util/exactJson';

/** Fields of the API's own errors: Laravel's, also in debug mode, and the platform's. */
const ownFields = new Set('message error errors error_code status success code exception file line trace'.split(' '));

/** Headers with which API gateways, firewalls, and proxies mark their own responses. */
const gatewayHeaders = ['x-amzn-errortype', 'x-amzn-waf-action', 'cf-mitigated', 'proxy-authenticate', 'x-squid-error'];
const gatewayServers = /^(kong|awselb|akamaighost|squid|zscaler|bigip|fortiweb)\b/i;

/** Gateway messages in errors that otherwise look like the API's: AWS, Kong. */
const gatewayMessages =
  /^(forbidden|access denied|missing authentication token|no api key found in request|invalid authentication credentials|no route matched with those values)\.?$/i;

/**
 * Detects a refusal (4xx) by a firewall, bot check, gateway, proxy, or another web server. Undefined if it came from
 * the API: only then does the status concern the key or conversation.
 * @param body the JSON; undefined if there is none
 */
export function detectForeignResponse(
  response: TransportResponse,
  body: JsonValue | undefined,
): UnexpectedResponse | undefined {
  const { status } = response;
  if (status === 407) return 'proxy';
  // Wait for every rate limit, the server's and a gateway's.
  if (status === 429) return undefined;
  if (body === undefined) return isWebPage(response) ? 'webPage' : 'foreign';
  if (isOwnKeyError(status, body)) return undefined;
  if (hasGatewayHeader(response) || isGatewayMessage(body)) return 'foreign';
  return (status === 401 || status === 403) && !hasOwnShape(body) ? 'foreign' : undefined;
}

export function isWebPage(response: TransportResponse): boolean {
  const type = getContentType(response);
  return type === 'text/html' || type === 'application/xhtml+xml' || /^\s*<(!doctype|html)/i.test(response.body);
}

export function getContentType({ headers }: TransportResponse): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function isOwnKeyError(status: number, body: JsonValue): boolean {
  if (status !== 401 || !isJsonObject(body)) return false;
  return (
    body['message'] === 'Unauthenticated.' || body['error'] === 'Unauthorized' || body['error'] === 'Invalid API key'
  );
}

function hasGatewayHeader({ status, headers }: TransportResponse): boolean {
  if (gatewayHeaders.some((name) => headers[name] !== undefined) || gatewayServers.test(headers['server'] ?? ''))
    return true;
  const challenge = headers['www-authenticate'];
  return status === 401 && challenge !== undefined && !/\bbearer\b/i.test(challenge);
}

function isGatewayMessage(body: JsonValue): boolean {
  if (!isJsonObject(body)) return false;
  const { error, message = body['Message'] } = body;
  return error === undefined && typeof message === 'string' && gatewayMessages.test(message.trim());
}

function hasOwnShape(body: JsonValue): boolean {
  if (!isJsonObject(body) || !Object.keys(body).every((name) => ownFields.has(name))) return false;
  return typeof body['message'] === 'string' || typeof body['error'] === 'string';
}
