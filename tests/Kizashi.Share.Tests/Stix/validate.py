"""Validates a STIX bundle on standard input against the OASIS schemas in the folder given.

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


bundle = json.load(sys.stdin)
found = list(faults(bundle, schemas["bundle"]))
for item in bundle.get("objects", []):
    if item.get("type") not in schemas:
        found.append(f"{item.get('id')}: no schema for type {item.get('type')}")
    else:
        found.extend(faults(item, schemas[item["type"]]))
        found.extend(wrong_id(item))

print("\n".join(found))
sys.exit(1 if found else 0)
