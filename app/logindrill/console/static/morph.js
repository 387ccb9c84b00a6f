// Makes one element like another and keeps what is the same: focus, scroll, opened details and typed text stay.

export function morph(old, fresh) {
  copyAttributes(old, fresh);
  const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let place = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    let kept = place;
    if (wanted.id && known.has(wanted.id)) {
      kept = known.get(wanted.id);
      if (kept !== place) old.insertBefore(kept, place);
      else place = place.nextSibling;
    } else if (place && isLike(place, wanted)) {
      place = place.nextSibling;
    } else {
      old.insertBefore(document.importNode(wanted, true), place);
      continue;
    }
    if (kept.nodeType === Node.ELEMENT_NODE) morph(kept, wanted);
    else if (kept.nodeValue !== wanted.nodeValue) kept.nodeValue = wanted.nodeValue;
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function isLike(one, other) {
  return one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
}

function copyAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
}
