import assert from 'node:assert/strict';

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const probes = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];

/** Runs `work` on a clock of that zone: Node rereads TZ whenever it is assigned. Checked, so that no test passes by chance. */
export function inZone(zone: string, work: () => void): void {
  process.env['TZ'] = zone;
  try {
    for (const instant of probes) {
      const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' }).format(instant);
      assert.equal(new Date(instant).toTimeString().slice(0, 5), wall, `the clock is not in ${zone}`);
    }
    work();
  } finally {
    process.env['TZ'] = own;
  }
}

/** Far west and far east, half hours, summer times of both hemispheres, midnights that are left out or come twice. */
export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;
