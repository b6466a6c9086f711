import { isObject, type Json, type JsonPath } from './json.ts';

export type PlacedComponent = { component: Json; path: JsonPath };

/** Every component of a tree with its place: children, accessories and what stands in a label. */
export function everyComponent(components: unknown, path: JsonPath): PlacedComponent[] {
  if (!Array.isArray(components)) return [];
  return components.flatMap((one, index) => (isObject(one) ? withInner(one, [...path, index]) : []));
}

function withInner(component: Json, path: JsonPath): PlacedComponent[] {
  return [
    { component, path },
    ...everyComponent(component.components, [...path, 'components']),
    ...(isObject(component.accessory) ? withInner(component.accessory, [...path, 'accessory']) : []),
    ...(isObject(component.component) ? withInner(component.component, [...path, 'component']) : []),
  ];
}
