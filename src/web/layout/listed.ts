/** Appends to the list of a key. In place: a copy for each item would take a hub's links squared. */
export function listed<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
