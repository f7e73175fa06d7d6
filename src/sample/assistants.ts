/** An assistant of the sample account, with its replies. */
export interface SampleAssistant {
  readonly key: string;
  /** The ID for the list's filter. */
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly initialMessage: string | null;
  readonly prompt: string;
  /** The first match wins; the script is one turn in the notation of the stories, `{said}` is the user's message. */
  readonly replies: readonly (readonly [when: RegExp, script: string])[];
}

const anything = /^/;

const support: Pick<SampleAssistant, 'initialMessage' | 'prompt' | 'replies'> = {
  initialMessage: "Hello {{user_name}}, you're talking to the support assistant. What happened?",
  prompt: 'You help the users of a small CRM. Look things up before you answer. Hand over when asked for a person.',
  replies: [
    [
      /person|human|agent/i,
      'f escalate {"reason":"customer asks for a person"} => {"ok":true,"agent":"Rosa","wait_min":4}\na Rosa takes over in about four minutes.',
    ],
    [
      /invoice|charge|bill/i,
      'f list_invoices {"last":3} => {"invoices":[{"id":"INV-{ref}","amount":{total},"paid":true}]}\na Your last invoice is INV-{ref}, {total} EUR. It has been paid.',
    ],
    [
      anything,
      'f search_docs {"query":"help","top":2} => {"passages":[]}\na I couldn\'t find anything about that in the documentation. What do you see on your screen?',
    ],
  ],
};

export const sampleAssistants: readonly SampleAssistant[] = [
  {
    key: 'clinic',
    id: 318,
    uuid: 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c2210',
    name: 'Clinic Desk',
    initialMessage: 'Clinic Desk, hello {{patient_name}}. How can I help?',
    prompt:
      'You work at the front desk of a clinic. Offer only slots that find_slots returned. Never give medical advice.',
    replies: [
      [
        /cancel/i,
        'f cancel_appointment {"ref":"B-{ref}"} => {"success":false,"error":"too_late","until":"{today}T06:00:00Z"}\na It\'s too late to cancel online. Please call the front desk.',
      ],
      [
        /book|slot|free|appointment|when/i,
        'f find_slots {"doctor":"{doctor}","day":"{date}"} => {"slots":["{time}","{time2}"]}\na Dr {doctor} has openings at {time} and {time2} on {day}. Shall I book one?',
      ],
      [
        /\d\d?[:.]\d\d|yes|please/i,
        'f book_slot {"at":"{date}T{time}"} => {"ok":true,"ref":"B-{ref}"}\na Booked for {day} at {time}. Your reference is B-{ref}.',
      ],
      [anything, 'a I can find, book, and move appointments. What would you like?'],
    ],
  },
  {
    key: 'shop',
    id: 342,
    uuid: '7be02f6a-1c94-4d7b-a8e5-90d3c2b1f467',
    name: 'Order Desk',
    initialMessage: 'Hi {{customer_name}}, this is the order desk. How can I help with your order?',
    prompt: 'You work at the order desk of a shop. Say that a refund was made only when refund_order succeeded.',
    replies: [
      [
        /refund|money/i,
        'f refund_order {"order":"#{ref}","amount":{total}} => {"success":false,"error":"amount_exceeds_captured"}\na I couldn\'t refund it because you paid with a voucher. I\'ve passed it on to a colleague.',
      ],
      [
        /where|parcel|order|track/i,
        'f get_order {"order":"#{ref}"} => {"status":"shipped","tracking":"JD0146{ref2}"}\nf track_parcel {"tracking":"JD0146{ref2}"} => {"state":"in_transit","eta":"{date}"}\na Your order is on its way and should arrive on {day}.',
      ],
      [anything, 'a Which order is this about? Please send me the order number, for example #1042.'],
    ],
  },
  { key: 'support', id: 355, uuid: 'a90c4e15-6d3f-4b82-bf07-2e8d51c7a3b9', name: 'Support Assistant', ...support },
  // A second one of the same name: a copy to test another prompt.
  { key: 'supportCopy', id: 371, uuid: 'e1f7d238-0b6a-4c5e-93d4-5a7c8e20b116', name: 'Support Assistant', ...support },
  {
    key: 'it',
    id: 360,
    uuid: '3d58a9c1-e7b4-4026-8f1d-c6b09e4d72f5',
    name: 'IT Helper',
    initialMessage: null,
    prompt: 'You are the first line of an IT desk. Run diagnostics before you ask questions.',
    replies: [
      [
        /slow|vpn|network|wifi/i,
        'f run_diagnostics {"checks":["network","vpn"]} => {"network":{"loss_pct":0.4},"vpn":{"drops_24h":{num}}}\na Your VPN dropped {num} times today. I can lower its packet size; shall I?',
      ],
      [
        /locked|password/i,
        'f unlock_account {} => {"success":false,"error":"validation_failed","details":{"login":["The login field is required."]}}\na What do you sign in with?',
      ],
      [anything, "a What's the name of your computer? It's on the sticker below the screen."],
    ],
  },
];

/** @throws Error if there is no such assistant */
export function findAssistantByKey(key: string): SampleAssistant {
  const found = sampleAssistants.find((assistant) => assistant.key === key);
  if (!found) throw new Error(`No sample assistant ${key}`);
  return found;
}
