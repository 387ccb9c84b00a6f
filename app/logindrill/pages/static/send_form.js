// The answer to an application that wants it by POST; without this script, the person presses Continue.
document.getElementById("answer").submit();
