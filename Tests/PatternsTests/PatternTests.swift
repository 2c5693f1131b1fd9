import Testing

@testable import Patterns

@Suite("Regular expressions")
struct PatternTests {
    @Test(
        "match as RE2 does",
        arguments: [
            ("abc", "xabcx", true), ("^abc$", "xabc", false), ("a.c", "a\nc", false),
            ("(?s)a.c", "a\nc", true), ("a*", "", true), ("^a+$", "aaa", true),
            ("^a+$", "", false), ("^(ab|cd)+$", "abcdab", true), ("^(ab|cd)+$", "abc", false),
            ("^a{2,3}$", "a", false), ("^a{2,3}$", "aaa", true), ("^a{2,3}$", "aaaa", false),
            ("^a{2,}$", "aaaaa", true), ("a{,2}", "a{,2}", true), ("^[a-c]+$", "abcb", true),
            ("^[^a-c]+$", "xyz", true), ("^[]a]+$", "]a", true), ("^[a-]+$", "a-", true),
            ("\\d+\\.\\d+", "v1.25", true), ("\\D", "12", false), ("\\bfoo\\b", "a foo b", true),
            ("\\bfoo\\b", "afoob", false), ("(?i)RUNNING", "running", true),
            ("(?i)[a-c]X", "Bx", true), ("(?m)^b$", "a\nb\nc", true), ("^b$", "a\nb\nc", false),
            ("[[:digit:]]{3}", "a123", true), ("^\\w+$", "a_1", true), ("\\x41", "A", true),
            ("\\x{1F600}", "😀", true), ("(?:a|b)c", "bc", true), ("(?P<n>a)b", "ab", true),
            ("a|", "zzz", true), ("^(a?){20}a{20}$", "aaaaaaaaaaaaaaaaaaaa", true),
            ("[\\d\\s]+", "1 2", true), ("[^\\D]", "a1", true), ("a+?b", "aab", true),
            ("\\.", "a", false), ("ä+", "ää", true), ("\\Aab\\z", "ab", true),
        ])
    func matching(pattern: String, text: String, expected: Bool) throws {
        #expect(try Pattern(pattern).matches(text) == expected)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("(a", "a `(` without its `)` at character 3"),
            ("a)", "a `)` without its `(` at character 2"),
            ("[a", "a `[` without its `]` at character 3"),
            ("*a", "nothing to repeat before `*` at character 1"),
            ("a**", "a repetition of a repetition at character 4"),
            ("a\\", "a `\\` at the end at character 3"),
            ("[b-a]", "a range that ends before it starts at character 5"),
            ("a{3,2}", "a repetition that ends before it starts at character 7"),
            ("a{2000}", "a repetition count above 1000 at character 8"),
            ("\\q", "an unknown escape `\\q` at character 3"),
            ("(?z)", "an unknown kind of group at character 4"),
            ("[[:foo:]]", "an unknown class `[:foo:]` at character 2"),
        ])
    func errors(pattern: String, message: String) {
        let error = #expect(throws: PatternError.self) { try Pattern(pattern) }
        #expect(error?.message == message)
    }
}
