/// One thing that is written as it stands, and what lies before it.
struct LayoutAtom {
    enum Kind: Equatable {
        case token(TokenKind)
        /// A word of a command, a string, the name of a resource …
        case word
        /// From the `#` to the end of the line.
        case comment
    }

    var kind: Kind
    var text: String
    /// The offset in the text it was read from.
    var start: Int
    /// Line ends before it: none, one, or two with an empty line between.
    var breaks = 0
    /// The line end before it is escaped by a backslash.
    var continues = false
    /// There was anything between it and what stands before.
    var hasGap = false
    /// The bodies of here-documents that follow the line end before it.
    var body: Range<Int>?
    var isKeyword = false
    /// Begins a statement, a setting or a pattern.
    var isStart = false
    var role: LayoutRecorder.Role?
    /// What begins with it.
    var region: LayoutRecorder.RegionKind?
    /// The atom that ends what begins with it.
    var regionEnd = -1
    /// How many regions it ends.
    var closes = 0
    /// Characters of its first line and of its last one; equal but for texts of several lines.
    var width = 0
    var lastWidth = 0

    init(_ kind: Kind, _ text: String, start: Int) {
        self.kind = kind
        self.text = text
        self.start = start
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        width = lines.first?.count ?? 0
        lastWidth = lines.last?.count ?? 0
        isMultiline = lines.count > 1
    }

    let isMultiline: Bool

    var isComment: Bool { kind == .comment }
    /// A comment on the line of what stands before it.
    var isTrailingComment: Bool { isComment && breaks == 0 }

    func isToken(_ token: TokenKind) -> Bool { kind == .token(token) }
}

/// Cuts a text into atoms: what the parser noted, and the comments between.
struct LayoutReader {
    private let source: Source
    private let recorder: LayoutRecorder
    private let resumption: [Int: Int]
    private var atoms: [LayoutAtom] = []
    private var pending = LayoutAtom(.comment, "", start: 0)
    /// The bodies after the last line.
    private(set) var trailingBody: Range<Int>?

    init(source: Source, recorder: LayoutRecorder, resumption: [Int: Int]) {
        self.source = source
        self.recorder = recorder
        self.resumption = resumption
    }

    mutating func read() -> [LayoutAtom] {
        atoms.reserveCapacity(recorder.marks.count)
        var end = source.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        for mark in recorder.marks {
            readGap(from: end, to: mark.start)
            append(mark)
            end = mark.end
        }
        readGap(from: end, to: source.utf8.count)
        trailingBody = pending.body
        dropSemicolons()
        joinRegions()
        return atoms
    }

    private mutating func append(_ mark: LayoutRecorder.Mark) {
        var atom = LayoutAtom(
            mark.token.map { .token($0) } ?? .word, text(mark.start, mark.end), start: mark.start)
        atom.isKeyword = mark.isKeyword
        atom.isStart = recorder.starts.contains(mark.start)
        atom.role = recorder.roles[mark.start]
        append(atom)
    }

    private mutating func append(_ atom: LayoutAtom) {
        var atom = atom
        atom.breaks = min(pending.breaks, 2)
        if atom.breaks == 0, pending.continues, !atom.isComment {
            atom.breaks = 1
            atom.continues = true
        } else if pending.continues {
            atom.breaks = max(atom.breaks, 1)
        }
        atom.hasGap = pending.hasGap
        atom.body = pending.body
        atoms.append(atom)
        pending = LayoutAtom(.comment, "", start: 0)
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: source.utf8[start..<end], as: UTF8.self)
    }

    /// Reads blanks, line ends, comments and bodies of here-documents.
    private mutating func readGap(from start: Int, to end: Int) {
        var place = start
        while place < end {
            switch source.utf8[place] {
            case UInt8(ascii: "\n"): place = readLineEnd(at: place)
            case let byte where Characters.isBlank(byte): place += 1
            case UInt8(ascii: "\\") where continuationEnd(at: place) != nil:
                place = continuationEnd(at: place) ?? end
                pending.continues = true
                if let next = resumption[place] {
                    pending.body = (place + 1)..<next
                    place = next
                } else {
                    place = min(place + 1, end)
                }
            case UInt8(ascii: "#"):
                let comment = commentEnd(from: place, limit: end)
                append(LayoutAtom(.comment, text(place, comment), start: place))
                place = comment
            default:
                let stray = strayEnd(from: place, limit: end)
                append(LayoutAtom(.word, text(place, stray), start: place))
                place = stray
                continue
            }
            pending.hasGap = true
        }
    }

    /// The place after the line end at `place` and the bodies that follow it.
    private mutating func readLineEnd(at place: Int) -> Int {
        pending.breaks += 1
        guard let next = resumption[place] else { return place + 1 }
        pending.body = (place + 1)..<next
        return next
    }

    /// The line end that the backslash at `place` escapes.
    private func continuationEnd(at place: Int) -> Int? {
        var end = place + 1
        if end < source.utf8.count, source.utf8[end] == UInt8(ascii: "\r") { end += 1 }
        guard end < source.utf8.count else { return end }
        return source.utf8[end] == UInt8(ascii: "\n") ? end : nil
    }

    private func commentEnd(from start: Int, limit: Int) -> Int {
        var end = start
        while end < limit, source.utf8[end] != UInt8(ascii: "\n") { end += 1 }
        while Characters.isBlank(source.utf8[end - 1]) { end -= 1 }
        return end
    }

    private func strayEnd(from start: Int, limit: Int) -> Int {
        var end = start + 1
        while end < limit, !Characters.isBlank(source.utf8[end]),
            source.utf8[end] != UInt8(ascii: "\n")
        {
            end += 1
        }
        return end
    }

    /// A `;` at the end of a line ends nothing that the line end does not.
    private mutating func dropSemicolons() {
        var kept: [LayoutAtom] = []
        kept.reserveCapacity(atoms.count)
        for (index, atom) in atoms.enumerated() {
            if atom.isToken(.semicolon), atom.breaks == 0, let last = kept.last {
                let next = index + 1 < atoms.count ? atoms[index + 1] : nil
                if last.isToken(.semicolon) || next.map({ $0.breaks > 0 || $0.isComment }) ?? true {
                    // What follows still has its line end.
                    continue
                }
            }
            if atom.breaks > 0 || atom.isComment {
                while let last = kept.last, kept.count > 1, last.isToken(.semicolon),
                    last.breaks == 0
                {
                    kept.removeLast()
                }
            }
            kept.append(atom)
        }
        atoms = kept
    }

    private mutating func joinRegions() {
        var places: [Int: Int] = [:]
        for (index, atom) in atoms.enumerated() where !atom.isComment {
            places[atom.start] = index
        }
        for index in atoms.indices where !atoms[index].isComment {
            guard let region = recorder.regions[atoms[index].start], let end = places[region.end],
                end > index
            else { continue }
            atoms[index].region = region.kind
            atoms[index].regionEnd = end
            atoms[end].closes += 1
        }
    }
}
