import type { Story } from './fixtures';

const variables = { employee_name: '{name}', device: '{host}', site: '{city}' };

export const itStories: readonly Story[] = [
  {
    key: 'vpn',
    assistant: 'it',
    variables: { ...variables, vpn: { client: '5.1.{num}', profile: 'split', gateways: ['fra-1', 'fra-2'] } },
    script: `
a Hi {first}. What isn't working?
u vpn drops every [10 minutes|half hour|few minutes] since the update
f run_diagnostics {"host":"{host}","checks":["network","vpn","disk"]} => {"host":"{host}","network":{"type":"wifi","signal_dbm":-6{qty},"loss_pct":0.4},"vpn":{"version":"5.1.{num}","mtu":1500,"drops_24h":{num2},"last_error":"DTLS: packet too big"},"disk":{"free_gb":{num},"smart":"ok"}}
a The tunnel drops because packets are too big for it: the update set the MTU back to 1500. I can set it to 1340; the VPN reconnects once. Shall I do that now?
u go ahead, I'm not in a call
f set_vpn_mtu {"host":"{host}","mtu":1340} => {"applied":true,"reconnected_in_ms":{ms}}
a Done, and you're connected again. If it still drops, message me again and mention {host}.`,
  },
  {
    key: 'newLaptop',
    assistant: 'it',
    variables: { ...variables, cost_centre: '4{ref}' },
    script: `
a Hi {first}. What isn't working?
u my laptop is 5 years old and takes 10 min to boot, can I get a new one
f get_asset {"host":"{host}"} => {"asset":"{host}","model":"ThinkPad T490","bought":"2021-02-11","warranty":"expired","eligible":true}
f list_models {"role":"engineering","site":"{city}"} => {"models":[{"id":"t14-g5","ram_gb":32,"stock":3},{"id":"p1-g7","ram_gb":64,"stock":0},{"id":"mbp-14","ram_gb":36,"stock":{qty}}]}
a Yours is due for replacement. In {city} we have a **ThinkPad T14** (32 GB) and a **MacBook Pro 14** (36 GB). Which one?
u thinkpad
f create_ticket {"type":"hardware","model":"t14-g5","for":"{login}","cost_centre":"4{ref}"} => {"ticket":"IT-{ref2}","state":"awaiting_approval","approver":"m.laurent"}
f send_message {"to":"m.laurent","text":"Please approve IT-{ref2}: laptop for {name}"} => {"delivered":true}
a Ticket **IT-{ref2}** is waiting for M. Laurent's approval. After that it takes about two days.`,
  },
  {
    key: 'wrongArguments',
    assistant: 'it',
    variables: { ...variables, note: 'Calls unlock_account without its login at first' },
    script: `
a Hi {first}. What isn't working?
u account locked, typed my old password too often
f unlock_account {} => {"success":false,"error":"validation_failed","details":{"login":["The login field is required."]}}
f unlock_account {"login":"{name}"} => {"success":false,"error":"not_found","details":{"login":["No account named {name}."]}}
a What do you sign in with: a short name such as "{login}", or your e-mail address?
u {login}
f unlock_account {"login":"{login}"} => {"success":true,"login":"{login}","locked_since":"{today}T07:41:09Z","failed_attempts":{num}}
a It's unlocked. Please use the password that you set on {past}.
u works`,
  },
  {
    key: 'printer',
    assistant: 'it',
    variables: { ...variables, floor: '{qty}' },
    script: `
a Hi {first}. What isn't working?
u the printer on floor {qty} prints everything in pink
f printer_status {"floor":{qty}} => {"printer":"PR-{qty}0{qty}","toner":{"black":{num},"cyan":0,"magenta":{num2},"yellow":31},"alerts":["CYAN EMPTY"]}
a It has run out of cyan. I'll have it replaced; until then, floor {qty} can print in black.
f order_toner {"printer":"PR-{qty}0{qty}","colour":"cyan"} => null
f set_default {"printer":"PR-{qty}0{qty}","mode":"mono"} => true
a I've let Facilities know, and the printer prints only in black for now.
u 👍`,
  },
];
