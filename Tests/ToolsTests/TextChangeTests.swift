import Testing

@testable import Tools

@Suite("Changes of a text")
struct TextChangeTests {
    private static let text = """
        spec:
          replicas: 1
          template:
            image: nginx:1.25
            image: nginx:1.25

        """

    struct Row: Sendable, CustomTestStringConvertible {
        var change: TextChange
        var expected: String
        var testDescription: String { expected }

        init(_ kind: TextChange.Kind, _ text: String, isPattern: Bool = false, _ expected: String) {
            change = TextChange(kind, text, isPattern: isPattern)
            self.expected = expected
        }
    }

    @Test(
        "do what they say to the lines that have the text",
        arguments: [
            Row(
                .replace("1.26", isEvery: true), "1.25",
                "spec:\n  replicas: 1\n  template:\n    image: nginx:1.26\n    image: nginx:1.26\n"),
            Row(
                .replace("1.26", isEvery: false), "1.25",
                "spec:\n  replicas: 1\n  template:\n    image: nginx:1.26\n    image: nginx:1.25\n"),
            Row(
                .replace("\\1: 3\\\\", isEvery: true), "(replicas): \\d", isPattern: true,
                "spec:\n  replicas: 3\\\n  template:\n    image: nginx:1.25\n    image: nginx:1.25\n"
            ),
            Row(.delete, "nginx", "spec:\n  replicas: 1\n  template:\n"),
            Row(
                .delete, "replicas: 1\n  temp",
                "spec:\n    image: nginx:1.25\n    image: nginx:1.25\n"),
            Row(
                .insert("a: b\nc: d", isAfter: true), "replicas",
                "spec:\n  replicas: 1\n  a: b\n  c: d\n  template:\n    image: nginx:1.25\n"
                    + "    image: nginx:1.25\n"),
            Row(
                .insert("      a: b\n", isAfter: false), "spec",
                "      a: b\nspec:\n  replicas: 1\n  template:\n    image: nginx:1.25\n"
                    + "    image: nginx:1.25\n"),
        ])
    func applied(row: Row) throws {
        #expect(try TextChange.apply([row.change], to: Self.text) == row.expected)
    }

    @Test(
        "refuse what would change nothing, or what nobody knows where to put",
        arguments: [
            (
                TextChange(.delete, "redis", isPattern: false),
                "the text that is edited has no \"redis\""
            ),
            (
                TextChange(.insert("a", isAfter: true), "nginx", isPattern: false),
                "2 lines of the text that is edited have \"nginx\"; say more of the one that is meant"
            ),
            (
                TextChange(.replace("a", isEvery: true), "", isPattern: false),
                "there is nothing to look for in \"\""
            ),
        ])
    func refused(change: TextChange, message: String) throws {
        let problem = #expect(throws: TextChange.Problem.self) {
            try TextChange.apply([change], to: Self.text)
        }
        #expect(problem?.message == message)
    }

    @Test("of ages do not count as something new")
    func ages() {
        #expect(AgeText.without("web   1/1   5s\n") == AgeText.without("web   1/1   2m10s\n"))
        #expect(AgeText.without("a   2 (5s ago)   1m") == AgeText.without("a   2 (3m1s ago)   4m"))
        #expect(AgeText.without("web   1/1   5s") != AgeText.without("web   0/1   5s"))
        #expect(AgeText.without("web-5s") == "web-5s")
        #expect(AgeText.without("port 80 5x") == "port 80 5x")
    }
}
