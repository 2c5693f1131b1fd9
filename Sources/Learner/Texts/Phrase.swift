/// A sentence of `drydock learn` in all its languages. `{name}` is a place for a value.
package struct Phrase: Sendable {
    package let english: String
    package let chinese: String

    init(_ english: String, zh chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    package func text(in tongue: Tongue) -> String {
        switch tongue {
        case .english: english
        case .chinese: chinese
        }
    }

    /// The names of the places in a text, in alphabetical order, each once.
    package static func places(in text: String) -> [String] {
        var places: Set<String> = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            rest = rest[rest.index(after: start)...]
            guard let end = rest.firstIndex(of: "}") else { break }
            places.insert(String(rest[..<end]))
            rest = rest[rest.index(after: end)...]
        }
        return places.sorted()
    }
}

/// The phrases in one language.
package struct Wording: Sendable {
    package let tongue: Tongue

    package init(_ tongue: Tongue) { self.tongue = tongue }

    /// The sentence, with values in its places.
    package func callAsFunction(_ phrase: Phrase, _ values: [String: String] = [:]) -> String {
        let text = phrase.text(in: tongue)
        guard !values.isEmpty else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "{"),
            let end = rest[start...].firstIndex(of: "}")
        {
            result += rest[..<start]
            let name = String(rest[rest.index(after: start)..<end])
            result += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
