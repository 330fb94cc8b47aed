// What a script of the site itself would do if somebody brought it to; each attempt stands alone.
const attempts = [
  () => eval("ran.push('eval')"),
  () => new Function("ran.push('function')")(),
  () => setTimeout("ran.push('timer')"),
  () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) && ran.push("wasm"),
  () => {
    new Worker(URL.createObjectURL(new Blob(["postMessage(0)"]))).onmessage = () => ran.push("worker");
  },
  () => fetch("https://elsewhere.example/fetch").catch(() => {}),
];
for (const attempt of attempts) {
  try {
    attempt();
  } catch {
    // What is forbidden may throw.
  }
}
