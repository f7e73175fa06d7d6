import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../support/paths';
import type { ServerMessage, ServerReply, ServerSettings } from './listServer';

/** A server for the API's lists in its own process. */
export interface BenchServer {
  /** The base URL. */
  readonly url: string;
  configure(change: Partial<ServerSettings>): Promise<void>;
  forgetRequests(): Promise<void>;
  /** Requests like `GET /user/conversations?type=test&per_page=30`, in the order of arrival. */
  requests(): Promise<readonly string[]>;
  stop(): void;
}

export async function startBenchServer(settings: Partial<ServerSettings> = {}): Promise<BenchServer> {
  const child = fork(join(projectRoot, 'out', 'test', 'bench', 'support', 'listServer.cjs'), { execArgv: [] });
  const next = async (): Promise<ServerReply> => ((await once(child, 'message')) as [ServerReply])[0];
  const request = (message: ServerMessage): Promise<ServerReply> => {
    const reply = next();
    child.send(message);
    return reply;
  };
  const started = await next();
  if (!('url' in started)) throw new Error("the server didn't start");
  await request({ configure: settings });
  return {
    url: started.url,
    configure: async (change) => void (await request({ configure: change })),
    forgetRequests: async () => void (await request({ forget: true })),
    requests: async () => {
      const log = await request({ report: true });
      return 'requests' in log ? log.requests : [];
    },
    stop: () => child.disconnect(),
  };
}
