// Everything works without these modules; they save, reveal and count.
import "./focus.js";
import "./reveal.js";
import "./stepper.js";
import "./autosave.js";
