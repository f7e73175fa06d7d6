// Words and shapes that the style guide (docs/style.md) bans, with what to write instead. A space in a pattern matches
// any white space; a pattern without capitals ignores case.

/** Pattern, replacement, and the kinds of text that it applies to (all but names unless given). */
export const sentenceRules = [
  // Whole clauses in place of nouns.
  [/^\W*what (?!to\b)/, 'start with the noun: "The response", "Text that"', ['comments']],
  [
    /^\W*(?:who|whose|whoever|whatever|wherever|those|all that|how)\b(?! (?:many|much|long|often|to|far|large)\b)/,
    'start with the noun or a verb',
    ['comments'],
  ],
  [/^\W*where\b/, 'start with the noun; "if" for a condition', ['comments']],
  [
    /\bwhat (?:came|comes|stands|stood|fails|failed|ships|helps|holds|follows|goes|went|waits|calls|differs|others|strangers|lies|runs|throws|moved|begins|began)\b/,
    'name the noun: "the response", "the cause"',
  ],
  [
    /\bwhat (?:is|was|were|are|has|had|can|could|may|might|must|there|of)\b(?! new\b)/,
    'name the noun: "the selection", "the loaded rows"',
  ],
  [
    /\bwhat (?:it|they|he|one|somebody|nobody|a person) (?:is|was|were|are|says?|said|has|had|brings?|brought|wants?|wanted|takes?|took|covers?|stands?|finds|found)\b/,
    'name the noun',
  ],
  [/\bwhat (?!is\b|was\b)(?:\w+ ){0,3}said\b/, 'name the noun: "the text", "the transcript"'],
  [/\bwho(?:ever|soever)\b/, '"the caller", "the user", "anyone who"'],
  [/\bthose (?:that|which|who|of which)\b/, 'repeat the noun: "rows that"'],
  [/\bthat which\b/, 'name the noun'],
  [/\ball (?:that|of what)\b/, '"everything", or the noun: "all rows that"'],
  [
    /\bwhatever (?:is|was|comes|came|waits|goes|else|could|may|it|its|they|the|a|page|list|order|strangers)\b/,
    '"any", "regardless of", or name the noun',
  ],
  [/\bof which\b/, 'use two sentences', ['ui', 'docs']],

  // People's verbs for calls, events and results.
  [/\b(?:is|are|was|were|be|been|being|not|gets?|got) told\b/, '"receives", "is notified", "is reported"'],
  [
    /(?<!\b(?:is|are|was|were|be|been|being|not|gets?|got) )\btold (?:of|to|by|again|anew|that|as|what|whole|in|nothing|how|before|once|not|on|without|for|all|something|at|or|while|when|where|whether)\b/,
    '"notified", "reported", "passed"',
  ],
  [/\b(?:tells?|telling)\b(?! (?:\w+ )?apart\b)/, '"reports", "shows", "returns", "notifies", "distinguishes"'],
  [/\b(?:hears?|heard) (?:of|what|from|nothing|it|both|yet)\b/, '"receives", "received"'],
  [
    /\bsays? (?:so|what|of|how|why|whose|when|where|nothing|something|about|whether|that|which|who|it|no)\b/,
    '"shows", "reports", "states", "means"',
    ['docs', 'comments', 'titles'],
  ],
  [/\b(?:is|was|are|were|be|been) said\b/, '"is shown", "is reported", "the messages"'],
  [/\b(?:is|are|was|were|be|been|not|nothing) asked (?:for|of|about)\b/, '"is requested", "is sent"'],
  [/\basks? (?:nobody|nothing|for nothing)\b/, '"sends no request", "shows no prompt"'],
  [
    /\b(?:in words|in other words|words of (?:its|their|our|a)|words (?:for|behind|beside)|the words (?:of|for))\b/,
    '"text", "label", "message"',
    ['docs', 'comments', 'titles'],
  ],

  // Verbs with an ordinary replacement.
  [/\banew\b/, '"again", "reload"'],
  [/\bheed(?:s|ed|ing)?\b/, '"handle", "apply", "respect"'],
  [/\blest\b/, '"so that … doesn\'t", "to avoid"'],
  [/\bfor want of\b/, '"without"'],
  [/\bof (?:its|their|his) own accord\b/, '"on its own", "by itself"'],
  [/\b(?:gives?|giving|gave|given) (?:up|way)\b/, '"cancels", "stops", "discards", "yields"'],
  [/\blet(?:s|ting)? (?:\w+ )?through\b/, '"matches the filter", "allows", "passes"'],
  [
    /\blets? (?:nothing|none|no|all|fewer|what|so|others|only|four|one|it|them|go|pass)\b(?! through\b)/,
    '"allows", "releases", "stops following"',
  ],
  [/\bstand(?:s|ing)?\b(?![ -](?:for|ins?|out)\b)/, '"is", "appears", "is shown", "remains"'],
  [/\bstood\b/, '"was", "was shown"'],
  [/\b(?:draws?|drawn|drew|redrawn|undrawn|drawing)\b/, '"render", "show"'],
  [/\bkeeps? (?:what|to itself|from|no|back|nothing|over|secrets)\b/, '"saves", "stores", "avoids", "prevents"'],
  [
    /\b(?:is|are|was|were|be|been|not) kept\b(?! (?:open|alive|up to date|in sync)\b)/,
    '"is saved", "is stored", "is cached", "stays"',
  ],
  [/\blook(?:s|ed|ing)? at\b/, '"reads", "checks", "polls", "opens"', ['ui', 'comments', 'titles']],
  [/\blook(?:s|ed|ing)? for\b/, '"find", "search"', ['ui']],
  [/\b(?:brings?|brought)\b(?! (?:back|down|up|into|to the front)\b)/, '"returns", "loads", "adds"'],
  [
    /\b(?:comes?|came|coming) (?:to (?:it|those|within|an|stand|rest|nothing)|of|about|along|meanwhile|between|before|since)\b/,
    '"results in", "arrives", "is added", "precedes"',
  ],
  [/\b(?:goes|go|going|went) on\b/, '"continues"'],
  [/\bread(?:s|ing)? (?:on|anew|again)\b/, '"load more", "reload"'],
  [/\b(?:holds?|held) (?:against|of|back)\b/, '"compares with", "delays"'],
  [/\bholds? for\b/, '"applies to"'],
  [/\b(?:is|are|was|were|be) gone (?:over|through)\b/, '"is checked"'],
  [/\b(?:begun|began meanwhile)\b/, '"started"'],
  [/\b(?:does|do|did) without\b/, '"doesn\'t use", "doesn\'t need"'],
  [/\b(?:puts?|writes?) down\b/, '"saves"'],
  [/\bmade (?:out )?of it\b/, 'name the result'],
  [/\bin the place of\b/, '"instead of", "replaces"'],
  [/\b(?:is|are|was|were) to be\b/, '"must be", "will be"'],

  // People and places.
  [/\b(?:the|a|one|each|every) readers?\b|(?<!screen )\breader['’]s\b/, '"the user", "the user\'s"'],
  [/\bstrangers?\b/, '"untrusted"'],
  [/\b(?:nobody|no one|somebody|someone)\b/, '"no caller", "the user", "a caller", "another process"'],
  [/\brooms\b|\b(?:each|by|longest|one|every|which|another|other) room\b/, '"module", "layer"'],
  [/\b(?:ours|theirs)\b/, '"of the extension", "of the server"'],

  // Connectives.
  [
    /(?<!\b(?:places?|folder|file|lines?|position|point|column|page|screen|spot|to|from|stays?|exactly|is) )\bwhere (?:there|nothing|no|not|none|that (?:is|was)|it (?:is|was|fails|does|has|holds|can|could|must|says|takes)|they (?:are|were|can)|the (?:server|user|page|keyring|request|list|file))\b/,
    '"if", "when"',
  ],
  [
    /(?<!\b(?:places?|folder|file|lines?|position|point|column|page|screen|spot|to|from|stays?|exactly|is) )\bwhere (?:a|one|an|something|anything|all|this|both|several|more|somebody|nobody|vs code) /,
    '"if", "when"',
    ['docs', 'comments', 'titles'],
  ],
  [/\b(?:nothing|none|not|no \w+) but\b/, '"only", "except"'],
  [/\bbut (?:those|what)\b/, '"except"'],
  [/\bno more(?=[.,;:)]|$)/, '"no longer"'],
  [/\bat once\b/, '"immediately", "at the same time", "concurrently"'],
  [/\bfor ever\b/, '"forever"'],
  [/\bmeanwhile\b(?!,)/, '"in the meantime", "while it loads", "during the request"'],
  [/\b(?:thereby|therein|thereof|thereupon|hereby|whereby|wherein|hence|thus|ere)\b/, 'an ordinary word'],
  [/(?<!\bneither\b[^.;]{0,60})\bnor\b/, '"or", "and … isn\'t"'],
  [/\bbesides?\b/, '"next to", "also", "in addition"'],
  [/\bso many (?:at once|of them)\b/, 'give the number or its name'],
  [/\b(?:is|are|be|was|were) (?:no )?news\b/, '"changed", "is unknown"'],
  [/\bat the (?:least|most)\b/, '"at least", "at most"'],
  [/\bin (?:no|any) case\b/, '"never", "always", "ignoring case"'],

  // Spelling, glossary and marks.
  [/[‘’“”]/, 'straight quotes'],
  [
    /\b(?:cancelled|cancelling|colour\w*|behaviour\w*|licences?|neighbour\w*|centre|honours?|favours?|grey|catalogue|analyse[ds]?|labelled|levell\w+|(?:initial|normal|recogn|organ|serial|local)is(?:e[ds]?|ing|ation)|fulfil|learnt|spelt|towards)\b/,
    'American spelling',
  ],
  [/\bAiployees\b/, '"AIployees"'],
  [/\bTry Again\b/, '"Retry"', ['ui']],
  [/\bfunction calls?\b/, '"tool call"', ['ui', 'comments', 'titles']],
  [/\bchats?\b(?! with\b)/, '"conversation"'],
  [/\b(?:requests|messages|times|conversations|rows) a (?:second|minute|hour|day)\b/, '"per minute"'],
  [
    /\b(?:cannot|can not|(?:is|are|was|were|does|do|did|has|have|had|will|would|could|should) not)\b/,
    'a contraction: "can\'t", "isn\'t"',
    ['ui', 'docs'],
  ],
  [/\b(?:e\.g\.|i\.e\.|etc\.?)(?!\w)/, '"for example", "that is", "and so on"', ['ui', 'docs']],
  [
    /^\W*(?:milli)?seconds?(?:\.| that| in| until| after| before| to| between)/,
    'end the name in Ms and delete the comment',
    ['comments'],
  ],
];

/** Booleans that VS Code, Node and browsers name so. */
const platformNames = new Set([
  'aborted',
  'checked',
  'closed',
  'disabled',
  'ended',
  'expanded',
  'focused',
  'picked',
  'selected',
]);

/**
 * Pattern, replacement, and the condition for declared names. A name is matched as its words in lowercase:
 * `toldOfBadAddress` is "told of bad address".
 */
export const nameRules = [
  [/\b(?:told|tells?|telling|teller)\b/, 'notify, report, show, emit, return'],
  [/\b(?:heard|hears?)\b/, 'received, on…'],
  [/\b(?:said|says?)\b/, 'text, message, shows'],
  [/\b(?:asks|asked)\b/, 'requested, requests, prompts'],
  [/\b(?:heed|heeds|heeded)\b/, 'apply, handle'],
  [/\banew\b/, 'again, reload'],
  [/\b(?:nobody|somebody|someone|whoever|lest)\b/, 'the thing itself'],
  [/\bstrangers?\b/, 'untrusted'],
  [/\brooms?\b/, 'module'],
  [/\b(?:draws?|drawn|undrawn|redraw)\b/, 'render, show'],
  [/\b(?:kept|unkept|keeps)\b/, 'saved, stored, cached, pinned, unsaved'],
  [/\b(?:stands|standing)\b/, 'status, state'],
  [/\bpictures?\b/, 'presentation; image or screenshot for a real picture'],
  [/\b(?:ours|theirs|their)\b/, 'the owner'],
  [/\blook(?:s|ed)?\b(?! (?:up|like))/, 'poll, check, find, view mode'],
  [
    /^words\b|^(?!max ).*\bwords$/,
    'text, message, label, format…, …View; words only for a collection of single words',
    (name) => !name.isCollection && !name.isBoolean,
  ],
  [/\b(?:most|longest|smallest|fewest)\b/, 'maxX, minX', (name) => name.isConstant],
  [/^(?:enough|patience|most|longest|unnoticed)$/, 'maxX, minX, …Ms', (name) => !name.isConstant],
  [
    /\b(?:hopeless|barren|fruitless|tamed|unstarted|unsaid|doubt|likeness|wish|wishes|traffic|pace|rumou?r|troubles?|way out|news|unevenness|slowness)\b/,
    'the standard term: fatal, empty, escaped, uncertain, similarity, subscriber, fetches, throttle, problem',
  ],
  [
    /^(?:lets|passes|brings|allows|swallows|looks|obey|goes on)$/,
    'a verb phrase: matches, shouldSuppress, handleMessage',
  ],
  [
    /^(?!(?:succeed|proceed|exceed|feed|need|seed|embed)$)(?:\w+ed|shown|gone|taken|made|given|held|begun|written|met|found|sent|hidden|chosen|broken)$/,
    'a verb for functions, is/has/can/should for booleans',
    (name) => name.isFunction || (name.isBoolean && !platformNames.has(name.text)),
  ],
  [/ of$/, 'a verb: parse, format, create, find, to…; xOf only for a plain getter', (name) => name.statements > 1],
  [
    /\b(?:cancelled|cancelling|colours?|behaviours?|licences?|neighbours?|centre|honours?|grey|labelled|(?:serial|normal|initial|recogn|organ)ise[rds]?)\b/,
    'American spelling',
  ],
];
