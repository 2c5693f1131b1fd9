import Testing

@testable import Value

@Suite("writing YAML as kubectl does")
struct YAMLPrinterTests {
    @Test(
        "a string gets the quotes that kubectl gives it",
        arguments: [
            ("plain text", "plain text"), ("", #""""#), ("12", #""12""#), ("1e3", #""1e3""#),
            ("0x1F", #""0x1F""#), ("2001-01-01", #""2001-01-01""#), ("1:20", #""1:20""#),
            ("y", #""y""#), ("no", #""no""#), ("null", #""null""#), ("~", #""~""#), ("=", "="),
            ("<<", "<<"), (".inf", #"".inf""#), ("01", #""01""#), ("1_0", #""1_0""#),
            ("it's", "it's"), ("say \"x\"", "say \"x\""), ("a: b", "'a: b'"), ("a:", "'a:'"),
            (":", "':'"), ("a #b", "'a #b'"), ("a#b", "a#b"), ("- a", "'- a'"), ("-a", "-a"),
            ("? a", "'? a'"), ("?a", "?a"), ("*a", "'*a'"), ("[a", "'[a'"), ("a]", "a]"),
            ("a, b", "a, b"), ("%a", "'%a'"), ("@a", "'@a'"), (" a", "' a'"), ("a ", "'a '"),
            ("---", "'---'"), ("...x", "'...x'"), (#"a\b"#, #"a\b"#), ("a\tb", #""a\tb""#),
            ("a\r\nb", #""a\r\nb""#), ("\u{1}", #""\x01""#), ("😀", #""\U0001F600""#), ("é", "é"),
            ("a\nb \nc", #""a\nb \nc""#), ("'", #"''''"#), ("http://x:80/", "http://x:80/"),
            ("v1.32.0", "v1.32.0"), ("1.2.3", "1.2.3"),
            ("2025-01-01T00:00:00Z", #""2025-01-01T00:00:00Z""#),
            ("100m", "100m"), ("1Gi", "1Gi"), ("25%", "25%"), ("10.0.0.1", "10.0.0.1"),
            ("\u{FEFF}x", #""\uFEFF\x78""#), ("a\u{2028}b", #""a\Lb""#),
        ])
    func quotes(string: String, text: String) {
        #expect(YAMLPrinter.text(["k": Value(string)]) == "k: \(text)\n")
        #expect(YAMLPrinter.text([Value(string)]) == "- \(text)\n")
    }

    @Test(
        "a string with line breaks becomes a block",
        arguments: [
            ("a\nb", "k: |-\n  a\n  b\n"), ("a\nb\n", "k: |\n  a\n  b\n"),
            ("a\n\n", "k: |+\n  a\n\n"), ("\n", "k: |2+\n\n"), (" a\nb", "k: |2-\n   a\n  b\n"),
            ("a\n\nb", "k: |-\n  a\n\n  b\n"), ("a\n b", "k: |-\n  a\n   b\n"),
        ])
    func blocks(string: String, text: String) {
        #expect(YAMLPrinter.text(["k": Value(string)]) == text)
    }

    @Test("lists stand under their key, maps begin behind a dash, empty ones are inline")
    func layout() {
        let value: Value = [
            "spec": [
                "list": [["name": "a", "ports": [1, [2, [3]]]], [:], [], "x\ny\n"], "none": nil,
            ],
            "apiVersion": "v1", "ok": true, "empty": [:],
        ]
        #expect(
            YAMLPrinter.text(value) == """
                apiVersion: v1
                empty: {}
                ok: true
                spec:
                  list:
                  - name: a
                    ports:
                    - 1
                    - - 2
                      - - 3
                  - {}
                  - []
                  - |
                    x
                    y
                  none: null

                """)
    }

    @Test("a long line is folded at the first blank behind the eightieth column")
    func folding() {
        let words = Array(repeating: "word", count: 20).joined(separator: " ")
        #expect(
            YAMLPrinter.text(["long": Value(words)])
                == "long: \(String(repeating: "word ", count: 15))word\n  word word word word\n")
        let quoted = YAMLPrinter.text(["a": ["long": Value("- " + words)]])
        #expect(
            quoted
                == "a:\n  long: '- \(String(repeating: "word ", count: 14))word\n    word word word word word'\n"
        )
    }

    @Test(
        "numbers",
        arguments: [
            (Value.int(-5), "-5"), (.double(0.25), "0.25"), (.double(1_500_000), "1500000"),
            (.double(1e-7), "1e-07"), (.double(1e20), "1e+20"),
            (.double(1234567.5), "1.2345675e+06"),
        ])
    func numbers(value: Value, text: String) {
        #expect(YAMLPrinter.text(["k": value]) == "k: \(text)\n")
    }

    @Test("keys stand in natural order, and are quoted as strings are")
    func keys() {
        let names = ["a10", "a2", "B", "a", "_x", "1", "01", "y", "x/y", "x.y", "x-y", "xa"]
        let value = Value.object(Object(fields: names.map { (.init($0), Value(1)) }))
        let lines = YAMLPrinter.text(value).split(separator: "\n").map { $0.dropLast(3) }
        #expect(
            lines == [
                "_x", "\"1\"", "\"01\"", "B", "a", "a2", "a10", "x-y", "x.y", "x/y", "xa", "\"y\"",
            ])
    }

    @Test("a key of more than 128 bytes or with a line break takes a question mark")
    func longKeys() {
        let long = String(repeating: "k", count: 129)
        #expect(
            YAMLPrinter.text(.object([.init(long): ["a": 1, "b": 2]]))
                == "? \(long)\n: a: 1\n  b: 2\n")
        #expect(YAMLPrinter.text(["a\nb": [1]]) == "? |-\n  a\n  b\n: - 1\n")
        let most = String(repeating: "k", count: 128)
        #expect(YAMLPrinter.text(.object([.init(most): 1])) == "\(most): 1\n")
    }

    @Test("a script's value is written as its text")
    func opaque() {
        #expect(YAMLPrinter.text(["k": .opaque(DurationValue(.seconds(90)))]) == "k: 1m30s\n")
    }
}
