import Testing
import Value

@testable import YAML

@Suite("YAML that is refused")
struct YAMLErrorTests {
    @Test(
        "an error has kubectl's words and our own exact place",
        arguments: [
            ("a: x\n bad: y\n", "line 2: mapping values are not allowed in this context", 2, 5),
            ("a: v1\nkind: [\n", "line 2: did not find expected node content", 3, 1),
            ("a: v1\n\tkind: x\n", "line 2: found a tab character that violates indentation", 2, 1),
            ("a: v1\nkind: \"x\n", "line 3: found unexpected end of stream", 3, 1),
            ("a: v1\nkind: *foo\n", "unknown anchor 'foo' referenced", 2, 7),
            (
                "a: 1\nb: 2\nc: 3\ndata: @x\n",
                "line 4: found character that cannot start any token", 4, 7
            ),
            ("a: b: c\n", "mapping values are not allowed in this context", 1, 5),
            ("x: !!int abc\n", "cannot decode !!str `abc` as a !!int", 1, 4),
            ("x: !!int yes\n", "cannot decode !!bool `yes` as a !!int", 1, 4),
            ("x: !!bool maybe\n", "cannot decode !!str `maybe` as a !!bool", 1, 4),
            ("x: !!binary '*'\n", "!!binary value contains invalid base64 data", 1, 4),
            ("? [a]\n: b\n", "invalid map key: []interface {}{\"a\"}", 1, 3),
            (
                "? {a: b}\n: c\n", "invalid map key: map[interface {}]interface {}{\"a\":\"b\"}", 1,
                3
            ),
            ("a: &a [*a]\n", "anchor 'a' value contains itself", 1, 8),
            ("<<: 3\n", "map merge requires map or sequence of maps as the value", 1, 1),
            ("<<: [3]\n", "map merge requires map or sequence of maps as the value", 1, 1),
            ("a: \"\\q\"\n", "found unknown escape character", 1, 5),
            ("a: 'x\n", "line 2: found unexpected end of stream", 2, 1),
            ("a: |\n x\n  y\n z\nb\n", "line 6: could not find expected ':'", 6, 1),
            ("a:\n  - b\n - c\n", "line 2: did not find expected key", 3, 2),
            ("%YAML 1.1\na: 1\n", "line 1: did not find expected <document start>", 2, 1),
            ("a: }\n", "did not find expected node content", 1, 4),
            ("a\nb: c\n", "line 2: mapping values are not allowed in this context", 2, 2),
            ("a: \u{1}\n", "control characters are not allowed", 1, 4),
            ("a: !<x\n", "did not find the expected '>'", 1, 7),
            ("a: {b: 1\nc: d\n", "line 1: did not find expected ',' or '}'", 2, 2),
            ("a:\n\t- b\n", "line 2: found character that cannot start any token", 2, 1),
            ("a:\n  b:\n  - name: a\n   image: b\n", "line 3: did not find expected key", 4, 4),
        ])
    func errors(text: String, message: String, line: Int, column: Int) {
        let error = YAML.read(text).error
        #expect(error?.kubectlMessage == "error converting YAML to JSON: yaml: " + message)
        #expect(error?.mark == YAMLMark(line: line, column: column))
    }

    @Test(
        "what JSON does not have is refused on the way to it",
        arguments: [
            ("x: .inf", "json: unsupported value: +Inf"),
            ("x: -.inf", "json: unsupported value: -Inf"),
            ("x: .nan", "json: unsupported value: NaN"),
            ("~: e", #"unsupported map key of type: %!s(<nil>), key: <nil>, value: "e""#),
            (
                "9223372036854775808: 1",
                "unsupported map key of type: uint64, key: 0x8000000000000000, value: 1"
            ),
        ])
    func noJSON(text: String, message: String) {
        #expect(
            YAML.read(text).error?.kubectlMessage == "error converting YAML to JSON: " + message)
    }

    @Test(
        "broken JSON is reported as JSON, with Go's offset",
        arguments: [
            (
                #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}}"#,
                "json: offset 63: invalid character '}' looking for beginning of value", 1, 63
            ),
            ("{\"a\":", "unexpected EOF", 1, 6),
        ])
    func json(text: String, message: String, line: Int, column: Int) {
        let error = YAML.read(text).error
        #expect(error?.kubectlMessage == message)
        #expect(error?.mark == YAMLMark(line: line, column: column))
    }

    @Test(
        "what begins as JSON and is not may be YAML",
        arguments: ["{a: 1}\n", "{\"a\":1}\n---\nb: 1\n"])
    func yamlAfterAll(text: String) {
        let stream = YAML.read(text)
        #expect(stream.error == nil)
        #expect(stream.documents.count == (text.contains("---") ? 2 : 1))
    }

    @Test("an alias bomb ends in an error, quickly")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(YAML.read(text).error?.problem == .excessiveAliasing)
    }

    @Test("deep nesting ends in an error, written out or by aliases")
    func depth() {
        let limit = InputLimits.standard.depth
        let deep =
            String(repeating: "[", count: limit + 1) + String(repeating: "]", count: limit + 1)
        #expect(YAML.read(deep).error?.problem == .tooDeep(limit: limit))
        #expect(YAML.read(String(repeating: "[", count: 100_000)).error != nil)
        #expect(YAML.read(String(repeating: "- ", count: 100_000)).error != nil)
        #expect(YAML.read(String(repeating: "{\"a\":", count: 100_000)).error != nil)
        var chain = "a0: &a0 [x]\n"
        for level in 1..<limit {
            chain += "a\(level): &a\(level) [[[*a\(level - 1)]]]\n"
        }
        #expect(YAML.read(chain).error?.problem == .tooDeep(limit: limit))
    }

    @Test("each limit is an error of its own")
    func limits() {
        let limits = InputLimits(bytes: 60, depth: 3, nodes: 10)
        func problem(_ text: String) -> YAMLError.Problem? {
            YAML.read(text, limits: limits).error?.problem
        }
        #expect(problem(String(repeating: "#", count: 61)) == .tooLarge(limit: 60))
        #expect(problem("[[[[1]]]]") == .tooDeep(limit: 3))
        #expect(problem("[1,2,3,4,5,6,7,8,9,0]") == .tooManyValues(limit: 10))
        #expect(problem("[[[1]]]") == nil)
    }
}
