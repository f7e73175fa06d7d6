import { type Node, type Pair, type Scalar, isMap, isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { TextRange } from './suite';
import { type MapKind, assertionTypes, parseTypeName } from './vocabulary';
import { yamlOptions } from './yamlSource';

/** The role of a scalar in a test file. */
export type Role =
  | { readonly role: 'key'; readonly map: MapKind; readonly others: readonly string[] }
  | { readonly role: 'value'; readonly map: MapKind; readonly key: string }
  | { readonly role: 'tool' };

export interface Located {
  readonly text: string;
  readonly range: TextRange;
  readonly roles: readonly Role[];
}

/** A place in the file's structure: a map, a list of something, or a value. */
type Place =
  | { readonly kind: 'map'; readonly map: MapKind }
  | { readonly kind: 'list'; readonly item: Place }
  | { readonly kind: 'value'; readonly map: MapKind; readonly key: string }
  | { readonly kind: 'tool' }
  /** Any of them. */
  | { readonly kind: 'either'; readonly places: readonly Place[] };

const mapOf = (map: MapKind): Place => ({ kind: 'map', map });
const listOf = (item: Place): Place => ({ kind: 'list', item });
const tool: Place = { kind: 'tool' };

/** Finds the scalar that `matches`, also in a file with errors. */
export function locateScalar(text: string, matches: (scalar: Scalar) => boolean): Located | undefined {
  const document = parseDocument(text, yamlOptions);
  let found: Located | undefined;
  visit(document, {
    Scalar: (key, node, path) => {
      if (!matches(node)) return undefined;
      const ancestors = path.filter((each): each is Node | Pair => each !== document);
      const range = { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
      found = { text: String(node.source ?? ''), range, roles: findRoles(ancestors, key === 'key', node) };
      return visit.BREAK;
    },
  });
  return found;
}

function findRoles(ancestors: readonly (Node | Pair)[], isKey: boolean, node: Scalar): readonly Role[] {
  let place: Place | undefined = mapOf('suite');
  let map: Node | undefined;
  for (const [index, each] of ancestors.entries()) {
    if (isMap(each)) map = each;
    if (isSeq(each)) place = place && findItem(place);
    if (!isPair(each)) continue;
    // The last pair of a key is its own.
    if (isKey && index === ancestors.length - 1) break;
    place = place && isScalar(each.key) ? findField(place, String(each.key.value), map) : undefined;
  }
  return place === undefined ? [] : listRoles(place, isKey, listKeys(map, node));
}

function listRoles(place: Place, isKey: boolean, others: readonly string[]): readonly Role[] {
  switch (place.kind) {
    case 'either':
      return place.places.flatMap((each) => listRoles(each, isKey, others));
    case 'map':
      // A scalar in place of a map is a key that has no colon yet.
      return [{ role: 'key', map: place.map, others: isKey ? others : [] }];
    case 'value':
      return isKey ? [] : [{ role: 'value', map: place.map, key: place.key }];
    case 'tool':
      return isKey ? [] : [{ role: 'tool' }];
    case 'list':
      return [];
  }
}

function listKeys(map: Node | undefined, except: Scalar): readonly string[] {
  if (!isMap(map)) return [];
  return map.items.flatMap(({ key }) => (isScalar(key) && key !== except ? [String(key.value)] : []));
}

function findItem(place: Place): Place | undefined {
  if (place.kind === 'either') return place.places.map(findItem).find((each) => each !== undefined);
  return place.kind === 'list' ? place.item : undefined;
}

function findField(place: Place, key: string, map: Node | undefined): Place | undefined {
  if (place.kind === 'either') {
    const maps = place.places.filter((each) => each.kind === 'map');
    return maps.map((each) => findField(each, key, map)).find((each) => each !== undefined);
  }
  if (place.kind !== 'map') return undefined;
  const value: Place = { kind: 'value', map: place.map, key };
  switch (`${place.map}.${key}`) {
    case 'suite.assistant':
      return { kind: 'either', places: [value, mapOf('assistant')] };
    case 'suite.defaultTest':
      return mapOf('defaultTest');
    case 'suite.tests':
      return listOf(mapOf('test'));
    case 'test.opening':
      return mapOf('opening');
    case 'test.turns':
      return listOf(mapOf('turn'));
    case 'assertion.value':
      return findAssertionValue(map);
    case 'toolUsed.name':
    case 'toolArgs.name':
      return tool;
    case 'toolSequence.steps':
      return listOf(tool);
  }
  return key === 'assert' ? listOf(mapOf('assertion')) : value;
}

function findAssertionValue(map: Node | undefined): Place | undefined {
  const type = isMap(map) ? map.get('type') : undefined;
  const known = typeof type === 'string' ? parseTypeName(type) : undefined;
  if (known === undefined) return undefined;
  switch (assertionTypes[known.name].value) {
    case 'range':
      return mapOf('range');
    case 'toolUsed':
      return { kind: 'either', places: [tool, listOf(tool), mapOf('toolUsed')] };
    case 'toolArgs':
      return mapOf('toolArgs');
    case 'toolSequence':
      return { kind: 'either', places: [listOf(tool), mapOf('toolSequence')] };
    default:
      return undefined;
  }
}
