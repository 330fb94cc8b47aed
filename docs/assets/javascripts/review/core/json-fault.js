// Where a text is no JSON, in the words of the engine (reviews/json_fault.py): those of the browsers' parsers differ.

import { escapeInvisible } from "./escape.js";

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const ENDLESS = /NaN|-?Infinity/y;
// What a text is made of, some of it at a time, as a repetition without end would keep each turn.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a text may not hold.
const TEXT = /(?:[^"\\\x00-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,1000}/y;

const ESCAPE = "a backslash stands before what JSON cannot escape";
const CONTROL = "a text holds a line end or another control character; write it as \\n or \\u0000";
const CLOSING = { "{": "}", "[": "]" };
const NAMES = { "}": "object", "]": "list" };

class Fault {
  constructor(place, words) {
    this.place = place;
    this.words = words;
  }
}

class TooDeep {}

export const TOO_DEEP = "is nested too deep to be a review";

/** Return what is wrong with a text that is no JSON, or is nested deeper than so many levels before it breaks. */
export function describeFault(text, mostLevels) {
  try {
    new Scan(text, mostLevels).run();
  } catch (fault) {
    if (fault instanceof Fault) return `is not JSON: ${describePlace(text, fault.place)}: ${fault.words}`;
    if (fault instanceof TooDeep) return TOO_DEEP;
    throw fault;
  }
  return "is not JSON";
}

/** Return what is said of a number that JSON cannot hold. */
export const notANumber = (text) => `${text.slice(0, 60)} is not a number that JSON can hold`;

/** Return what is said of a key that an object has twice. */
export const givenTwice = (key) => `the key '${escapeInvisible([...key].slice(0, 60).join(""))}' is given twice`;

function describePlace(text, place) {
  const before = text.slice(0, place);
  const line = before.split("\n").length;
  const column = [...before.slice(before.lastIndexOf("\n") + 1)].length + 1;
  return `line ${line.toLocaleString("en")}, column ${column.toLocaleString("en")}`;
}

// Goes along a text; `expected` is what may stand next, and `open` has the ends of what is not closed yet.
class Scan {
  constructor(text, most) {
    this.text = text;
    this.most = most;
    this.at = 0;
    this.open = [];
    this.expected = "value";
  }

  run() {
    this.skip(SPACE);
    if (this.at === this.text.length) throw new Fault(this.at, "there is nothing in it");
    while (this.at < this.text.length) {
      this[this.expected](this.text[this.at]);
      this.skip(SPACE);
    }
    if (this.open.length || this.expected !== "rest")
      throw new Fault(this.at, "it ends too early, as if it were cut off");
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  skip(pattern) {
    const found = this.match(pattern);
    if (found) this.at += found[0].length;
    return Boolean(found);
  }

  value(sign) {
    const endless = this.match(ENDLESS);
    if (sign in CLOSING) this.begin(sign);
    else if (sign === '"') this.string("rest");
    else if (endless) throw new Fault(this.at, notANumber(endless[0]));
    else if (this.skip(NUMBER) || this.skip(WORD)) this.expected = "rest";
    else this.closeOr(sign, "]", "a value is expected");
  }

  key(sign) {
    if (sign === '"') this.string("colon");
    else this.closeOr(sign, "}", "a key in double quotes is expected");
  }

  colon(sign) {
    if (sign !== ":") throw new Fault(this.at, "a colon is expected behind the key");
    this.at++;
    this.expected = "value";
  }

  rest(sign) {
    const end = this.open.at(-1);
    if (!end) throw new Fault(this.at, "something stands behind its end");
    if (sign === ",") {
      this.at++;
      this.expected = end === "}" ? "key" : "value";
    } else if (sign === end) this.end();
    else throw new Fault(this.at, `a comma or the end of the ${NAMES[end]}, ${end}, is expected`);
  }

  begin(sign) {
    this.open.push(CLOSING[sign]);
    if (this.open.length > this.most) throw new TooDeep();
    this.at++;
    this.skip(SPACE);
    if (this.text[this.at] === CLOSING[sign]) this.end();
    else this.expected = sign === "{" ? "key" : "value";
  }

  end() {
    this.open.pop();
    this.at++;
    this.expected = "rest";
  }

  closeOr(sign, end, otherwise) {
    const isEnd = sign === end && this.open.at(-1) === end;
    throw new Fault(this.at, isEnd ? `a comma stands before the end of the ${NAMES[end]}` : otherwise);
  }

  string(then) {
    const begun = this.at++;
    while (this.skip(TEXT));
    const end = this.text[this.at];
    if (end === undefined) throw new Fault(begun, "the text that begins here has no end");
    if (end !== '"') throw new Fault(this.at, end === "\\" ? ESCAPE : CONTROL);
    this.at++;
    this.expected = then;
  }
}
