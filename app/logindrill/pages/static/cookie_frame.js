// Tells the page around it, which only pages of this machine can be, whether the browser sends cookies from there.
parent.postMessage(document.documentElement.dataset.cookies, "*");
