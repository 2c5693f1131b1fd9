/// A recorded line as a pattern: its text is literal, its placeholders are wildcards.
///
/// Every placeholder but `{*}` stands for something of a known shape and takes only that, so that a
/// column in the wrong place is not swallowed: `{age}` takes `2m3s` but not `Running`.
package struct LinePattern: Sendable {
    private enum Segment: Sendable {
        case literal([UInt8])
        case wildcard(Placeholder)
    }

    private let segments: [Segment]

    /// Parses the placeholders of one recorded line.
    package init(_ text: String) {
        var segments: [Segment] = []
        var literal: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "{"),
                let hit = Placeholder.allCases.first(where: { rest.starts(with: $0.token) })
            {
                if !literal.isEmpty { segments.append(.literal(literal)) }
                literal = []
                segments.append(.wildcard(hit))
                rest = rest.dropFirst(hit.token.count)
            } else {
                literal.append(byte)
                rest = rest.dropFirst()
            }
        }
        if !literal.isEmpty { segments.append(.literal(literal)) }
        self.segments = segments
    }

    /// Whether the pattern has no placeholder.
    package var isLiteral: Bool {
        segments.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    /// Whether the whole of `line` fits. O(segments × bytes).
    package func matches(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        // The positions that the segments read so far can end at.
        var ends = [0]
        for segment in segments {
            switch segment {
            case .literal(let text):
                ends = ends.compactMap { bytes[$0...].starts(with: text) ? $0 + text.count : nil }
            case .wildcard(let placeholder):
                ends = placeholder.ends(in: bytes, from: ends)
            }
            if ends.isEmpty { return false }
        }
        return ends.last == bytes.count
    }
}

/// What stands in a recording for text that differs from run to run.
enum Placeholder: String, CaseIterable, Sendable {
    case age, rand, hash, ip, uid, time, rv
    case anything = "*"

    /// The bytes that spell the placeholder, for example `{age}`.
    var token: [UInt8] { Array("{\(rawValue)}".utf8) }

    /// The positions after every text that the placeholder can stand for, ascending, without
    /// repeats.
    func ends(in bytes: [UInt8], from starts: [Int]) -> [Int] {
        guard let first = starts.first else { return [] }
        if self == .anything { return Array(first...bytes.count) }
        var isEnd = [Bool](repeating: false, count: bytes.count + 1)
        for start in starts {
            for unknown in Self.unknownAges
            where self == .age && bytes[start...].starts(with: unknown) {
                isEnd[start + unknown.count] = true
            }
            if self == .age, start < bytes.count, !(48...57).contains(bytes[start]) { continue }
            var end = start
            while end < bytes.count, accepts(bytes, at: end, from: start) {
                end += 1
                isEnd[end] = true
            }
        }
        return isEnd.indices.filter { isEnd[$0] }
    }

    private static let unknownAges = [Array("<unknown>".utf8), Array("<invalid>".utf8)]

    private func accepts(_ bytes: [UInt8], at index: Int, from start: Int) -> Bool {
        let byte = bytes[index]
        let isDigit = (48...57).contains(byte)
        let isLower = (97...122).contains(byte)
        switch self {
        case .age: return isDigit || isLower || byte == UInt8(ascii: ".") || byte > 127
        case .rand, .hash: return isDigit || isLower
        case .ip:
            return isDigit || (97...102).contains(byte) || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: ":")
        case .uid: return isDigit || isLower || byte == UInt8(ascii: "-")
        case .rv: return isDigit
        case .time:
            if byte == UInt8(ascii: " ") {
                return index > start && bytes[index - 1] != UInt8(ascii: " ")
            }
            return isDigit || isLower || (65...90).contains(byte) || ":+-.,".utf8.contains(byte)
        case .anything: return true
        }
    }
}
