import assert from 'node:assert/strict';

const systemZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const probes = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];

/** Runs `work` in a time zone and checks that it took effect. Node rereads TZ when it is assigned. */
export function inZone(zone: string, work: () => void): void {
  process.env['TZ'] = zone;
  try {
    for (const instant of probes) {
      const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' }).format(instant);
      assert.equal(new Date(instant).toTimeString().slice(0, 5), wall, `the clock is not in ${zone}`);
    }
    work();
  } finally {
    process.env['TZ'] = systemZone;
  }
}

/** Extreme offsets, half hours, DST in both hemispheres, and midnights that are skipped or repeated. */
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
