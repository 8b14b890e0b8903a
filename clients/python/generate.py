#!/usr/bin/env python3
"""Makes networkgraph_client/operations.py from the API document, with nothing but the standard library.

python3 generate.py            writes it
python3 generate.py --check    says whether it can be made, and that what it makes is valid Python
"""
import json
import keyword
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = HERE.parent.parent / "src" / "dashboard" / "openapi.json"
TARGET = HERE / "networkgraph_client" / "operations.py"
METHODS = ("get", "put", "post", "patch", "delete")


def snake(name):
    word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return word + "_" if keyword.iskeyword(word) else word


def operation_source(path, method, operation):
    name = snake(operation["operationId"])
    parameters = operation.get("parameters", [])
    in_path = [p for p in parameters if p["in"] == "path"]
    in_query = [p for p in parameters if p["in"] == "query"]
    contents = operation.get("requestBody", {}).get("content", {})
    arguments = ["self"] + [snake(p["name"]) for p in in_path] + (["body"] if contents else [])
    if in_query or len(contents) > 1:
        arguments.append("*")
    arguments += [f"{snake(p['name'])}=None" for p in in_query]
    if len(contents) > 1:
        arguments.append(f"content_type={next(iter(contents))!r}")
    lines = [operation.get("summary", name) + ".", ""] + textwrap.wrap(operation.get("description", ""), 110)
    lines += [f":param {snake(p['name'])}: {' '.join(p.get('description', '').split())}" for p in in_path + in_query]
    doc = "\n        ".join(line.replace("\\", "\\\\").replace('"""', "'''") for line in lines).rstrip()
    paths = ", ".join(f"{p['name']!r}: {snake(p['name'])}" for p in in_path)
    query = ", ".join(f"{p['name']!r}: {snake(p['name'])}" for p in in_query)
    body = ""
    if contents:
        kind = "content_type" if len(contents) > 1 else repr(next(iter(contents)))
        body = f", body, {kind}"
    return (
        f"    def {name}({', '.join(arguments)}):\n"
        f'        """{doc}\n        """\n'
        f"        return self._ask({method.upper()!r}, {path!r}, {{{paths}}}, {{{query}}}{body})\n"
    )


def source():
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    operations = [
        operation_source(path, method, item[method])
        for path, item in sorted(document["paths"].items())
        for method in METHODS
        if method in item and item[method].get("operationId") != "getLive"
    ]
    return (
        '"""Made by generate.py from the API document; do not edit."""\n\n\n'
        "class Operations:\n"
        '    """Every operation of the API; answers are dictionaries as the API document describes them."""\n\n'
        + "\n".join(operations)
    )


if __name__ == "__main__":
    text = source()
    compile(text, str(TARGET), "exec")
    if "--check" in sys.argv:
        print(f"{text.count('    def ')} operations")
    else:
        TARGET.write_text(text, encoding="utf-8")
