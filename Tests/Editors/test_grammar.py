"""The grammar of VS Code, with the engine for regular expressions that VS Code has (Oniguruma).

    python test_grammar.py GRAMMAR
"""

import json
import sys

import onigurumacffi

GRAMMAR = json.load(open(sys.argv[1], encoding="utf-8"))

# Lines with pieces that must be coloured as something; None for pieces that must not be.
LINES = [
    ("  rollout status deployment/web -n shop", {
        "rollout": "support.function.verb", "status": "support.function.subverb",
        "deployment": "entity.name.type.kind", "web": "entity.name.object",
        "-n": "entity.other.attribute-name"}),
    ("kubectl get pods -o wide | grep web", {
        "kubectl ": "support.function.kubectl", "get": "support.function.verb",
        "grep": "support.function.tool"}),
    ("$ apply -f web.yaml", {"$ ": "punctuation.definition.prompt", "apply": "support.function.verb"}),
    ('expect every pods[app=shop] has .status.phase == "Running"', {
        "expect": "keyword.other.expectation", "every": "keyword.other.expectation",
        "pods": "entity.name.type.kind", "has": "keyword.other.expectation",
        "status": "variable.other.property", "==": "keyword.operator"}),
    ("expect within 1m: deployment/api .status.readyReplicas == n and x contains y", {
        "within": "keyword.other.expectation", "1m": "constant.numeric",
        "and": "keyword.operator.word", "contains": "keyword.operator.word", "n": None}),
    ("let x = count(pods[]) + 250m", {
        "let": "storage.type", "count": "support.function.builtin", "250m": "constant.numeric"}),
    ("fn ready(name, least = 1) {", {
        "fn": "storage.type", "ready": "entity.name.function", "1": "constant.numeric"}),
    ("behavior nginx:* { startDelay: 2s }", {
        "behavior": "storage.type", "startDelay": "support.type.property-name"}),
    ("scenario \"a\" tags slow for n in [1, 2] {", {
        "scenario": "storage.type", "tags": "keyword.operator.word", "for": "keyword.control"}),
    ("settle  # get pods", {"settle": "support.function.verb", "# get pods": "comment.line", "get": None}),
    ('  pitfall "latest" when pod/web exists', {
        "pitfall": "storage.type.part", '"latest"': "string", "when": "storage.type.part",
        "pod": "entity.name.type.kind"}),
    ('  goal once "All run" zh "…" {', {"goal": "storage.type.part", " once": "storage.type.part"}),
    ("  } expects always \"One is ready\"", {
        "expects": "storage.type.part", "always": "storage.type.part"}),
    ("  level 2", {"level": "storage.type.part", "2": "constant.numeric"}),
    ("  vary app in [\"web\"]", {"vary": "storage.type.part", "in": "keyword.operator.word"}),
    ("  story zh <<EOF", {"story": "storage.type.part", "EOF": "constant.other"}),
    ("title: more", {"title": None}),
    ("print x.where, true", {
        "print": "keyword.other", "where": "variable.other.property", "true": "constant.language"}),
]


def patterns(value):
    """Every regular expression of the grammar that stands alone."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("match", "begin") and isinstance(inner, str):
                yield inner
            yield from patterns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from patterns(inner)


COMPILED = {text: onigurumacffi.compile(text) for text in patterns(GRAMMAR)}


def rules():
    for include in GRAMMAR["patterns"]:
        rule = GRAMMAR["repository"][include["include"][1:]]
        yield from rule["patterns"] if "patterns" in rule and "begin" not in rule else [rule]


def tokens(line):
    """The pieces of a line with their scopes: at each place the first rule that matches earliest."""
    found, place = [], 0
    while place < len(line):
        best = None
        for rule in rules():
            match = COMPILED[rule.get("match") or rule["begin"]].search(line, place)
            if match and match.end() > match.start() and (
                    best is None or match.start() < best[0].start()):
                best = (match, rule)
        if best is None:
            break
        match, rule = best
        captures = rule.get("captures") or rule.get("beginCaptures")
        if captures:
            for number, capture in captures.items():
                piece = match.group(int(number))
                if piece:
                    found.append((piece, capture["name"]))
        else:
            found.append((match.group(), rule.get("name", "")))
        place = match.end()
    return found


failed = 0
for line, wanted in LINES:
    found = tokens(line)
    for piece, scope in wanted.items():
        scopes = [name for text, name in found if text == piece]
        good = not scopes if scope is None else any(name.startswith(scope) for name in scopes)
        if not good:
            failed += 1
            print(f"✘ {line}\n  {piece!r} is {scopes}, wanted {scope}")
print(f"{len(COMPILED)} patterns compile, {len(LINES)} lines are coloured")
sys.exit(1 if failed else 0)
