import Language
import Syntax
import Value

/// A text in several languages, with the names of `vary` in it.
package struct LocalText: Sendable {
    /// The language of a text that names none.
    package static let standard = "en"

    private var entries: [(language: String, template: ExerciseTemplate)] = []

    init(_ text: ExerciseText?) {
        for entry in text?.entries ?? [] {
            entries.append(
                (entry.language?.name ?? Self.standard, ExerciseTemplate(entry.value)))
        }
    }

    /// The texts of several parts together, as `story` and `story zh` are.
    init(_ texts: [ExerciseText]) {
        for text in texts { entries += LocalText(text).entries }
    }

    /// The languages that it is in, in the order of the text.
    package var languages: [String] { entries.map(\.language) }

    /// The text in a language, or in English where there is none.
    package func text(_ language: String, _ variant: Variant) -> String {
        let entry =
            entries.first { $0.language == language }
            ?? entries.first { $0.language == Self.standard } ?? entries.first
        return entry?.template.text(variant.values) ?? ""
    }

    /// The English text as the author wrote it.
    var written: String { entries.first?.template.written ?? "" }

    /// What is said where the author says nothing.
    func or(_ other: LocalText) -> LocalText { entries.isEmpty ? other : self }
}

/// What `vary` has drawn for a seed.
package struct Variant: Sendable {
    package let seed: UInt64
    /// In the order of the text.
    package let values: [(name: String, value: Value)]
}
