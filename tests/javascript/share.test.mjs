// A link carries a review: as it was, or not at all.

import assert from "node:assert/strict";
import { test } from "node:test";

import { given, load } from "./page.mjs";

const { LinkError, isSealed, pack, unpack } = await load("core/share.js");
const { completeAddress } = await load("core/address.js");
const made = Object.entries(JSON.parse(given("made.json")));

for (const [name, text] of made)
  test(`a link gives back the review ${name}, and nothing in it needs an escape`, async () => {
    const packed = await pack(text);
    assert.equal(await unpack(packed), text);
    assert.match(packed, /^2\.[\w-]+$/);
    assert.equal(new URLSearchParams(`share=${packed}`).get("share"), packed);
  });

test("a password opens what it has closed, and no other does", async () => {
  const [[, text]] = made;
  const packed = await pack(text, "sesame ü");
  assert.ok(isSealed(packed));
  assert.equal(await unpack(packed, "sesame ü"), text);
  await assert.rejects(unpack(packed, "sesame"), LinkError);
  assert.notEqual(await pack(text, "sesame ü"), packed);
});

test("a link that was cut, changed or made up is refused in words", async () => {
  const packed = await pack(made[0][1]);
  const sealed = await pack(made[0][1], "x");
  const bad = [packed.slice(0, -9), `${packed.slice(0, 40)}A${packed.slice(40)}`, "1.", "1.***", "2.abc", "", "x"];
  for (const each of bad) await assert.rejects(unpack(each), LinkError, each);
  for (const each of [sealed.slice(0, -9), sealed.slice(0, 12), "1e.***"])
    await assert.rejects(unpack(each, "x"), LinkError, each);
});

test("a link in which one letter was changed gives the review as it was, or is refused", async () => {
  const text = made[0][1];
  const packed = await pack(text);
  for (let at = 2; at < packed.length; at += 7) {
    const changed = packed.slice(0, at) + (packed[at] === "A" ? "B" : "A") + packed.slice(at + 1);
    try {
      assert.equal(await unpack(changed), text, `${at}`);
    } catch (error) {
      assert.ok(error instanceof LinkError, `${at}: ${error}`);
    }
  }
});

test("an older link, without a checksum, is still read", async () => {
  const packed = new Blob(["{}"]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = Buffer.from(await new Response(packed).arrayBuffer());
  assert.equal(await unpack(`1.${bytes.toString("base64url")}`), "{}");
});

test("a link that unpacks to very much is refused before it is held", async () => {
  const bomb = await pack("0".repeat(60_000_000));
  assert.ok(bomb.length < 100_000);
  await assert.rejects(unpack(bomb), /more than/);
});

test("an address of the web gets its https://, and what is none is left out", () => {
  const whole = {
    "example.com": "https://example.com",
    " wiki.example.com:8080/a?b#c ": "https://wiki.example.com:8080/a?b#c",
    "localhost:8000/x": "https://localhost:8000/x",
    "http://example.com": "http://example.com",
    "HTTPS://Example.com": "https://Example.com",
  };
  for (const [typed, kept] of Object.entries(whole)) assert.equal(completeAddress(typed), kept, typed);
  for (const typed of [
    "",
    "javascript:alert(1)",
    "mailto:a@example.com",
    "docs/adr/0012.md",
    "a b.example",
    "ftp://x.y",
  ])
    assert.equal(completeAddress(typed), "", typed);
});
