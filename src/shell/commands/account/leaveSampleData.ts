import type { Session } from '../../session/session';

/** `Leave Sample Data`: back to the account that was current; without a key, to the welcome view. */
export async function leaveSampleData(session: Session): Promise<void> {
  await session.leaveSampleData();
}
