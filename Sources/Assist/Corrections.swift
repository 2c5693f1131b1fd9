import Model
import Support
import Syntax
import Tools
import Verbs

/// What somebody probably meant who typed a statement that was refused: the statement with the misspelt word
/// put right.
package struct Corrections {
    private let scene: any CompletionScene

    package init(_ scene: any CompletionScene) { self.scene = scene }

    /// The statement as it was meant, going by what a check said of it; nil where it names nothing.
    package func corrected(_ text: String, by found: [Diagnostic]) -> String? {
        let errors = found.filter { $0.severity == .error }
        guard errors.count == 1, let hint = errors[0].hint, let meant = Self.meant(hint),
            let word = Self.text(of: errors[0].span, in: text)
        else { return nil }
        var words = meant
        if word.contains("="), !words.contains("=") {
            // `--sort-yb=x`: the value stays.
            words += word[word.firstIndex(of: "=")!...]
        }
        let before = Array(text.utf8.prefix(Int(errors[0].span.start)))
        // `rollout status` for `stauts`: what stands before is not said twice.
        if !word.contains(" "), let blank = words.lastIndex(of: " "),
            String(decoding: before, as: UTF8.self).hasSuffix(String(words[...blank]))
        {
            words = String(words[words.index(after: blank)...])
        }
        return Self.replacing(errors[0].span, by: words, in: text)
    }

    /// `x` of "did you mean `x`?", where that is all the hint says.
    private static func meant(_ hint: String) -> String? {
        let start = "did you mean `"
        guard hint.hasPrefix(start), hint.hasSuffix("`?") else { return nil }
        let meant = hint.dropFirst(start.count).dropLast(2)
        return meant.isEmpty || meant.contains("`") || meant.contains("…") ? nil : String(meant)
    }

    /// The statement as it was meant, going by the kinds, objects and flags that its commands name.
    package func corrected(_ text: String, _ script: Script) -> String? {
        guard script.statements.count == 1, case .command(let line) = script.statements[0].kind
        else { return nil }
        for pipeline in line.pipelines {
            for stage in pipeline.stages {
                guard case .command(let command) = stage,
                    let (word, meant) = correction(of: command)
                else { continue }
                return Self.replacing(word.span, by: meant, in: text)
            }
        }
        return nil
    }

    private func correction(of command: Command) -> (word: Word, meant: String)? {
        let words = CommandWords(command.words)
        guard let verb = words.verb else { return nil }
        var namesKind = false
        for (word, role) in zip(command.words, words.roles) {
            guard let text = word.literalText, !text.isEmpty else { continue }
            var meant: String?
            switch role {
            case .flag(let flag):
                guard let sign = text.firstIndex(of: "=") else { continue }
                let value = String(text[text.index(after: sign)...])
                meant = choice(near: value, of: flag).map { text[...sign] + $0 }
            case .value(of: let flag): meant = choice(near: text, of: flag)
            case .argument(let place):
                switch verb.completes {
                case .resources:
                    if verb.name == "explain" { return nil }
                    (meant, namesKind) = resource(text, place, words, namesKind)
                case .names(let kind): meant = object(near: text, of: kind)
                case .nothing, .files, .words, .topics, .pending: continue
                }
            case .verb, .tool, .unknown: continue
            }
            if let meant, meant != text { return (word, meant) }
        }
        return nil
    }

    private func choice(near value: String, of flag: Flag) -> String? {
        guard !flag.choices.isEmpty, !flag.choices.contains(value) else { return nil }
        return nearestName(to: value, among: flag.choices.filter { !$0.hasSuffix("=") })
    }

    /// What is meant by an argument of a command about objects; and whether the words before named a kind.
    private func resource(
        _ text: String, _ place: Int, _ words: CommandWords, _ namesKind: Bool
    ) -> (String?, Bool) {
        if let slash = text.firstIndex(of: "/") {
            let kind = String(text[..<slash])
            let name = String(text[text.index(after: slash)...])
            guard isKind(kind) else {
                return (nearestKind(to: kind).map { "\($0)/\(name)" }, namesKind)
            }
            return (object(near: name, of: kind).map { "\(kind)/\($0)" }, namesKind)
        }
        if place == 0 {
            if let bracket = text.firstIndex(of: "["), text.hasSuffix("]") {
                // A list as expressions have it.
                let kind = String(text[..<bracket])
                let labels = text[text.index(after: bracket)...].dropLast()
                guard isKind(kind), !labels.contains(" ") else { return (nil, true) }
                return (labels.isEmpty ? kind : "\(kind) -l \(labels)", true)
            }
            let kinds = text.split(separator: ",").map(String.init)
            guard kinds.contains(where: { !isKind($0) }) else { return (nil, true) }
            let meant = kinds.map { isKind($0) ? $0 : nearestKind(to: $0) ?? $0 }
            return (meant == kinds ? nil : meant.joined(separator: ","), true)
        }
        guard namesKind, let kind = words.arguments.first, isKind(kind) else {
            return (nil, namesKind)
        }
        return (object(near: text, of: kind), namesKind)
    }

    private func isKind(_ name: String) -> Bool {
        name == "all" || scene.kinds.kind(named: name) != nil
    }

    private func nearestKind(to name: String) -> String? {
        nearestName(
            to: name,
            among: scene.kinds.all.flatMap { [$0.plural, $0.singular] + $0.shortNames })
    }

    private func object(near name: String, of kind: String) -> String? {
        guard let kind = scene.kinds.kind(named: kind) else { return nil }
        let names = scene.objects(of: scene.kinds[kind]).map(\.name)
        return names.contains(name) ? nil : nearestName(to: name, among: names)
    }

    // MARK: Text

    private static func text(of span: SourceSpan, in text: String) -> String? {
        let bytes = Array(text.utf8)
        guard Int(span.end) <= bytes.count, span.start < span.end else { return nil }
        return String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }

    private static func replacing(_ span: SourceSpan, by words: String, in text: String) -> String?
    {
        let bytes = Array(text.utf8)
        guard Int(span.end) <= bytes.count else { return nil }
        return String(decoding: bytes[..<Int(span.start)], as: UTF8.self) + words
            + String(decoding: bytes[Int(span.end)...], as: UTF8.self)
    }
}
