import type { Story } from './fixtures';

const variables = { user_name: '{name}', workspace: '{team}', plan: '[Team|Business|Free]' };

export const supportStories: readonly Story[] = [
  {
    key: 'lockedOut',
    assistant: 'support',
    variables,
    script: `
a Hello {first}, you're talking to the support assistant. What happened?
u new phone, and now I can't get my codes anymore. I'm locked out of {team}
f lookup_account {"email":"{mail}"} => {"account":{"id":{ref},"workspace":"{team}","role":"owner","mfa":"totp","recovery_codes_left":6,"last_login":"{past}T09:14:22Z"}}
a You have six recovery codes left. Did you save them somewhere, perhaps in a password manager?
u no :(
a Then I'll send a link to {mail}. It turns off two-factor sign-in after a 24-hour wait. Is that okay?
u yes
f reset_mfa {"account_id":{ref},"method":"email","wait_h":24} => {"error":"timeout","after_ms":15000,"attempt":1}
f reset_mfa {"account_id":{ref},"method":"email","wait_h":24} => {"ok":true,"request":"MFA-{ref2}","effective":"{tomorrow}T10:00:00Z"}
a The link is on its way (request **MFA-{ref2}**). After 24 hours you can sign in with your password and set up the new phone.`,
  },
  {
    key: 'doubleInvoice',
    assistant: 'support',
    variables: { ...variables, invoice: 'INV-{ref}' },
    script: `
a Hello {first}, you're talking to the support assistant. What happened?
u We were charged twice this month: INV-{ref} and again the same amount the day after
f list_invoices {"workspace":"{team}","last":3} => "{\\"invoices\\":[{\\"id\\":\\"INV-{ref}\\",\\"amount\\":{total},\\"paid\\":true},{\\"id\\":\\"INV-{ref}-S\\",\\"amount\\":{total},\\"paid\\":true,\\"memo\\":\\"10 seats added mid-cycle\\"}]}"
a The second one, INV-{ref}-S, is for seats that were added in the middle of the month; the matching amount is a coincidence.
u we didn't add any seats
f audit_log {"workspace":"{team}","action":"seats.*","since":"{past}"} => {"entries":[{"at":"{past}T16:20:03Z","actor":"{login}","action":"seats.increase","from":10,"to":20,"via":"SCIM sync"}]}
a The log shows that the directory sync raised the seats from 10 to 20 on {past}, in the name of {login}. If that wasn't meant, I can undo it and open a case for a refund.
u please do both
f open_case {"topic":"billing","workspace":"{team}","summary":"SCIM sync doubled seats, customer asks for refund","invoices":["INV-{ref}-S"]} => {"case":"C-{ref2}","queue":"billing","sla_h":8}
a Case **C-{ref2}** is open; billing will reply within eight hours.`,
  },
  {
    key: 'rateLimits',
    assistant: 'support',
    variables: { ...variables, sdk: 'js 4.{num}' },
    script: `
a Hello {first}, you're talking to the support assistant. What happened?
u we get about {num} 429s a minute from your api when importing. what's the limit
f search_docs {"query":"api rate limit 429 import","top":4} => {"passages":[{"title":"Rate limits","score":0.91,"text":"Each token may make 120 requests per minute. Above that, requests fail with 429 and a Retry-After in seconds. Bursts are not smoothed: the window is a fixed minute."},{"title":"Bulk import","score":0.87,"text":"POST /v1/imports takes up to 5,000 rows as NDJSON and counts as one request. Progress is at GET /v1/imports/:id."},{"title":"Retrying","score":0.74,"text":"Wait as long as Retry-After says, then add up to a second of jitter, so that workers do not come back all at once."},{"title":"Errors","score":0.41,"text":"4xx answers name the field at fault in error.param."}]}
a The limit is **120 requests per minute** for each token. For imports, send rows together: up to 5,000 count as one request.

\`\`\`js
await fetch('https://api.example.test/v1/imports', {
  method: 'POST',
  headers: { 'content-type': 'application/x-ndjson' },
  body: rows.map((row) => JSON.stringify(row)).join('\\n'),
});
\`\`\`

If you still see a 429, wait for \`Retry-After\` and add some jitter.
u oh nice, didn't know about ndjson. thanks`,
  },
  {
    key: 'handover',
    assistant: 'support',
    variables: { ...variables, csat_before: '2' },
    aiOff: true,
    script: `
a Hello {first}, you're talking to the support assistant. What happened?
u your export is broken AGAIN
a I'm sorry. Which export is it, and what do you see?
u the same as last week. the csv. half of the rows are missing
f get_export {"workspace":"{team}","latest":true} => {"export":"EX-{ref}","rows_expected":18{num}0,"rows_written":92{num},"state":"completed","warnings":["row limit of view applied"]}
a The export EX-{ref} was cut by the row limit of the view "Open deals". If you remove the limit, you'll get all rows.
u there is NO limit in that view, I looked. can I talk to someone real please
f escalate {"reason":"customer asks for a person","sentiment":-0.{num},"export":"EX-{ref}"} => {"ok":true,"agent":"Rosa","wait_min":4}
a Of course. Rosa takes over from here, in about four minutes; she can see this whole conversation.`,
  },
  {
    key: 'webhooks',
    assistant: 'support',
    variables,
    script: `
a Hello {first}, you're talking to the support assistant. What happened?
u Our webhooks stopped coming since {past}
f list_webhooks {"workspace":"{team}"} => {"webhooks":[{"id":"wh_{ref}","url":"https://hooks.{team}.example.test/in","events":["deal.won","deal.lost"],"state":"paused","paused_by":"system"}]}
f delivery_log {"webhook":"wh_{ref}","limit":5} => {"deliveries":[{"at":"{past}T03:00:11Z","status":502,"ms":{ms}},{"at":"{past}T03:05:12Z","status":502,"ms":{ms}},{"at":"{past}T03:20:12Z","status":502,"ms":{ms}},{"at":"{past}T04:20:12Z","status":0,"error":"certificate has expired"},{"at":"{past}T06:20:12Z","status":0,"error":"certificate has expired"}],"undelivered":{num}}
a Your endpoint returned 502, and then its **certificate expired**, so we paused wh_{ref} after five failures. {num} events are waiting.
u renewed the cert just now
f resume_webhook {"webhook":"wh_{ref}","replay":true} => {"state":"active","replayed":{num},"failed":0}
a It's running again, and all {num} waiting events were delivered.`,
  },
];
