// A page that answers a form stands in the browser's history as the page to read again. Else Back and Reload would lead
// to the browser's own question whether to send the form once more.
history.replaceState(null, "", document.body.dataset.again);
