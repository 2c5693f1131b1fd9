/// Words written so that a POSIX shell reads them back as they are.
enum ShellWords {
    /// The words as one command.
    static func command(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    /// The word as it is where it holds nothing that a shell heeds, else in single quotes; with
    /// control characters in bash's and zsh's `$'…'`, so that none of them reaches a terminal.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || "/._-=:".unicodeScalars.contains($0)
            }
        if isPlain { return word }
        if word.unicodeScalars.contains(where: \.isControl) { return dollarQuoted(word) }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }

    private static func dollarQuoted(_ word: String) -> String {
        var result = "$'"
        for scalar in word.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "'": result += "\\'"
            case "\\": result += "\\\\"
            case _ where scalar.isControl:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "'"
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character (C0, delete, C1): something that a terminal obeys.
    var isControl: Bool { properties.generalCategory == .control }
}
