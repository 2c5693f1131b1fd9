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

    @Test(
        "whatever the texts, what is kept and added is the new one, what is kept and removed the old one"
    )
    func property() {
        var stream = RandomStream(seed: 7)
        func draw(_ count: Int) -> Int { Int(stream.next() % UInt64(count)) }
        for round in 0..<100 {
            // Some are large enough for the way without a table.
            let size = round % 25 == 0 ? 2_500 : 40
            let words = round % 3 == 0 ? 5 : 2 * size
            let old = (0..<size).map { _ in "\(draw(words))" }
            var new = old
            for _ in 0..<draw(size / 4) + 1 {
                let place = draw(new.count)
                if draw(2) == 0 {
                    new.remove(at: place)
                } else {
                    new.insert("\(draw(words))", at: place)
                }
            }
            let pairs = LineAlignment.pairs(old, new)
            #expect(pairs.allSatisfy { old[$0.left] == new[$0.right] })
            #expect(
                zip(pairs, pairs.dropFirst()).allSatisfy {
                    $0.left < $1.left && $0.right < $1.right
                })
            #expect(pairs.count >= old.count - 2 * size / 4 || size > 40)
        }
    }

    @Test("texts that are wholly different, and long ones with a change, take no table")
    func long() {
        let old = (0..<100_000).map { "old \($0)" }
        let new = (0..<100_000).map { "new \($0)" }
        #expect(LineAlignment.pairs(old, new).isEmpty)
        var changed = old
        changed[5] = "x"
        changed[99_990] = "y"
        #expect(LineAlignment.pairs(old, changed).count == 99_998)
        // Nothing stands once, so that nothing holds the two together but their ends.
        let same = [String](repeating: "a", count: 3_000) + ["b", "b"]
        let other = [String](repeating: "c", count: 3_000) + ["b", "b"]
        #expect(LineAlignment.pairs(same, other).count == 2)
    }
}
