"""Checks events, a JSON document a line on standard input, against the schemas of the folders in the arguments. Prints what is wrong."""
import glob
import json
import sys
import warnings

warnings.simplefilter("ignore")
import jsonschema

store = {}
for folder in sys.argv[1:]:
    for path in glob.glob(folder + "/*.json"):
        with open(path) as file:
            schema = json.load(file)
        store[schema["$id"]] = schema


def check(document, pointer):
    base = pointer.split("#")[0]
    if base not in store:
        return [f"unknown schema {pointer}"]
    resolver = jsonschema.RefResolver(base, store[base], store=store)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": pointer} if "#" in pointer else store[base]
    checker = jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(document)]


def facets(event):
    holders = [event["run"], event["job"], *event["inputs"], *event["outputs"]]
    for holder in holders:
        for key in ("facets", "inputFacets", "outputFacets"):
            yield from holder.get(key, {}).items()


count = 0
checked = set()
for line in sys.stdin:
    event = json.loads(line)
    count += 1
    for problem in check(event, event["schemaURL"]):
        print(f"event {count}: {problem}")
    for name, facet in facets(event):
        checked.add(name)
        for problem in check(facet, facet["_schemaURL"]):
            print(f"event {count}, facet {name}: {problem}")
print("checked", count, *sorted(checked), file=sys.stderr)
