// Python for one page: it runs here, beside the page, so that the page never stands still. The page sends what to run
// and what a learner sets, and hears each message of bridge.py, and how far the loading is.

// Shares no name with other scripts, as it is served alone.
const page = /** @type {any} */ (globalThis);
const WASM = { "Content-Type": "application/wasm" };
const here = new URL("./", import.meta.url);
const pyodide = new URL("../pyodide/", here);
const fetchAsIs = page.fetch.bind(page);

/** @param {LiveMessage} message */
const tell = (message) => page.postMessage(message);

// --- loading

const PACKED = ["/pyodide.asm.wasm", "/read.json"]; // a plain file server packs nothing

/** @type {Map<string, Promise<Response>>} */
const begun = new Map();
let read = 0;

// A file that lies there packed as it is; every byte is counted.
/** @param {string} address @param {RequestInit} [options] */
async function fetchCounted(address, options) {
  const packed = PACKED.some((name) => address.endsWith(name));
  const answer = await fetchAsIs(packed ? `${address}.packed` : address, options);
  if (!answer.ok) throw new Error(`${new URL(address).pathname}: ${answer.status}`);
  const counted = answer.body.pipeThrough(new TransformStream({
    transform(chunk, out) {
      read += chunk.byteLength;
      tell({ kind: "read", bytes: read });
      out.enqueue(chunk);
    },
  }));
  return packed
    ? new Response(counted.pipeThrough(new DecompressionStream("gzip")), { headers: WASM })
    : new Response(counted, { headers: answer.headers });
}

/** @param {string | URL | Request} asked @param {RequestInit} [options] */
page.fetch = (asked, options) => {
  const address = new URL(asked instanceof Request ? asked.url : asked, here).href;
  const known = begun.get(address);
  begun.delete(address);
  return known ?? fetchCounted(address, options);
};

/** @param {string} address */
function begin(address) {
  const answer = fetchCounted(address);
  answer.catch(() => {}); // whoever asks for it hears of it
  begun.set(address, answer);
  return answer;
}

async function load() {
  const [lock, packages] = await Promise.all([new URL("pyodide-lock.json", pyodide), new URL("packages.json", here)]
    .map(async ({ href }) => (await fetchCounted(href)).json()));
  lock.packages.notthesame.depends = []; // what one lab needs beside is loaded for that lab alone
  const wheels = packages.map((/** @type {string} */ name) => lock.packages[name].file_name);
  for (const name of ["pyodide.asm.wasm", "python_stdlib.zip", ...wheels]) begin(new URL(name, pyodide).href);
  const [bridge, data] = ["bridge.py", "read.json"].map((name) => begin(new URL(name, here).href));
  const { loadPyodide } = await import(new URL("pyodide.mjs", pyodide).href);
  const python = await loadPyodide({
    indexURL: pyodide.href, lockFileContents: lock, packageBaseUrl: pyodide.href, packages,
  });
  tell({ kind: "starting" });
  python.FS.mkdir("/page");
  python.FS.chmod("/page", 0o555); // what a lab would write nobody could find again
  python.FS.chdir("/page");
  python.FS.writeFile(`/lib/nts_bridge.py`, await (await bridge).text());
  python.runPython("import sys; sys.path.insert(0, '/lib')");
  const bridging = python.pyimport("nts_bridge");
  bridging.start((/** @type {string} */ message) => tell({ ...JSON.parse(message), ask: running }),
    await (await data).text());
  return { python, bridging };
}

// --- what the page asks for

const loaded = load();
let running = -1;

page.addEventListener("message", async (/** @type {MessageEvent} */ { data }) => {
  const found = await loaded.catch((error) => tell({ kind: "failed", why: lastLine(error) }));
  if (!found) return;
  const { python, bridging } = found;
  if (data.run === undefined) {
    bridging.receive(data.id, data.message);
    return;
  }
  try {
    if (data.needs.length) await python.loadPackage(data.needs);
    running = data.ask;
    bridging.run(data.run);
  } catch (error) {
    tell({ kind: "failed", why: lastLine(error), ask: data.ask });
  }
});

// What an error comes to: of a traceback the line that names it.
/** @param {any} error */
function lastLine(error) {
  const lines = String(error?.message ?? error).trim().split("\n");
  return lines.filter((line) => /^[\w.]*(Error|Exception)\b/.test(line)).at(-1) ?? lines.at(-1) ?? "";
}
