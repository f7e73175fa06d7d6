import type { Story } from './fixtures';

const variables = { patient_name: '{name}', practice: 'Clinic Desk' };

export const clinicStories: readonly Story[] = [
  {
    key: 'booking',
    assistant: 'clinic',
    variables: { ...variables, reason: '[check-up|back pain|vaccination|blood test]' },
    script: `
a Clinic Desk, hello {first}. How can I help?
u [Is Dr {doctor} free on {day}?|I'd like to see Dr {doctor} this week, {day} if possible.]
f find_slots {"doctor":"{doctor}","day":"{date}","length_min":20} => {"slots":[{"at":"{time}","room":"2"},{"at":"{time2}","room":"2"},{"at":"{time3}","room":"5"}]}
a Dr {doctor} has openings at **{time}**, **{time2}**, and **{time3}** on {day}. Which one shall I book?
u {time2} please
f book_slot {"doctor":"{doctor}","at":"{date}T{time2}","patient":"{name}","phone":"{phone}"} => {"ok":true,"ref":"B-{ref}","reminder":"sms"}
a Booked: {day} {date} at {time2} with Dr {doctor}. Your reference is **B-{ref}**; you'll get a reminder by text message.
u [thanks!|Perfect, thank you|great. do I need to bring anything?]
a Please bring your insurance card, and come ten minutes early. See you on {day}, {first}.`,
  },
  {
    key: 'slotTaken',
    assistant: 'clinic',
    variables: { ...variables, appointment: 'B-{ref}' },
    script: `
a Clinic Desk, hello {first}. How can I help?
u I have to move my appointment B-{ref}, something came up at work
f get_appointment {"ref":"B-{ref}"} => {"ref":"B-{ref}","doctor":"{doctor}","at":"{date}T{time}","movable":true}
f find_slots {"doctor":"{doctor}","from":"{date}","to":"{date2}"} => {"slots":["{date}T{time3}","{date2}T{time}","{date2}T{time2}"]}
a I can move it to {day} {time3}, or to {day2} at {time} or {time2}. What suits you?
u {day} {time3}
f move_appointment {"ref":"B-{ref}","to":"{date}T{time3}"} => {"success":false,"error":"slot_taken","taken_since":"{today}T07:58:41Z"}
a I'm sorry, {time3} was taken a moment ago. {day2} at {time} is still free. Shall I take that?
u ok, but hurry :)
f move_appointment {"ref":"B-{ref}","to":"{date2}T{time}"} => {"success":true,"ref":"B-{ref}","at":"{date2}T{time}"}
a Done. B-{ref} is now on {day2}, {date2}, at {time}.`,
  },
  {
    key: 'refillTimeout',
    assistant: 'clinic',
    variables: { ...variables, insurance: 'AOK-{ref2}' },
    aiOff: true,
    script: `
a Clinic Desk, hello {first}. How can I help?
u I need a refill of my [blood pressure|thyroid|allergy] tablets, they run out on {day}
a I can request that. To confirm that it's you, what's your date of birth?
u 14 March 19{num}
f verify_patient {"name":"{name}","born":"19{num}-03-14"} => {"verified":true,"patient_id":{ref2}}
a Thank you. I'm sending the request to Dr {doctor} now.
f request_refill {"patient_id":{ref2},"repeat":true} => Error: upstream timed out after 20000 ms (POST /v2/prescriptions)
a The prescription system isn't responding. I'll try again.
f request_refill {"patient_id":{ref2},"repeat":true} => Error: upstream timed out after 20000 ms (POST /v2/prescriptions)
f notify_staff {"topic":"refill","patient_id":{ref2},"urgency":"today"} => {"queued":true,"position":3}
a It's still not responding, so I've passed your request to a colleague, who will call {phone} today.
u That's the second time this month. I'd rather talk to a person now.
a I understand. I'm handing you over; I won't reply here anymore.`,
  },
  {
    key: 'openingHours',
    assistant: 'clinic',
    variables,
    script: `
a Clinic Desk, hello {first}. How can I help?
u [are you open on saturday?|Opening hours on Saturday?]
a On Saturdays we're open from **9:00 to 12:30**, for urgent cases and vaccinations only.

- Monday to Thursday: 8:00 to 18:00
- Friday: 8:00 to 14:00
- Saturday: 9:00 to 12:30
u and where can I park
a There's a car park behind the building, entered from Mill Lane. The first hour is free with a stamp from the front desk.`,
  },
];
