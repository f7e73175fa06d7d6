import * as v from 'valibot';
import { createGuard, readyMessage } from './panel';
import { breakdowns } from './usage';

const pageMessage = v.variant('type', [
  readyMessage,
  v.object({ type: v.literal('copy'), what: v.picklist(breakdowns) }),
  v.object({ type: v.literal('loadAll') }),
]);
export type UsagePageMessage = v.InferOutput<typeof pageMessage>;
export const isUsagePageMessage = createGuard(pageMessage);
