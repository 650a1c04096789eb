// Compiles Python's own library with the very Python that reads it: node compile.mjs FOLDER OUT
// FOLDER holds Pyodide as its publisher packs it; OUT is its python_stdlib.zip with modules that are compiled.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const COMPILE = `
import importlib.util, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def compiled(name, source):
    # What a module says of itself is left out, but for Pyodide's, which hands it on.
    level = 0 if "pyodide" in name else 2
    code = compile(source, f"/lib/python314.zip/{name}", "exec", dont_inherit=True, optimize=level)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))

with zipfile.ZipFile("/given.zip") as given, zipfile.ZipFile("/made.zip", "w") as made:
    for name in sorted(given.namelist()):
        content = given.read(name)
        if name.endswith(".py"):
            name, content = f"{name}c", compiled(name, content)
        made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
`;
const [folder, out] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${folder}/` });
python.FS.writeFile("/given.zip", readFileSync(`${folder}/python_stdlib.zip`));
python.runPython(COMPILE);
writeFileSync(out, python.FS.readFile("/made.zip"));
