import Testing

@testable import Support

@Suite struct UnifiedDiffTests {
    private static func lines(_ range: ClosedRange<Int>) -> String {
        range.map { "\($0)\n" }.joined()
    }

    @Test(
        "hunks are those of diff -u",
        arguments: [
            ("a\nb\n", "a\nb\n", ""),
            ("", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"),
            ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
            ("a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"),
            (
                lines(1...20), lines(1...20).replacing("10\n", with: "ten\n"),
                "@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n"
            ),
        ])
    func hunks(old: String, new: String, text: String) {
        let diff = UnifiedDiff(old, new)
        #expect(diff.hunks == text)
        #expect(diff.isEmpty == text.isEmpty)
    }

    @Test("changes far apart have hunks of their own, near ones share one")
    func distance() {
        let old = Self.lines(1...30)
        let far = old.replacing("\n5\n", with: "\nx\n").replacing("\n25\n", with: "\ny\n")
        #expect(
            UnifiedDiff(old, far).hunks.split(separator: "\n").count { $0.hasPrefix("@@") } == 2)
        let near = old.replacing("\n5\n", with: "\nx\n").replacing("\n11\n", with: "\ny\n")
        #expect(
            UnifiedDiff(old, near).hunks.split(separator: "\n").count { $0.hasPrefix("@@") } == 1)
    }
}
