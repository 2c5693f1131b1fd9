import Support
import Testing

@testable import Value

@Suite("JSON")
struct JSONTests {
    @Test(
        "a text reads as the value it stands for",
        arguments: [
            ("null", Value.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.0", .double(1)), ("1e3", .double(1000)), ("-2.5E-1", .double(-0.25)),
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"),
            (#""\u00e9\u20ac""#, "é€"), (#""\ud83d\ude00""#, "😀"),
            (#""\ud83dx""#, "\u{FFFD}x"), (#""\ude00""#, "\u{FFFD}"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""日本""#, "日本"),
            ("[]", []), ("[ 1 , [ 2 ] ]", [1, [2]]), ("{}", [:]),
            (#"{"a":{"b":[null]}}"#, ["a": ["b": [nil]]]),
            (#"{"a":1,"b":2,"a":3}"#, ["a": 3, "b": 2]),
        ] as [(String, Value)])
    func parses(text: String, value: Value) throws {
        #expect(try JSON.parse(text) == value)
    }

    @Test("an integer stays an integer, a number with a point a double")
    func kinds() throws {
        #expect(try JSON.parse("1").int == 1)
        #expect(try JSON.parse("1.0").int == nil)
    }

    @Test(
        "an error has Go's words and its own place",
        arguments: [
            ("", "unexpected end of JSON input", 1, 1),
            ("{", "unexpected end of JSON input", 1, 2),
            ("{a:1}", "invalid character 'a' looking for beginning of object key string", 1, 2),
            (#"{"a" 1}"#, "invalid character '1' after object key", 1, 6),
            ("{\"a\":1\n\"b\"}", "invalid character '\"' after object key:value pair", 2, 1),
            ("[1 2]", "invalid character '2' after array element", 1, 4),
            ("[1,]", "invalid character ']' looking for beginning of value", 1, 4),
            ("{}}", "invalid character '}' after top-level value", 1, 3),
            ("01", "invalid character '1' after top-level value", 1, 2),
            ("-x", "invalid character 'x' in numeric literal", 1, 2),
            ("1.x", "invalid character 'x' after decimal point in numeric literal", 1, 3),
            ("1ex", "invalid character 'x' in exponent of numeric literal", 1, 3),
            ("trie", "invalid character 'i' in literal true (expecting 'u')", 1, 3),
            ("nul", "unexpected end of JSON input", 1, 4),
            ("\"a\nb\"", "invalid character '\\n' in string literal", 1, 3),
            (#""\x""#, "invalid character 'x' in string escape code", 1, 3),
            (#""\u12g4""#, "invalid character 'g' in \\u hexadecimal character escape", 1, 6),
            ("'a'", "invalid character '\\'' looking for beginning of value", 1, 1),
            ("1e999", "json: cannot unmarshal number 1e999 into Go value of type float64", 1, 1),
        ])
    func errors(text: String, message: String, line: Int, column: Int) {
        let error = #expect(throws: JSONError.self) { try JSON.parse(text) }
        #expect(error?.message == message)
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test("each limit is an error of its own")
    func limits() {
        let limits = InputLimits(bytes: 40, depth: 3, nodes: 10)
        func problem(_ text: String) -> JSONError.Problem? {
            #expect(throws: JSONError.self) { try JSON.parse(text, limits: limits) }?.problem
        }
        #expect(problem(String(repeating: " ", count: 41)) == .tooLarge(limit: 40))
        #expect(problem("[[[[1]]]]") == .tooDeep(limit: 3))
        #expect(problem("[1,2,3,4,5,6,7,8,9,0]") == .tooManyValues(limit: 10))
        #expect(throws: Never.self) { try JSON.parse("[[[1]]]", limits: limits) }
    }

    @Test("the default depth is survived, one more is refused")
    func depth() throws {
        let limit = InputLimits.standard.depth
        let text = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        #expect(try JSON.text(JSON.parse(text)) == text)
        #expect(throws: JSONError.self) { try JSON.parse("[" + text + "]") }
    }

    @Test(
        "doubles are written as Go's encoding/json writes them",
        arguments: [
            (1.0, "1"), (-0.0, "-0"), (0.1, "0.1"), (1e-6, "0.000001"), (1e-7, "1e-7"),
            (123456789.25, "123456789.25"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
            (1.5e300, "1.5e+300"), (Double.leastNonzeroMagnitude, "5e-324"), (-2.5e-9, "-2.5e-9"),
            (1e16, "10000000000000000"),
        ])
    func doubles(number: Double, text: String) throws {
        #expect(JSON.text(.double(number)) == text)
        #expect(try JSON.parse(text).number == number)
    }

    @Test(
        "fmt's %v form of a double changes to an exponent at 1e-5 and 1e6",
        arguments: [
            (1.5, "1.5"), (999999.0, "999999"), (1e6, "1e+06"), (123456789.0, "1.23456789e+08"),
            (0.0001, "0.0001"), (0.00001, "1e-05"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"), (0.0, "0"),
        ])
    func goDoubles(number: Double, text: String) {
        #expect(number.goText == text)
    }

    @Test(
        "strings are escaped as Go does",
        arguments: [
            ("a\"\\\n\r\t\u{8}\u{c}\u{1}", #""a\"\\\n\r\t\b\f\u0001""#),
            ("<a&b>", #""\u003ca\u0026b\u003e""#), ("é😀", "\"é😀\""),
            ("x\u{2028}y\u{2029}", #""x\u2028y\u2029""#), ("\u{7f}/", "\"\u{7f}/\""),
        ])
    func strings(string: String, text: String) throws {
        #expect(JSON.text(Value(string), style: .go) == text)
        #expect(try JSON.parse(text) == Value(string))
    }

    @Test("HTML characters stay in the compact style")
    func html() {
        #expect(JSON.text("<&>") == "\"<&>\"")
    }

    @Test("the layout of kubectl -o json")
    func kubectlLayout() {
        let value: Value = ["b": [1, [:], []], "a": ["x": nil], "c": "<"]
        #expect(
            JSON.text(value, style: .kubectl) == """
                {
                    "a": {
                        "x": null
                    },
                    "b": [
                        1,
                        {},
                        []
                    ],
                    "c": "\\u003c"
                }
                """)
    }

    @Test("the canonical form ignores the order of fields, the compact one keeps it")
    func canonical() {
        let left: Value = ["b": 1, "a": [["d": 1, "c": 2]]]
        let right: Value = ["a": [["c": 2, "d": 1]], "b": 1]
        #expect(JSON.text(left, style: .canonical) == #"{"a":[{"c":2,"d":1}],"b":1}"#)
        #expect(JSON.bytes(left, style: .canonical) == JSON.bytes(right, style: .canonical))
        #expect(JSON.text(left) == #"{"b":1,"a":[{"d":1,"c":2}]}"#)
    }

    @Test("parse(print(value)) is the value, in every style, for many random values")
    func roundTrip() throws {
        var random = ValueGenerator(seed: 1)
        for _ in 0..<500 {
            let value = random.value(depth: 4)
            for style in [JSONStyle.compact, .canonical, .go, .kubectl] {
                #expect(try JSON.parse(JSON.text(value, style: style)) == value)
            }
        }
    }

    @Test("the parser survives any bytes")
    func anyBytes() throws {
        var random = ValueGenerator(seed: 2)
        for _ in 0..<2000 {
            var bytes = JSON.bytes(random.value(depth: 3))
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[random.number(below: bytes.count)] = UInt8(random.number(below: 256))
            }
            if let value = try? JSON.parse(bytes: bytes) {
                #expect(try JSON.parse(JSON.text(value)) == value)
            }
        }
    }

    @Test("many keys read in linear time, and the last of equal keys wins")
    func manyKeys() throws {
        let fields = (0..<20_000).map { "\"key\($0 % 19_000)\":\($0)" }
        let value = try JSON.parse("{" + fields.joined(separator: ",") + "}")
        #expect(value.fields.count == 19_000)
        #expect(value["key999"].int == 19_999)
    }

    @Test("a prefix stops behind its value")
    func prefix() throws {
        let bytes = Array(#"x {"a":1} y"#.utf8)
        let (value, end) = try JSON.parsePrefix(bytes: bytes, from: 2)
        #expect(value == ["a": 1])
        #expect(end == 9)
    }
}
