/// What the engine says of why something is so, in a learner's language.
///
/// The engine speaks English. What exercises meet most is said in Chinese by ``ReasonPhrases``; of what is not
/// among them a learner is told how to ask. Names, reasons and messages of Kubernetes stay as they are.
struct ReasonWords {
    private let words: LearnWords

    init(_ words: LearnWords) { self.words = words }

    private var isEnglish: Bool { words.language == LocalText.standard }

    /// A line of its own.
    func told(_ line: String) -> String {
        isEnglish ? line : ReasonPhrases.chinese(line) ?? line
    }

    /// What is in trouble and its causes, as ``Seen/why(_:)`` has them.
    func why(_ lines: [String]) -> [String] {
        if isEnglish { return lines }
        guard let first = lines.first else { return [] }
        let plain = first.hasPrefix("why: ") ? String(first.dropFirst(5)) : first
        guard let head = ReasonPhrases.chinese(plain) else {
            let object = plain.split(separator: " ").first.map(String.init) ?? ""
            // `why` asks for objects.
            return object.contains("/") ? [words.say(.askWhy, object)] : []
        }
        let causes = lines.dropFirst().map { line in
            let cause = line.drop { $0 == " " }
            let indent = String(repeating: " ", count: line.count - cause.count)
            return indent + (ReasonPhrases.chinese(String(cause)) ?? String(cause))
        }
        return [words.say(.reason, head)] + causes
    }
}

/// Sentences of the engine with what they are in Chinese. `%1` stands for what stays as it is, `@1` for what is
/// a sentence again.
enum ReasonPhrases {
    struct Entry {
        let english: String
        let chinese: String
        fileprivate let pieces: [Piece]

        init(_ english: String, _ chinese: String) {
            self.english = english
            self.chinese = chinese
            pieces = Piece.read(english)
        }
    }

    fileprivate enum Piece {
        case text(String)
        case hole(number: Int, isSentence: Bool)

        static func read(_ text: String) -> [Piece] {
            var pieces: [Piece] = []
            var plain = ""
            var rest = text[...]
            while let next = rest.popFirst() {
                guard next == "%" || next == "@", let number = rest.first?.wholeNumberValue else {
                    plain.append(next)
                    continue
                }
                rest.removeFirst()
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.hole(number: number, isSentence: next == "@"))
            }
            if !plain.isEmpty { pieces.append(.text(plain)) }
            return pieces
        }
    }

    /// The sentence in Chinese; nil for one that is not known.
    static func chinese(_ sentence: String) -> String? {
        for entry in all {
            guard let found = match(entry.pieces[...], sentence[...]) else { continue }
            return fill(entry.chinese, found)
        }
        return nil
    }

    /// What stands in the holes, by number; nil where the sentence is another one. A hole takes as little as the
    /// text behind it lets it.
    private static func match(_ pieces: ArraySlice<Piece>, _ rest: Substring) -> [Int: String]? {
        guard let piece = pieces.first else { return rest.isEmpty ? [:] : nil }
        let further = pieces.dropFirst()
        switch piece {
        case .text(let text):
            return rest.hasPrefix(text) ? match(further, rest.dropFirst(text.count)) : nil
        case .hole(let number, let isSentence):
            guard case .text(let next)? = further.first else {
                return rest.isEmpty ? nil : [number: inserted(String(rest), isSentence)]
            }
            var from = rest.startIndex
            while let place = rest[from...].firstRange(of: next) {
                if place.lowerBound > rest.startIndex,
                    var found = match(further, rest[place.lowerBound...])
                {
                    found[number] = inserted(String(rest[..<place.lowerBound]), isSentence)
                    return found
                }
                from = place.upperBound
            }
            return nil
        }
    }

    private static func inserted(_ text: String, _ isSentence: Bool) -> String {
        isSentence ? chinese(text) ?? text : text
    }

    private static func fill(_ template: String, _ found: [Int: String]) -> String {
        Piece.read(template).map { piece in
            switch piece {
            case .text(let text): text
            case .hole(let number, _): found[number] ?? ""
            }
        }.joined()
    }
}
