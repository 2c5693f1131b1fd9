/// The order of texts with version numbers in them, as `sort -V` and `ls -v` have it. Source: the
/// rules in the manual of GNU coreutils, "Version sort ordering".
///
/// Texts are cut into runs of digits, which compare by value, and what stands between: there `~` comes
/// before the end, the end before letters and letters before everything else. Suffixes such as `.tar.gz`
/// count only when all before them is equal: `a-1.0.tgz` comes before `a-1.0.1.tgz`.
enum VersionOrder {
    static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        if left.isEmpty || right.isEmpty { return left.count - right.count }
        let hidden = hiddenRank(left) - hiddenRank(right)
        if hidden != 0 { return hidden }
        let result = compareRuns(withoutSuffix(left), withoutSuffix(right))
        return result != 0 ? result : compareRuns(left, right)
    }

    /// `.` before `..` before other hidden names before the rest.
    private static func hiddenRank(_ text: ArraySlice<UInt8>) -> Int {
        if text.elementsEqual(".".utf8) { return 0 }
        if text.elementsEqual("..".utf8) { return 1 }
        return text.first == UInt8(ascii: ".") ? 2 : 3
    }

    /// The text before the suffixes at its end, each a dot, a letter or `~`, and more letters, digits
    /// or `~`.
    private static func withoutSuffix(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let tilde = UInt8(ascii: "~")
        var end = text.startIndex + 1
        var place = end
        while place < text.endIndex {
            let next = place + 1
            guard text[place] == UInt8(ascii: "."), next < text.endIndex,
                text[next].isLetter || text[next] == tilde
            else {
                place += 1
                end = place
                continue
            }
            place =
                text[next...].firstIndex { !$0.isLetter && !$0.isDigit && $0 != tilde }
                ?? text.endIndex
            if place < text.endIndex, text[place] != UInt8(ascii: ".") { end = place + 1 }
        }
        return text[..<min(end, text.endIndex)]
    }

    private static func compareRuns(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        var (a, b) = (left, right)
        while !a.isEmpty || !b.isEmpty {
            while a.first.map({ !$0.isDigit }) ?? false || b.first.map({ !$0.isDigit }) ?? false {
                let difference = rank(a.first) - rank(b.first)
                if difference != 0 { return difference }
                a = a.dropFirst()
                b = b.dropFirst()
            }
            let (m, n) = (a.prefix(while: \.isDigit), b.prefix(while: \.isDigit))
            a = a.dropFirst(m.count)
            b = b.dropFirst(n.count)
            let (u, v) = (m.drop { $0 == 0x30 }, n.drop { $0 == 0x30 })
            if u.count != v.count { return u.count - v.count }
            let difference = SortKey.compareBytes(u, v)
            if difference != 0 { return difference }
        }
        return 0
    }

    private static func rank(_ byte: UInt8?) -> Int {
        guard let byte else { return -1 }
        if byte.isDigit { return 0 }
        if byte == UInt8(ascii: "~") { return -2 }
        return byte.isLetter ? Int(byte) : Int(byte) + 256
    }
}
