import Testing
import Value

@testable import YAML

@Suite("reading YAML")
struct YAMLValueTests {
    @Test(
        "a plain scalar is what kubectl takes it for",
        arguments: [
            ("n", "false"), ("y", "true"), ("NO", "false"), ("Yes", "true"), ("yEs", #""yEs""#),
            ("off", "false"), ("ON", "true"), ("True", "true"), ("tRue", #""tRue""#),
            ("0644", "420"),
            ("0o644", "420"), ("0O7", "7"), ("0o8", #""0o8""#), ("-0o7", "-7"), ("-0644", "-420"),
            ("1_000", "1000"), ("1_0.5", "10.5"), ("1_", "1"), ("_1", #""_1""#), ("1.50", "1.5"),
            ("1.0", "1"), ("~", "null"), ("Null", "null"), ("nULL", #""nULL""#), ("", "null"),
            ("2001-01-01", #""2001-01-01""#), ("2001-01-01T00:00:00Z", #""2001-01-01T00:00:00Z""#),
            ("0x1F", "31"), ("0X1F", "31"), ("-0x1f", "-31"), ("+0x1", "1"), ("0x", #""0x""#),
            ("0x1_F", "31"), ("0b11", "3"), ("-0b1", "-1"), ("+1", "1"), ("1e3", "1000"),
            ("=", #""=""#),
            ("-0", "0"), ("099", "99"), ("08", "8"), ("00", "0"), (".5", "0.5"), ("5.", "5"),
            ("-.5", "-0.5"), (".", #"".""#), (".e3", #"".e3""#), ("1.5e", #""1.5e""#),
            ("1e", #""1e""#),
            ("1E3", "1000"), ("-1e-3", "-0.001"), ("1e400", #""1e400""#),
            ("12:30:45", #""12:30:45""#),
            ("1-2", #""1-2""#), ("0.1.2", #""0.1.2""#), ("6e-1_0", "6e-10"), ("1e21", "1e+21"),
            ("9223372036854775807", "9223372036854775807"),
            ("9223372036854775808", "9223372036854775808"), ("123456789.0", "123456789"),
            ("'12'", #""12""#), (#""yes""#, #""yes""#), ("!!str 1", #""1""#), (#"!!int "5""#, "5"),
            ("!!float 3", "3"), ("!!str ~", #""~""#), ("!!bool yes", "true"),
            ("!foo bar", #""bar""#),
            ("! 12", #""12""#), ("!!binary aGVsbG8=", #""hello""#), ("!!null ''", "null"),
            ("!!map [a]", #"["a"]"#), ("[a,]", #"["a"]"#), ("{a, b: }", #"{"a":null,"b":null}"#),
            ("|\n   x\n   y\n", #""x\ny\n""#), (">\n   x\n   y\n", #""x y\n""#),
            (#""\x41\u00e9\n\e""#, #""Aé\n\u001b""#), ("'it''s'", #""it's""#),
        ])
    func scalars(yaml: String, json: String) throws {
        let value = try YAML.parse("k: \(yaml)\n")["k"]
        #expect(try value == JSON.parse(json))
        if !json.contains("9223372036854775808") {
            #expect(JSON.text(value) == json)
        }
    }

    @Test(
        "a key that is no string becomes one",
        arguments: [
            ("n: 1", "false"), ("1: 1", "1"), ("1.5: 1", "1.5"), ("1.0: 1", "1"), ("0x10: 1", "16"),
            ("1e6: 1", "1e+06"), ("0644: 1", "420"), (".inf: 1", ".inf"), ("true: 1", "true"),
            ("2001-01-01: 1", "2001-01-01"), ("'n': 1", "n"), ("? k\n: 1", "k"),
        ])
    func keys(yaml: String, key: String) throws {
        #expect(try YAML.parse(yaml).fields.keys.map(\.name) == [key])
    }

    @Test(
        "anchors, aliases and merge keys",
        arguments: [
            ("{a: &x {k: 1}, b: *x}", #"{"a":{"k":1},"b":{"k":1}}"#), ("[&b 1, *b]", "[1,1]"),
            ("{&k k: 1, *k : 2}", #"{"k":2}"#), ("{<<: {x: 1, z: 2}, x: 3}", #"{"x":3,"z":2}"#),
            ("{x: 3, <<: {x: 1, z: 2}}", #"{"x":1,"z":2}"#),
            ("{<<: [{x: 1}, {x: 2, z: 5}]}", #"{"x":1,"z":5}"#),
            ("{'<<': {x: 1}}", #"{"<<":{"x":1}}"#),
            ("base: &b {a: 1}\nuse:\n  <<: *b\n  c: 2\n", #"{"base":{"a":1},"use":{"a":1,"c":2}}"#),
            ("[&a 1, &a 2, *a]", "[1,2,2]"),
        ])
    func aliases(yaml: String, json: String) throws {
        #expect(try YAML.parse(yaml) == JSON.parse(json))
    }

    @Test("a stream is split at its separators, empty documents are left out")
    func stream() throws {
        let text = """
            ---
            # only a comment
            ---
            a: 1
            --- # next
            b: 2
            ---
            ---
            c: |
              ---
            ...
            ---
            null
            """
        let values = try YAML.documents(text).map { JSON.text($0.value) }
        #expect(values == [#"{"a":1}"#, #"{"b":2}"#, #"{"c":"---\n"}"#])
        #expect(try YAML.documents("").isEmpty)
        #expect(try YAML.documents("# nothing\n").isEmpty)
        #expect(try YAML.parse("") == .null)
    }

    @Test("text that begins with a brace is a stream of JSON")
    func json() throws {
        let documents = try YAML.documents(" {\"a\": 1.0}\n{\"b\":\n {\"c\": 2}}\n")
        #expect(documents.map(\.value) == [["a": 1], ["b": ["c": 2]]])
        #expect(
            documents[1].keyPosition(of: try FieldPath(parsing: ".b.c"))
                == YAMLMark(line: 3, column: 3))
        #expect(documents[1].mark == YAMLMark(line: 2, column: 1))
    }

    @Test("documents before an error are kept")
    func partial() {
        let stream = YAML.read("a: 1\n---\nb: [\n")
        #expect(stream.documents.map(\.value) == [["a": 1]])
        #expect(
            stream.error?.kubectlMessage
                == "error converting YAML to JSON: yaml: line 1: did not find expected node content"
        )
        #expect(stream.error?.mark.line == 4)
    }

    @Test("every value knows where it was written")
    func positions() throws {
        let text = """
            # comment
            ---
            kind: Pod
            spec:
              containers:
              - name: web
                image: nginx
              - {name: side, image: "é", x: 1}
            """
        let document = try #require(try YAML.documents(text).first)
        func key(_ path: String) throws -> String {
            let mark = document.keyPosition(of: try FieldPath(parsing: path))
            return mark.map { "\($0.line):\($0.column)" } ?? "none"
        }
        #expect(try key(".kind") == "3:1")
        #expect(try key(".spec.containers[0].image") == "7:5")
        #expect(try key(".spec.containers[name=side].image") == "8:18")
        #expect(try key(".spec.containers[-1].x") == "8:30")
        #expect(try key(".spec.containers[1]") == "8:5")
        #expect(try key(".spec.nope") == "none")
        #expect(
            try document.position(of: FieldPath(parsing: ".kind")) == YAMLMark(line: 3, column: 7))
        #expect(
            try document.nearestPosition(of: FieldPath(parsing: ".spec.containers[0].ports[0]"))
                == YAMLMark(line: 6, column: 5))
    }

    @Test("a key that stands twice is noted with both places, and the last one wins")
    func duplicates() throws {
        let document = try #require(
            try YAML.documents("x: 0\n---\nmetadata:\n  name: a\n  name: b\n").last)
        #expect(document.value == ["metadata": ["name": "b"]])
        let duplicate = try #require(document.duplicates.first)
        #expect(duplicate.mark == YAMLMark(line: 5, column: 3))
        #expect(duplicate.first == YAMLMark(line: 4, column: 3))
        #expect(
            duplicate.kubectlMessage
                == "yaml: unmarshal errors:\n  line 3: key \"name\" already set in map")
        #expect(try YAML.documents("<<: {a: 1}\na: 2\n").first?.duplicates.isEmpty == true)
    }

    @Test("what kubectl's printer writes reads back as the value, for many random values")
    func roundTrip() throws {
        var random = RandomValues(state: 7)
        for _ in 0..<1000 {
            let value = random.value(depth: 4)
            let text = YAMLPrinter.text(value)
            let again = try YAML.parse(text)
            #expect(again == value, "\(JSON.text(value))\n\(JSON.text(again))")
        }
    }

    @Test("the reader survives any bytes")
    func anyBytes() {
        var random = RandomValues(state: 8)
        for _ in 0..<2000 {
            var bytes = YAMLPrinter.bytes(random.value(depth: 3))
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[random.number(below: bytes.count)] = UInt8(random.number(below: 256))
            }
            let stream = YAML.read(bytes: bytes)
            #expect(stream.error != nil || stream.documents.count >= 0)
        }
    }
}

/// Random values without what YAML cannot hold on its way through JSON.
struct RandomValues {
    var state: UInt64

    mutating func number(below limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }

    mutating func value(depth: Int) -> Value {
        switch number(below: depth > 0 ? 9 : 5) {
        case 0: return .null
        case 1: return .bool(number(below: 2) == 0)
        case 2: return Value(number(below: 1000) - 500)
        case 3: return .double(Double(number(below: 1000)) + 0.25)
        case 4: return Value(string())
        case 5, 6: return .array((0..<number(below: 4)).map { _ in value(depth: depth - 1) })
        default:
            var object = Object()
            for _ in 0..<number(below: 4) {
                let key = String(string().map { $0.isNewline ? "_" : $0 })
                object.set(.init(key), to: value(depth: depth - 1))
            }
            return .object(object)
        }
    }

    mutating func string() -> String {
        let parts = [
            "a", "é", "\n", "\"", "'", "\\", " ", "<", "😀", "- ", ": ", "#", "1", "yes", "\t", "[",
            "*",
            "word and word and word and word and word and word and word and word and word and word",
            "null", "0x1", "---", "|", ">", "%", "\u{1}", "\r", "\u{2028}",
        ]
        let text = (0..<number(below: 5)).map { _ in parts[number(below: parts.count)] }.joined()
        // go-yaml writes such a block with an indentation hint that its readers misread in lists.
        let startsBlank = text.first == " " || text.first?.isNewline == true
        return startsBlank && text.contains("\n") ? "x" + text : text
    }
}
