/** What a page would be that trusts its customers: the payloads as they are. */

const batch = await (await fetch(`/batch.json${location.search}`)).json();
for (const { payload } of batch) {
  const box = document.createElement('div');
  document.body.append(box);
  box.innerHTML = payload;
}
