extension String {
    /// The first place where `needle` stands; nil where it does not or is empty.
    package func range(of needle: String) -> Range<String.Index>? {
        let target = Array(needle.utf8)
        let bytes = utf8
        guard !target.isEmpty, bytes.count >= target.count else { return nil }
        var start = bytes.startIndex
        while start != bytes.endIndex {
            var cursor = start
            var matched = 0
            while matched < target.count, cursor != bytes.endIndex, bytes[cursor] == target[matched]
            {
                matched += 1
                cursor = bytes.index(after: cursor)
            }
            if matched == target.count { return start..<cursor }
            start = bytes.index(after: start)
        }
        return nil
    }
}
