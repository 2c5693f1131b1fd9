import Testing

@testable import Patterns

@Suite("Basic and extended expressions")
struct POSIXPatternTests {
    private func range(
        _ pattern: String, _ syntax: PatternSyntax, _ text: String
    ) throws -> Range<Int>? {
        let bytes = Array(text.utf8)
        return try Pattern(pattern, syntax: syntax).firstMatch(in: bytes.span)?.range
    }

    @Test(
        "the leftmost longest match wins",
        arguments: [
            ("a*", PatternSyntax.basic, "baaac", 0, 0), ("aa*", .basic, "baaac", 1, 4),
            ("a+", .extended, "baaac", 1, 4), ("a|ab|abc", .extended, "xabcd", 1, 4),
            ("^b", .basic, "ab", -1, -1), ("b$", .basic, "ab", 1, 2),
            ("a\\{2,3\\}", .basic, "aaaa", 0, 3), ("a{2}", .extended, "caaa", 1, 3),
            ("a{,2}b", .extended, "aaab", 1, 4), ("[^ab]", .basic, "abc", 2, 3),
            ("[]x]", .basic, "a]", 1, 2), ("\\bb", .extended, "ab b", 3, 4),
            ("(a*)*b", .extended, "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", -1, -1),
            ("[[:digit:]]+", .extended, "ab12", 2, 4), ("[[:alpha:]]+", .basic, "1é+", 1, 4),
            ("\\<b", .basic, "ab b", 3, 4), ("a\\>", .basic, "aa b", 1, 2),
            ("\\Bb", .basic, "b ab", 3, 4), ("a\\+", .basic, "baa", 1, 3),
            ("a\\?b", .basic, "cab", 1, 3), ("ab\\|c", .basic, "xc", 1, 2),
            ("*a", .basic, "b*a", 1, 3), ("\\(*a\\)", .basic, "b*a", 1, 3),
            ("^*a", .basic, "*a", 0, 2), ("a^b", .basic, "a^b", 0, 3), ("a$b", .basic, "a$b", 0, 3),
            ("\\(^a\\)", .basic, "ba", -1, -1), ("\\(a$\\)", .basic, "ab", -1, -1),
            ("a+", .basic, "aa+", 1, 3), ("\\.", .extended, "a.", 1, 2),
            ("a.c", .extended, "a\nc", 0, 3), ("[a.]", .extended, "x.", 1, 2),
            ("[[.a.]-c]", .basic, "b", 0, 1), ("[[=a=]]", .basic, "a", 0, 1),
            ("\\w+", .extended, "-a_é", 1, 5), ("[\\n]", .basic, "n", 0, 1),
            ("a**", .extended, "aaa", 0, 3), ("a*?", .extended, "aaa", 0, 3),
            ("(a|)b", .extended, "xb", 1, 2), ("()", .extended, "x", 0, 0),
            ("*a", .lenient, "b*a", 2, 3), ("a{1", .lenient, "a{1", 0, 3),
            ("a)", .lenient, "a)", 0, 2), ("{", .lenient, "a{", 1, 2),
            ("a{1a}", .lenient, "a{1a}", 0, 5), ("a.b", .literal, "axb a.b", 4, 7),
        ])
    func longest(
        pattern: String, syntax: PatternSyntax, text: String, start: Int, end: Int
    ) throws {
        #expect(try range(pattern, syntax, text) == (start < 0 ? nil : start..<end))
    }

    @Test(
        "errors have the words of GNU's library",
        arguments: [
            ("(a", PatternSyntax.extended, "Unmatched ( or \\("),
            ("a)", .extended, "Unmatched ) or \\)"),
            ("\\(a", .basic, "Unmatched ( or \\("), ("a\\)", .basic, "Unmatched ) or \\)"),
            ("[a", .basic, "Unmatched [, [^, [:, [., or [="),
            ("[[:a", .basic, "Unmatched [, [^, [:, [., or [="),
            ("[[:foo:]]", .basic, "Invalid character class name"),
            ("[b-a]", .basic, "Invalid range end"), ("a\\", .basic, "Trailing backslash"),
            ("a{2,1}", .extended, "Invalid content of \\{\\}"),
            ("a{1a}", .extended, "Invalid content of \\{\\}"), ("a\\{1", .basic, "Unmatched \\{"),
            ("a{99999}", .extended, "Regular expression too big"),
            ("*a", .extended, "Invalid preceding regular expression"),
            ("a|*b", .extended, "Invalid preceding regular expression"),
            ("^*", .extended, "Invalid preceding regular expression"),
            ("{1}", .extended, "Invalid preceding regular expression"),
            ("\\1", .basic, "Invalid back reference"),
            ("\\(a\\)\\1", .basic, "back-references (\\1) are not supported in a pattern"),
        ])
    func errors(pattern: String, syntax: PatternSyntax, message: String) {
        let error = #expect(throws: PatternError.self) { try Pattern(pattern, syntax: syntax) }
        #expect(error?.message == message)
    }

    @Test("grep's warnings name what has no meaning")
    func warnings() throws {
        #expect(try Pattern("*a", syntax: .lenient).warnings == ["* at start of expression"])
        #expect(try Pattern("{1}a", syntax: .lenient).warnings == ["{...} at start of expression"])
        #expect(try Pattern("\\.", syntax: .basic).warnings.isEmpty)
    }

    @Test("groups tell where they matched last")
    func groups() throws {
        let bytes = Array("key = value".utf8)
        let pattern = try Pattern("([a-z]+) *(=) *([a-z]+)(x)?", syntax: .extended)
        let match = try #require(try pattern.firstMatch(in: bytes.span))
        #expect(match.groups == [0..<11, 0..<3, 4..<5, 6..<11, nil])
        let named = try Pattern("(?P<first>a+)(?:b)(?<second>c)")
        #expect(named.groupCount == 2)
        #expect(named.groupNames.map(\.name) == ["first", "second"])
        #expect(named.groupNames.map(\.group) == [1, 2])
    }

    @Test(
        "matches do not overlap, and none is empty at the end of another",
        arguments: [
            ("a*", "baaac", [0..<0, 1..<4, 5..<5]), ("x*", "abc", [0..<0, 1..<1, 2..<2, 3..<3]),
            ("b", "abcb", [1..<2, 3..<4]), ("^a", "aaa", [0..<1]), ("", "é", [0..<0, 2..<2]),
        ])
    func all(pattern: String, text: String, expected: [Range<Int>]) throws {
        let bytes = Array(text.utf8)
        let found = try Pattern(pattern, syntax: .basic).matches(in: bytes.span)
        #expect(found.map(\.range) == expected)
    }

    @Test("case may not count, also beyond ASCII")
    func ignoresCase() throws {
        #expect(try Pattern("straße", syntax: .basic, ignoresCase: true).matches("STRAßE"))
        #expect(try Pattern("[[:upper:]]", syntax: .basic, ignoresCase: true).matches("é"))
        #expect(try Pattern("[A-C]", syntax: .basic, ignoresCase: true).matches("b"))
        #expect(try !Pattern("[^a]", syntax: .basic, ignoresCase: true).matches("A"))
    }

    @Test("bytes that are no UTF-8 are characters of their own")
    func brokenText() throws {
        let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x62]
        #expect(try Pattern("a..b").firstMatch(in: bytes.span)?.range == 0..<4)
        #expect(try Pattern("b$").firstMatch(in: bytes.span)?.range == 3..<4)
    }
}
