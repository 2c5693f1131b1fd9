import Language
import Model
import Patterns
import Printers
import Session
import Syntax
import Value
import YAML

/// A parser to throw inputs at: it must give an answer, and where it takes one, what it wrote must read
/// back as the same.
struct FuzzTarget: Sendable {
    let name: String
    let seeds: [String]
    /// Answers what is wrong; nil where the answer is good, whatever it is.
    let run: @Sendable (_ text: String) -> String?

    static let all: [FuzzTarget] =
        [
            syntax, json, yaml, patches, selectors, quantities, templates, patterns, paths, verbs,
        ] + tools

    private static let syntax = FuzzTarget(
        name: "syntax",
        seeds: [
            "let x = [1, 2.5, \"a${x}b\", 'c', null, {a: 1}] # note\nprint x[0].a[*].b[c=d]\n",
            "scenario \"a ${b}\" tags t for b in 1..3 {\n  expect within 5m: pods[app=web] has .x == 5Gi\n}\n",
            "apply -f - <<EOF && get pods | grep 'a' > b\nkind: ${k}\nEOF\n",
            "fn f(a, b = 2) => if a > b then -a else map(pods@*[], .spec.x sort by it desc)\n",
            "always deployment/web .status.x >= 3 { every 1s { at 2h { skip \"x\" } } }\n",
            "behavior nginx:* ordinal=0 { exitAfter: 1s, memory: [{from: 0s, use: 1Gi}] }\n",
        ]
    ) { text in
        let result = Parser.parse(Source(name: "fuzz", text: text))
        let facts = ClusterFacts(files: ScriptFiles(folder: "/nonexistent"))
        let program = Program(checking: result.script, facts: facts)
        _ = DiagnosticRenderer().render(result.diagnostics + program.diagnostics)
        return nil
    }

    private static let json = FuzzTarget(
        name: "json", seeds: [document, #"[1e308, -0.5e-3, "\u00e9\ud83d\ude00\n", true, null]"#]
    ) { text in
        guard let value = try? JSON.parse(text) else { return nil }
        // The texts are compared: a float of more than 2^53 without a fraction reads back as an integer (as
        // upstream's does), and its shortest text need not be that integer to the last digit.
        let text = JSON.text(value)
        // A float of -0 is written as -0, which reads as the integer 0, as upstream's does.
        let zero = /-0(?![.0-9e])/
        guard let again = try? JSON.parse(text),
            JSON.text(again).replacing(zero, with: "0") == text.replacing(zero, with: "0")
        else {
            return "does not read back"
        }
        return nil
    }

    private static let yaml = FuzzTarget(
        name: "yaml",
        seeds: [
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: \"a\"\n  labels: {app: web, n: 0x1F}\n",
            "a: &x\n- b\n- *x\n---\nc: |+\n  d\n  e\nf: >-\n  g\n? h\n: !!str 1\n",
            "a: {b: [1, 2.5e3, ~]}\n",
        ]
    ) { text in
        for document in YAML.read(text).documents { _ = YAMLPrinter.text(document.value) }
        return nil
    }

    private static let document =
        #"{"metadata": {"name": "a", "labels": {"a/b": "c"}}, "spec": {"containers": [{"name": "c", "image": "i", "ports": [{"containerPort": 80}]}]}}"#

    private static let patches = FuzzTarget(
        name: "patches",
        seeds: [
            #"[{"op": "add", "path": "/spec/containers/-", "value": 1}, {"op": "copy", "from": "/spec", "path": "/spec/x"}]"#,
            #"[{"op": "move", "from": "/metadata/labels/a~1b", "path": "/a"}, {"op": "test", "path": "/spec/containers/-1/name", "value": "c"}]"#,
            #"{"spec": {"containers": [{"name": "c", "$patch": "delete"}, {"$setElementOrder/containers": []}], "x": null}}"#,
            #"{"metadata": {"labels": {"$retainKeys": ["a"], "$patch": "replace"}}}"#,
        ]
    ) { text in
        guard let patch = try? JSON.parse(text), let pod = try? JSON.parse(document) else {
            return nil
        }
        _ = try? JSONPatch(patch).apply(to: pod)
        let merged = MergePatch.apply(patch, to: pod)
        let type = FieldFacts.type(named: "core.v1.Pod")
        if let changed = try? StrategicMergePatch.apply(patch, to: pod, type: type) {
            _ = StrategicMergePatch.diff(from: pod, to: changed, type: type)
        }
        let way = MergePatch.diff(from: pod, to: merged)
        return MergePatch.apply(way, to: pod) == merged ? nil : "the difference does not lead there"
    }

    private static let selectors = FuzzTarget(
        name: "selectors",
        seeds: [
            "app=web,tier!=db", "a in (b, c), d notin (e),!f, g",
            "metadata.name==a,spec.nodeName!=",
        ]
    ) { text in
        if let selector = try? LabelSelector(parsing: text) { _ = selector.matches(Object()) }
        _ = try? FieldSelector(parsing: text)
        return nil
    }

    private static let quantities = FuzzTarget(
        name: "quantities",
        seeds: [
            "500m", "1.5Gi", "1e3", "-9Ei", "12345678901234567890123", "0.0000000001", "1h30m",
            "2562047h",
            "1d2h3.5s", "2025-01-31T23:59:59.123456789+05:30", "*/5 0-23/2 1,15 * MON-FRI",
            "@every 1h",
        ]
    ) { text in
        if let quantity = try? Quantity(parsing: text) {
            guard let again = try? Quantity(parsing: quantity.text), again == quantity else {
                return "\(quantity.text) is another amount"
            }
            if let exact = try? Quantity(exactly: text), exact != quantity { return "two amounts" }
        }
        if let duration = (try? Duration(exactly: text)) ?? nil {
            guard (try? Duration(parsing: duration.text)) == duration else {
                return "\(duration.text) is another duration"
            }
        }
        if let number = (try? Value(exactly: text)) ?? nil { _ = JSON.text(number) }
        if let instant = Timestamp(parsing: text) { _ = instant.text }
        _ = try? CronSchedule(parsing: text)
        return nil
    }

    private static let templates = FuzzTarget(
        name: "templates",
        seeds: [
            "{{range $i, $c := .spec.containers}}{{if eq $c.name \"c\"}}{{printf \"%5.2q\" .}}{{else}}x{{end}}{{end}}",
            "{{define \"a\"}}{{.x | len}}{{end}}{{template \"a\" .}}{{with index .spec 0}}{{- . -}}{{end}}",
            "{range .spec.containers[*]}{.name}{\"\\t\"}{end}{.spec.containers[?(@.name==\"c\")].image}",
            "{..name}{.spec['containers'][-1:0:2].ports[0,1]}", "NAME:.metadata.name,I:.spec.x[*]",
        ]
    ) { text in
        guard let pod = try? JSON.parse(document) else { return nil }
        if let template = try? GoTemplate(text) { _ = try? template.output(for: pod) }
        if let template = try? JSONPathTemplate(text) { _ = try? template.output(for: pod) }
        _ = try? CustomColumns(text)
        return nil
    }

    private static let patterns = FuzzTarget(
        name: "patterns",
        seeds: ["^a[b-d]{2,5}(e|f)*?$", "[[:alpha:]]+\\d\\w(?i)x", "(a*)*b", "web-*", "**/[!a]?"]
    ) { text in
        let limits = PatternLimits(size: 2_000, steps: 20_000)
        for syntax in [PatternSyntax.re2, .basic, .extended, .lenient] {
            guard let pattern = try? Pattern(text, syntax: syntax, limits: limits) else { continue }
            _ = try? pattern.matches("abcdef web-1\naaaaaaaaaaaaaaaaaaaaaac")
        }
        _ = Glob(text).matches("web-1/abc")
        return nil
    }

    private static let paths = FuzzTarget(
        name: "paths",
        seeds: [".spec.containers[0].image", ".a[name=b].c[*]", ".x['y.z'][-1]", "/a/b~1c/-"]
    ) { text in
        guard let pod = try? JSON.parse(document) else { return nil }
        _ = JSONPointer(parsing: text)
        guard let path = try? FieldPath(parsing: text) else { return nil }
        _ = pod[path]
        return (try? FieldPath(parsing: path.text)) == path ? nil : "\(path.text) is another path"
    }
}
