import type { JsonValue } from '../../src/core/model/json';
import type { AddedConversation } from '../../src/sample/state';
import type { SampleConversation } from '../../src/sample/wire';
import type { SampleServer } from './sampleServer';

/** Part of every URL and command in the corpus, so that anything made of one is found. */
export const untrustedMark = 'stranger';

/** Global variable that a script of the corpus sets if it runs. */
export const ranFlag = 'ranByAStranger';

/** Icons in the corpus that VS Code itself doesn't show in the tests. */
export const untrustedIcons = ['rocket', 'flame'] as const;

/** Characters that reorder or hide text, or start a terminal command. */
export const dangerousCharacters =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|(?<!\p{Emoji})[\ufe0e\ufe0f]/u;

/** Harmful texts by their effect if they aren't treated as text. @param canary URL of a server to load from */
export function hostileTexts(canary: string): Readonly<Record<string, string>> {
  const run = `globalThis.${ranFlag}=1;fetch('${canary}/${untrustedMark}/ran')`;
  const load = (how: string): string => `${canary}/${untrustedMark}/${how}`;
  return {
    script: `<script>${run}</script>`,
    handler: `"'><img src=x onerror="${run}"><svg onload="${run}">`,
    loads: `<img src="${load('img')}"><link rel=stylesheet href="${load('css')}"><iframe src="${load('frame')}"></iframe><style>@import '${load('import')}'</style>`,
    meta: `<base href="${canary}/"><meta http-equiv="refresh" content="0;url=${load('meta')}"><form action="${load('form')}"><button>Go</button></form>`,
    scriptLink: `[Sign in](javascript:${run}) <a href="javascript:${run}">Sign in</a>`,
    commandLink: `[Sign in](command:${untrustedMark}.run?%22x%22) <command:${untrustedMark}.run> [file](file:///${untrustedMark}) [uri](vscode://${untrustedMark}/x)`,
    image: `![pixel](${load('pixel.png')}) ![pixel][p]\n\n[p]: ${load('reference.png')} "title"`,
    link: `[Pay](${load('link')} "Pay") <${load('auto')}> ${load('bare')}`,
    dataLink: `[Open](data:text/html,<script>${run}</script>) ![x](data:image/svg+xml,<svg/onload=${untrustedMark}>)`,
    markdown:
      '# Head\n\n* * *\n\n| a | b |\n|---|---|\n| c | d |\n\n```js\nx\n````\n\n~~~\n</textarea></title></style>',
    icon: `$(${untrustedIcons[0]}) $(${untrustedIcons[1]}~spin) \\$(${untrustedIcons[0]})`,
    bidi: 'invoice\u202efdp.exe\u202c \u2066hidden\u2069 \u200fmark\u061c',
    control: 'a\u0000b\u0007c\u0008d\u000be\u001bf\u007fg\u0085h\u2028i\u2029j',
    terminal: '\u001b]0;title\u0007\u001b[2J\u001b[31mred\u001b[0m \u009b31m',
    surrogates: 'high \ud83d low \ude00 swapped \ude00\ud83d',
    zeroWidth:
      'pay\u200bpal\u200d\u2060\ufeff \u00ad \u206a\u034f\ufff9\u{1d173} \u{e0069}\u{e0067}\u{e007f} a\ufe00\ufe0f\u{e0169}\u{e0167}',
    blank: '\u200b\u2060\u00a0\u115f\u1160\u3164\uffa0\u2800\u180e',
    long: `long ${'word '.repeat(800)}${'x'.repeat(4000)}`,
    formula: `=HYPERLINK("${load('csv')}","Pay") +1 -1 @SUM(1) \t=1`,
    path: '../../../../etc/passwd%2f..\\..\\windows\u0000.md',
    prototype: '__proto__',
    constructor: 'constructor',
    placeholders: '{0} {1} {{0}} %s %d ${0} $& $1 $`',
    replaced: 'undefined null NaN [object Object] true',
    quotes: `\`\${7*7}\` {{7*7}} '";--`,
    newlines: 'one\r\ntwo\nthree\rfour\tfive',
    quotations: '>'.repeat(2000),
    lists: `${'- '.repeat(999)}a`,
    combining: `z${'\u0334\u0351\u0322'.repeat(60)}`,
    ...previewTexts(load),
  };
}

/** Texts that a Markdown preview can parse differently than our quoting expects. */
function previewTexts(load: (how: string) => string): Readonly<Record<string, string>> {
  const evil = `<img src="${load('fenced')}">\n\n![p](${load('fenced.png')})\n\n[Sign in](command:${untrustedMark}.run)`;
  const diagram = `flowchart TD\n  A@{ img: "${load('diagram')}", label: "x", w: 60, h: 60 }`;
  return {
    blankFence: `\`\`\`\n\`\`\`\u00a0 \n\`\`\`\n${evil}`,
    tabFence: `\`\`\`\n\t\`\`\`\n${evil}`,
    mathFence: `$$\n\`\`\`\n$$\n\n${evil}`,
    diagram: `\`\`\`mermaid\n${diagram}\n\`\`\`\n\n::: mermaid\n${diagram}\n:::\n\n- ~~~ Mermaid\n  ${diagram.replaceAll('\n', '\n  ')}\n  ~~~`,
    addressed: `https://a.test/<img src="${load('addressed')}"> https[://a.test/](command:${untrustedMark}.run)`,
  };
}

/** Creates an object with an own property of this name, even `__proto__`, like JSON can. */
function createObject(name: string, value: JsonValue): JsonValue {
  return JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as JsonValue;
}

/** A conversation with the text in every field that the API fills. */
export function hostileConversation(text: string): AddedConversation {
  const value = createObject(text, text);
  const nested = createObject(text, [text, value, { list: [text] }]);
  return {
    assistant: 'clinic',
    customer: { name: text, phone: text },
    whatsappSender: { name: text, phone: text },
    externalIdentifier: text,
    variables: JSON.parse(
      `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"name":${JSON.stringify(text)},"deep":${JSON.stringify(nested)}}`,
    ) as JsonValue,
    history: [
      { role: 'assistant', content: text },
      { role: text, content: text },
      {
        role: 'assistant',
        content: `before\n\n${text}\n\nafter`,
        function_calls: [
          { name: text, arguments: nested, result: { success: false, error: text } },
          { name: 'as_text', arguments: text, result: JSON.stringify(nested) },
        ],
      },
    ],
  };
}

export interface HostileConversation {
  /** Key of its text in `hostileTexts`. */
  readonly tries: string;
  readonly text: string;
  readonly conversation: SampleConversation;
}

/** Adds a conversation for each text of the corpus. One of them is the name of an assistant too. */
export function addHostileConversations(server: SampleServer, canary: string): HostileConversation[] {
  return Object.entries(hostileTexts(canary)).map(([tries, text]) => ({
    tries,
    text,
    conversation: server.addConversation(hostileConversation(text)),
  }));
}
