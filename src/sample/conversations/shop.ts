import type { Story } from './fixtures';

const variables = { customer_name: '{name}', order: '#{ref}' };

export const shopStories: readonly Story[] = [
  {
    key: 'whereIsMyOrder',
    assistant: 'shop',
    variables: { ...variables, locale: 'en' },
    script: `
a Hi {first}, this is the order desk. How can I help with your order?
u [where is my parcel?? it should have been here two days ago|Order #{ref} still hasn't arrived. Where is it?]
f get_order {"order":"#{ref}"} => {"order":"#{ref}","status":"shipped","lines":[{"sku":"{sku}","title":"{item}","qty":{qty},"price":{price}}],"total":{total},"currency":"EUR","tracking":"JD0146{ref2}88"}
f track_parcel {"tracking":"JD0146{ref2}88"} => {"carrier":"DHL","state":"exception","events":[{"at":"{past}T06:12:00Z","place":"{city}","text":"Arrived at delivery base"},{"at":"{past}T08:40:00Z","place":"{city}","text":"Out for delivery"},{"at":"{past}T15:02:00Z","place":"{city}","text":"Address not found: no name on bell"},{"at":"{today}T05:55:00Z","place":"{city}","text":"Held for instructions"}],"eta":null}
a I found it. Your **{item}** reached {city}, but the driver couldn't find your name on the doorbell, so DHL is holding the parcel. Shall I ask them to try again, with a note?
u yes, the bell says "Weber"
f instruct_carrier {"tracking":"JD0146{ref2}88","action":"redeliver","note":"Bell: Weber"} => {"accepted":true,"next_attempt":"{date}"}
a Done. The next attempt is on {day}, {date}, and the driver has your note about the bell.`,
  },
  {
    key: 'refundThatFailed',
    assistant: 'shop',
    variables: { ...variables, note: 'Check what the assistant says after a failed refund' },
    script: `
a Hi {first}, this is the order desk. How can I help with your order?
u I returned {qty} x {item} last week and still don't have my money back
f get_return {"order":"#{ref}"} => {"return":"R-{ref2}","state":"received","received":"{past}","items":[{"sku":"{sku}","qty":{qty},"condition":"as new"}],"refund":null}
a Your return R-{ref2} arrived on {past}. I'll refund {total} EUR now.
f refund_order {"order":"#{ref}","amount":{total},"reason":"return R-{ref2}"} => {"success":false,"error":{"code":"amount_exceeds_captured","message":"Captured 0.00 EUR: the payment was by voucher","retryable":false}}
a All done! {total} EUR is on its way and will reach your account within three working days.
u great, thank you`,
  },
  {
    key: 'damaged',
    assistant: 'shop',
    variables: { ...variables, channel_hint: 'photo' },
    script: `
a Hi {first}, this is the order desk. How can I help with your order?
u [Image]
u it came like this. The {item} is [scratched|cracked|bent] on one side
a I'm sorry about that, {first}. Would you like a replacement, or your money back?
u replacement
f check_stock {"sku":"{sku}"} => {"sku":"{sku}","available":{num},"warehouse":"{city}"}
f create_return {"order":"#{ref}","sku":"{sku}","reason":"damaged","resolution":"replace"} => {"return":"R-{ref2}","label_url":"https://labels.example.test/R-{ref2}.pdf","replacement_order":"#{ref}-A","expires":"{date2}"}
a Your replacement **#{ref}-A** is being packed. Please send the damaged one back with [this label](https://labels.example.test/R-{ref2}.pdf); it costs you nothing.`,
  },
  {
    key: 'addressTooLate',
    assistant: 'shop',
    variables,
    script: `
a Hi {first}, this is the order desk. How can I help with your order?
u I typed the wrong house number! It's {num}, not {num2}
f update_address {"order":"#{ref}","street":"Hafenstraße","number":"{num}"} => {"success":false,"error":"already_with_carrier","handed_over":"{today}T04:30:00Z"}
a Your parcel left our warehouse early this morning, so I can't change the address anymore. I can ask the carrier to bring it to a parcel shop near you instead.
u which ones are there
f list_pickup_points {"zip":"28{num}5","limit":4} => [{"id":"P1","name":"Kiosk am Wall","open":"7-20","m":180},{"id":"P2","name":"Bäckerei Lohse","open":"6-18","m":420},{"id":"P3","name":"Packstation 118","open":"0-24","m":650},{"id":"P4","name":"Tabak Yilmaz","open":"8-19","m":900}]
a The nearest are:

1. **Kiosk am Wall**, 180 m, open 7 to 20
2. **Bäckerei Lohse**, 420 m, open 6 to 18
3. **Packstation 118**, 650 m, always open
u 3
f instruct_carrier {"order":"#{ref}","action":"pickup","point":"P3"} => {"accepted":true}
a Packstation 118 it is. You'll get the code by text message.`,
  },
  {
    key: 'searchWithoutHits',
    assistant: 'shop',
    variables: { customer_name: '{name}', cart_value: '{price}' },
    script: `
a Hi {first}, this is the order desk. How can I help with your order?
u do you have something like the {item}, but in green?
f search_products {"query":"{item}","filters":{"colour":["green"],"in_stock":true},"limit":5} => {"hits":[],"facets":{"colour":{"black":4,"oak":2,"sand":7}},"took_ms":{ms}}
f search_products {"query":"{item}","filters":{},"limit":5} => {"hits":[{"sku":"{sku}","title":"{item}","colour":"sand","price":{price},"stock":{num}},{"sku":"{sku}-B","title":"{item}","colour":"black","price":{price},"stock":0,"back":"{date2}"}],"took_ms":{ms}}
a Not in green, sorry. There is **sand** ({price} EUR, in stock) and **black**, which is back on {date2}.
u put black on my list and use the code WELCOME10
f add_to_wishlist {"sku":"{sku}-B","notify":true} => null
f apply_coupon {"code":"WELCOME10","customer":"{mail}"} => Coupon WELCOME10 can't be used: it is for first orders only
a It's on your list, and you'll get a message when it's back. The code WELCOME10 is for first orders only, so I couldn't use it here.`,
  },
];
