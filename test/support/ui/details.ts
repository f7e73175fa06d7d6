import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { SampleConversation } from '../../../src/sample/wire';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';
import { startSampleServer, type SampleServer, type SampleServerOptions } from '../sampleServer';
import { showConversations } from './conversationsView';

let servers = 0;

/**
 * Starts a server without conversations. The IDs of the conversations that a test adds are unique among these
 * servers.
 */
export function startEmptyServer(options: SampleServerOptions = {}): Promise<SampleServer> {
  servers += 1;
  return startSampleServer({ count: 0, fixtures: false, seed: 1000 + servers, ...options });
}

/** Signs in, opens the view, and expands the groups of these assistants. */
export async function connect(workbench: Workbench, ...assistants: readonly (string | RegExp)[]): Promise<void> {
  await showConversations(workbench);
  if (assistants.length > 0) await firstAssistantIsOpen(workbench);
  for (const assistant of assistants) await workbench.tree.expand(assistant);
}

/** The first group expands by itself, which moves the rows below it: an earlier click could hit another row. */
async function firstAssistantIsOpen({ tree }: Workbench): Promise<void> {
  await eventually(async () => {
    const rows = await tree.rows();
    const first = rows.findIndex(({ level }) => level === 2);
    assert.deepEqual([rows[first]?.expanded, rows[first + 1]?.level], [true, 3]);
  });
}

/** Adds a test conversation with this customer, in which the assistant says hello. */
export function person(server: SampleServer, name: string, rest: Partial<SampleConversation> = {}): SampleConversation {
  const history = [{ role: 'assistant', content: `Hello ${name}.` }];
  return server.addConversation({ customer: { name, phone: '+49 30 1234' }, history, ...rest });
}

/** Returns the title of a conversation's tab. */
export const tabOf = ({ assistantName, id }: SampleConversation): string => `${assistantName} ${id.slice(0, 8)}`;

/** Waits until the visible panel shows this conversation, and returns its page. */
export function waitForPage(workbench: Workbench, { id }: Pick<SampleConversation, 'id'>): Promise<Frame> {
  return eventually(async () => {
    const frame = await workbench.detailsFrame();
    assert.equal(await frame.locator('.id code').textContent({ timeout: 1000 }), id);
    return frame;
  });
}

/** Like `pageOf`, but waits for the transcript too. */
export async function waitForTranscript(
  workbench: Workbench,
  conversation: Pick<SampleConversation, 'id'>,
): Promise<Frame> {
  const frame = await waitForPage(workbench, conversation);
  await frame.locator('.turns').waitFor();
  return frame;
}

/** The button in the editor's title that pins the panel. It is hidden for a pinned panel. */
export function keepOpenButton({ page }: Workbench): Locator {
  return page.locator('.part.editor .editor-actions').getByRole('button', { name: 'Keep Open' });
}

export async function keepOpen(workbench: Workbench): Promise<void> {
  await keepOpenButton(workbench).click();
  await keepOpenButton(workbench).waitFor({ state: 'hidden' });
}

/** Opens the facts and variables, unless they are open from an earlier panel. */
export async function showFacts(frame: Frame): Promise<void> {
  const summary = frame.locator('.about:not([open]) > summary');
  if (await summary.isVisible()) await summary.click();
  await frame.locator('.about[open]').waitFor();
}

/** Waits until the elements of the selector have these texts. */
export async function expectTexts(frame: Frame, selector: string, texts: readonly string[]): Promise<void> {
  await eventually(async () => assert.deepEqual(await frame.locator(selector).allInnerTexts(), texts));
}

/** Returns the path of a conversation's transcript, relative to the API. */
export const transcriptPath = ({ id }: Pick<SampleConversation, 'id'>): string => `/conversations/${id}`;

/** Counts the requests for the transcript. */
export function timesRead(server: SampleServer, conversation: Pick<SampleConversation, 'id'>): number {
  return server.requests.filter(({ path }) => path === transcriptPath(conversation)).length;
}
