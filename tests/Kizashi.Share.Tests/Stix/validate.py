"""Validates a STIX bundle, or one object, on standard input against the OASIS schemas in the folder given.

Every object is held to the schema of its own type, which is stricter than the bundle's schema alone, and the ids of
observables are made again from their contributing properties.
Prints one line for each fault; exit code 1 when there is any.
"""
import json
import pathlib
import sys
import uuid
import warnings

warnings.simplefilter("ignore")
import jsonschema

root = pathlib.Path(sys.argv[1])
schemas = {path.stem: json.loads(path.read_text()) for path in root.glob("*/*.json")}
store = {schema["$id"]: schema for schema in schemas.values() if "$id" in schema}
OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
CONTRIBUTING = {
    "ipv4-addr": ["value"],
    "ipv6-addr": ["value"],
    "autonomous-system": ["number"],
    "network-traffic": ["start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols", "extensions"],
}


def wrong_id(item):
    keys = CONTRIBUTING.get(item.get("type"))
    if keys is None:
        return
    canonical = json.dumps({key: item[key] for key in keys if key in item}, sort_keys=True, separators=(",", ":"))
    expected = f"{item['type']}--{uuid.uuid5(OBSERVABLES, canonical)}"
    if item.get("id") != expected:
        yield f"{item.get('id')}: should be {expected}"


def faults(instance, schema):
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
    validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
    for error in validator.iter_errors(instance):
        yield f"{instance.get('id')}: {error.message[:300]} at {list(error.absolute_path)}"


AMPLIFICATION = "extension-definition--7c1b0d3e-52aa-5a0e-9c57-0f6a4f0f6c21"
published = pathlib.Path(__file__).resolve().parents[3] / "docs" / "stix" / "amplification-attack.schema.json"
amplification = jsonschema.Draft202012Validator(json.loads(published.read_text()))


def wrong_extension(item):
    extension = item.get("extensions", {}).get(AMPLIFICATION)
    if extension is not None:
        for error in amplification.iter_errors(extension):
            yield f"{item.get('id')}: {error.message[:300]} in the extension"


bundle = json.load(sys.stdin)
isBundle = bundle.get("type") == "bundle"
found = list(faults(bundle, schemas["bundle"])) if isBundle else []
for item in bundle.get("objects", []) if isBundle else [bundle]:
    if item.get("type") not in schemas:
        found.append(f"{item.get('id')}: no schema for type {item.get('type')}")
    else:
        found.extend(faults(item, schemas[item["type"]]))
        found.extend(wrong_id(item))
        found.extend(wrong_extension(item))

print("\n".join(found))
sys.exit(1 if found else 0)
