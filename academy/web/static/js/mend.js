// A page that came back with something to mend: go where it is, so that it is read out and in view.
const wrong = document.querySelector("main [aria-invalid=true], main .has-error :is(input, select, textarea), main fieldset[aria-describedby$=-error] :is(input, select)");
if (wrong) wrong.focus();
