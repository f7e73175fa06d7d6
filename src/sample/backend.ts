import { getMe, listAssistants } from './accountEndpoints';
import { html, json } from './answers';
import { createConversation, getConversation, sendMessage } from './conversationEndpoints';
import type { FixtureName } from './conversations/fixtures';
import { Growth } from './growth';
import { findBearerToken, refuseKey, acceptsJson, RateLimit } from './guards';
import { listConversations } from './listEndpoint';
import { defaultSampleOptions, type SampleOptions } from './options';
import { type AddedConversation, SampleState } from './state';
import type { SampleConversation, SampleRequest, SampleResponse } from './wire';

/** Returns the time in epoch milliseconds. */
export type SampleClock = () => number;

/** The platform's API with sample conversations: no I/O, no timers, the same responses for the same clock and options. */
export interface SampleBackend {
  handle(request: SampleRequest): SampleResponse;
  readonly options: SampleOptions;
  /** Changes options immediately. A new `count`, `seed`, or `fixtures` resets the conversations. */
  configure(change: Partial<SampleOptions>): void;
  readonly state: SampleState;
  /** Adds a conversation at the top of the list. By default, it was created now. */
  addConversation(conversation?: AddedConversation): SampleConversation;
  updateConversation(id: string, change: Parameters<SampleState['update']>[1]): SampleConversation;
  /** Returns the ID of the fixture's conversation. */
  fixtureId(name: FixtureName): string;
}

const paths = ['/user/conversations', '/user/assistants/get', '/user/me', '/conversations'];

/** `clock` is read once for the ages of the conversations, then for every request. */
export function createSampleBackend(clock: SampleClock, given: Partial<SampleOptions> = {}): SampleBackend {
  let options = { ...defaultSampleOptions, ...given };
  let state = new SampleState(options, clock());
  let growth = new Growth(options.seed);
  const rateLimit = new RateLimit();

  function route(request: SampleRequest, url: URL): SampleResponse {
    const path = url.pathname.slice(options.basePath.length).replace(/\/+$/, '');
    const { method } = request;
    const [, conversation, messages] = /^\/conversations\/([^/]+)(\/messages)?$/.exec(path) ?? [];
    const id = conversation === undefined ? undefined : readSegment(conversation);
    const isPrivate = path.startsWith('/user/');
    const allowed = isPrivate || path === '/conversations' ? (isPrivate ? 'GET' : 'POST') : messages ? 'POST' : 'GET';
    const known = id !== undefined || paths.includes(path);
    const name = url.pathname.slice(1);
    if (!known) return json(404, { message: `The route ${name} could not be found.` });
    if (method !== allowed) {
      const message = `The ${method} method is not supported for route ${name}. Supported methods: ${allowed}.`;
      return json(405, { message });
    }
    const refused = isPrivate || options.authOnPublic ? refuseKey(request, options) : undefined;
    if (refused) return refused;

    if (path === '/user/me') return getMe(options);
    if (path === '/user/assistants/get') return listAssistants(url, options);
    if (path === '/conversations') return createConversation(request, state, options, clock());
    if (id !== undefined && messages) return sendMessage(request, id, state, options, clock());
    if (id !== undefined) return getConversation(id, state, options);
    const page = listConversations(url, state, options);
    for (let row = 0; row < options.driftingRows; row++) state.add({}, clock());
    return page;
  }

  return {
    handle(request) {
      const url = new URL(request.url);
      if (options.growing) growth.pass(state, clock());
      if (url.pathname === '/login') return html(200, 'Log in');
      if (!url.pathname.startsWith(`${options.basePath}/`)) return html(404, 'Not Found');
      return rateLimit.apply(options.rate, findBearerToken(request) ?? '', clock(), () => {
        if (options.strictAccept && !acceptsJson(request)) {
          const page = html(302, 'Redirecting');
          return { ...page, headers: { ...page.headers, location: `${url.origin}/login` } };
        }
        return route(request, url);
      });
    },
    get options() {
      return options;
    },
    configure(change) {
      const before = options;
      options = { ...options, ...change };
      const same = (['count', 'seed', 'fixtures'] as const).every((name) => options[name] === before[name]);
      if (same) return;
      state = new SampleState(options, clock());
      growth = new Growth(options.seed);
    },
    get state() {
      return state;
    },
    addConversation: (conversation = {}) => state.add(conversation, clock()),
    updateConversation: (id, change) => state.update(id, change),
    fixtureId: (name) => state.fixtureId(name),
  };
}

/** Decodes a path segment; returns an invalid one unchanged, so that nothing is found. */
function readSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
