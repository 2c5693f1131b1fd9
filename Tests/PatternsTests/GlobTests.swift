import Testing

@testable import Patterns

@Suite("Globs")
struct GlobTests {
    @Test(
        "stand for whole texts",
        arguments: [
            ("*", "", true), ("*", "anything", true), ("a*", "a", true), ("a*b", "axxb", true),
            ("a*b", "axxbc", false), ("*.yaml", "web.yaml", true), ("*.yaml", "yaml", false),
            ("a?c", "abc", true), ("a?c", "ac", false), ("?", "é", true), ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false), ("[^a-c]x", "dx", true), ("[]a]", "]", true),
            ("[a", "[a", true), ("[[:digit:]]", "7", true), ("\\*", "*", true), ("\\*", "a", false),
            ("[\\]]", "]", true), ("a**b*c", "abxbc", true), ("*a*b*c*", "abacbc", true),
            ("", "", true), ("", "a", false), ("[b-a]", "a", false),
        ])
    func shell(glob: String, text: String, expected: Bool) {
        #expect(Glob(glob).matches(text) == expected)
    }

    @Test(
        "of names know the star alone",
        arguments: [
            ("nginx:*", "nginx:1.25", true), ("nginx:*", "redis:7", false),
            ("a[b]?", "a[b]?", true), ("a?", "ab", false), ("*-db-*", "my-db-0", true),
            ("a\\*", "a\\x", true),
        ])
    func star(glob: String, text: String, expected: Bool) {
        #expect(Glob(glob, syntax: .star).matches(text) == expected)
    }

    @Test("trim ends as the shell's expansions do")
    func trimming() {
        let path = "/a/b/c.tar.gz"
        #expect(Glob("*/").droppingPrefix(of: path, longest: false) == "a/b/c.tar.gz")
        #expect(Glob("*/").droppingPrefix(of: path, longest: true) == "c.tar.gz")
        #expect(Glob(".*").droppingSuffix(of: path, longest: false) == "/a/b/c.tar")
        #expect(Glob(".*").droppingSuffix(of: path, longest: true) == "/a/b/c")
        #expect(Glob("x*").droppingPrefix(of: path, longest: true) == path)
        #expect(Glob("[0-9]").droppingSuffix(of: "a12", longest: true) == "a1")
    }

    @Test("replace the longest parts")
    func replacing() throws {
        #expect(try Glob("a*b").replacing(in: "xabab-", with: "_", all: false) == "x_-")
        #expect(try Glob("o").replacing(in: "foo", with: "0", all: true) == "f00")
        #expect(try Glob("o").replacing(in: "foo", with: "0", all: false) == "f0o")
        #expect(try Glob("é?").replacing(in: "aéb", with: "", all: true) == "a")
    }

    @Test("know when no sign has a meaning")
    func plain() {
        #expect(Glob("web.yaml").plainText == "web.yaml")
        #expect(Glob("a\\*").plainText == "a*")
        #expect(Glob("a*").plainText == nil)
        #expect(Glob(Glob.escaped("a*[b]?\\")).plainText == "a*[b]?\\")
    }
}
