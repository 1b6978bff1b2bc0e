// Vitest 5 prints failures with Map.groupBy, which Node 20 does not have: without this a red run shows no reason.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item, groups.size);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};
