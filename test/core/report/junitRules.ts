import assert from 'node:assert/strict';
import type { XmlElement } from './xml';

interface Rule {
  /** Required attributes, and the pattern of each value without outer space. */
  readonly required: Readonly<Record<string, RegExp>>;
  readonly optional?: Readonly<Record<string, RegExp>>;
  /** Names of the children, joined with spaces. */
  readonly children: RegExp;
  readonly hasText?: true;
}

const any = /^[^]*$/;
const token = /^[^]+$/;
const count = /^\d{1,9}$/;
const seconds = /^\d+\.\d{3}$/;
const outcome: Rule = { required: { message: any, type: token }, children: /^$/, hasText: true };

/** Parts that both the schema of Ant (windyroad/JUnit-Schema) and that of Jenkins (junit-10.xsd) allow. */
const rules: Readonly<Record<string, Rule>> = {
  testsuites: { required: {}, children: /^(?:testsuite ?)*$/ },
  testsuite: {
    required: {
      id: count,
      name: token,
      package: token,
      timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
      hostname: token,
      tests: count,
      failures: count,
      errors: count,
      skipped: count,
      time: seconds,
    },
    children: /^properties (?:testcase )*system-out system-err$/,
  },
  properties: { required: {}, children: /^(?:property ?)*$/ },
  property: { required: { name: token, value: any }, children: /^$/ },
  testcase: { required: { name: token, classname: token, time: seconds }, children: /^(?:skipped|failure|error)?$/ },
  skipped: { required: {}, optional: { message: any }, children: /^$/ },
  failure: outcome,
  error: outcome,
  'system-out': { required: {}, children: /^$/, hasText: true },
  'system-err': { required: {}, children: /^$/, hasText: true },
};

/** Throws an error if a part of the report isn't allowed by both schemas. */
export function checkJunit(element: XmlElement): void {
  const { name, attributes, children, text } = element;
  const rule = rules[name];
  assert.ok(rule, `unknown element ${name}`);
  const allowed = { ...rule.required, ...rule.optional };
  for (const required of Object.keys(rule.required)) assert.ok(required in attributes, `${name} without ${required}`);
  for (const [attribute, value] of Object.entries(attributes)) {
    assert.ok(Object.hasOwn(allowed, attribute), `${name} with ${attribute}`);
    assert.match(value.trim(), allowed[attribute] ?? any, `${name} ${attribute}`);
  }
  assert.match(children.map((child) => child.name).join(' '), rule.children, `children of ${name}`);
  if (rule.hasText !== true) assert.equal(text.trim(), '', `text in ${name}`);
  for (const child of children) checkJunit(child);
}
