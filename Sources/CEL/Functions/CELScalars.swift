/// A text as an array of code points, for functions that count them.
struct CELScalars {
    private let scalars: [Unicode.Scalar]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var count: Int { scalars.count }

    func text(_ range: Range<Int>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[range])
        return text
    }

    var reversed: String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars.reversed())
        return text
    }

    /// Without white space at both ends.
    var trimmed: String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return text(first..<last + 1)
    }

    /// How much of each beginning of `part` is also its end: the table of Knuth, Morris and Pratt, so
    /// that a search takes no longer than both texts are.
    private static func borders(_ part: [Unicode.Scalar]) -> [Int] {
        var borders = [0]
        var length = 0
        for index in part.indices.dropFirst() {
            while length > 0, part[index] != part[length] { length = borders[length - 1] }
            if part[index] == part[length] { length += 1 }
            borders.append(length)
        }
        return borders
    }

    /// The places at which `part`, which is not empty, begins; they do not overlap.
    private func places(of part: String, from start: Int, atMost most: Int? = nil) -> [Int] {
        let part = Array(part.unicodeScalars)
        let borders = Self.borders(part)
        var found: [Int] = []
        var length = 0
        for index in scalars.indices.dropFirst(start) {
            if let most, found.count >= most { break }
            while length > 0, scalars[index] != part[length] { length = borders[length - 1] }
            if scalars[index] == part[length] { length += 1 }
            if length == part.count {
                found.append(index - length + 1)
                length = 0
            }
        }
        return found
    }

    /// The first place of `part` at `start` or behind it.
    func place(of part: String, from start: Int) -> Int? {
        if part.isEmpty { return start }
        return places(of: part, from: start, atMost: 1).first
    }

    /// The last place of `part` at `start` or before it; both texts are read backwards.
    func lastPlace(of part: String, from start: Int) -> Int? {
        let length = part.unicodeScalars.count
        guard length <= count else { return nil }
        let mirror = CELScalars(reversed)
        let skipped = max(0, count - length - start)
        return mirror.place(of: CELScalars(part).reversed, from: skipped).map {
            count - length - $0
        }
    }

    func replacing(_ old: String, with new: String, atMost most: Int?) -> String {
        if most == 0 { return text(0..<count) }
        let width = old.unicodeScalars.count
        var places: [Int]
        if width == 0 {
            places = Array(0...count)
            if let most { places = Array(places.prefix(most)) }
        } else {
            places = self.places(of: old, from: 0, atMost: most)
        }
        var result = ""
        var last = 0
        for place in places {
            result.unicodeScalars.append(contentsOf: scalars[last..<place])
            result += new
            last = place + width
        }
        result.unicodeScalars.append(contentsOf: scalars[last...])
        return result
    }

    /// The parts between separators, at most so many; without a separator the characters.
    func split(_ separator: String, atMost most: Int?) -> [String] {
        if most == 0 { return [] }
        if separator.isEmpty {
            let cuts = min(most ?? count, count)
            guard cuts > 0 else { return [] }
            return (0..<cuts).map { text($0..<($0 == cuts - 1 ? count : $0 + 1)) }
        }
        var parts: [String] = []
        var last = 0
        for place in places(of: separator, from: 0, atMost: most.map { $0 - 1 }) {
            parts.append(text(last..<place))
            last = place + separator.unicodeScalars.count
        }
        return parts + [text(last..<count)]
    }
}
