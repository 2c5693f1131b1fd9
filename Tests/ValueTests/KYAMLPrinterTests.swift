import Support
import Testing
import Value

@Suite struct KYAMLPrinterTests {
    @Test("brackets that touch, and those that do not")
    func layout() {
        let value: Value = [
            "b": [["x": 1], ["z": [true, .null]]], "a": .emptyObject, "c": [1.5, "t"],
            "d": .array([]),
        ]
        #expect(
            KYAMLPrinter.text(value) == """
                ---
                {
                  b: [{
                    x: 1,
                  }, {
                    z: [
                      true,
                      null,
                    ],
                  }],
                  a: {},
                  c: [
                    1.5,
                    "t",
                  ],
                  d: [],
                }

                """)
        #expect(KYAMLPrinter.text(value, sortsKeys: true).hasPrefix("---\n{\n  a: {},\n  b: [{\n"))
    }

    @Test(
        "keys stand in quotes where they could be read as something else",
        arguments: [
            ("name", "name"), ("a.b/c-d_e", "a.b/c-d_e"), ("é1", "é1"), ("_", "_"),
            ("", "\"\""), ("-a", "\"-a\""), ("a-", "\"a-\""), ("a b", "\"a b\""),
            ("a:b", "\"a:b\""),
            ("on", "\"on\""), ("Yes", "\"Yes\""), ("n", "\"n\""), ("T", "\"T\""), ("~", "\"~\""),
            ("1", "\"1\""), ("0x1F", "\"0x1F\""), ("0o17", "\"0o17\""), ("1_000", "\"1_000\""),
            ("1.5", "\"1.5\""), ("1e5", "\"1e5\""), ("1e", "1e"), ("1.2.3", "1.2.3"),
            ("11:30", "\"11:30\""), ("2020-01-02", "\"2020-01-02\""), ("2020-13-02", "2020-13-02"),
            (".inf", "\".inf\""), ("NaN", "\"NaN\""), ("10a", "10a"),
        ])
    func keys(name: String, shown: String) {
        #expect(KYAMLPrinter.text([Key(name): 1]) == "---\n{\n  \(shown): 1,\n}\n")
    }

    @Test(
        "strings stand in quotes, lines one below the other",
        arguments: [
            ("a", "\"a\""), ("say \"x\\y\"", "\"say \\\"x\\\\y\\\"\""), ("a\tb", "\"a\tb\""),
            ("\u{1}\u{7F}\u{85}", "\"\\x01\\x7f\\N\""), ("\u{200B}", "\"\\u200b\""),
            ("a\nb", "\"\\\n     a\\n\\\n     b\\\n    \""),
            ("a\n  b\n", "\"\\\n     a\\n\\\n    \\  b\\n\\\n    \""),
        ])
    func strings(text: String, shown: String) {
        #expect(KYAMLPrinter.text(["k": Value(text)]) == "---\n{\n  k: \(shown),\n}\n")
    }
}
