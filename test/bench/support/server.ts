import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../support/host/paths';
import type { ServerMessage, ServerReply, ServerSettings } from './listServer';

/** A server of the API's lists, in a process of its own. */
export interface BenchServer {
  /** The base URL. */
  readonly url: string;
  configure(change: Partial<ServerSettings>): Promise<void>;
  forgetRequests(): Promise<void>;
  /** `GET /user/conversations?type=test&per_page=30`, each in the order of arrival. */
  requests(): Promise<readonly string[]>;
  stop(): void;
}

export async function startBenchServer(settings: Partial<ServerSettings> = {}): Promise<BenchServer> {
  const child = fork(join(projectRoot, 'out', 'test', 'bench', 'support', 'listServer.cjs'), { execArgv: [] });
  const next = async (): Promise<ServerReply> => ((await once(child, 'message')) as [ServerReply])[0];
  const ask = (message: ServerMessage): Promise<ServerReply> => {
    const answer = next();
    child.send(message);
    return answer;
  };
  const began = await next();
  if (!('url' in began)) throw new Error('the server did not begin');
  await ask({ configure: settings });
  return {
    url: began.url,
    configure: async (change) => void (await ask({ configure: change })),
    forgetRequests: async () => void (await ask({ forget: true })),
    requests: async () => {
      const told = await ask({ tell: true });
      return 'requests' in told ? told.requests : [];
    },
    stop: () => child.disconnect(),
  };
}
