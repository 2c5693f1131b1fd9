import Value
import YAML

/// YAML of a page.
enum ManifestText {
    /// Whether a line can stand in a manifest.
    static func isManifestLine(_ line: String) -> Bool {
        guard let first = line.first else { return true }
        if first == " " || first == "#" || first == "\t" { return true }
        if line.hasPrefix("---") || line.hasPrefix("- ") { return true }
        let key = line.prefix { $0.isLetter && $0.isASCII || $0.isNumber || $0 == "_" || $0 == "-" }
        let rest = line.dropFirst(key.count)
        return !key.isEmpty && rest.hasPrefix(":")
            && (rest.count == 1 || rest.dropFirst().first == " ")
    }

    /// Whether lines are objects of the API, or JSON of one.
    static func isManifest(_ lines: [String]) -> Bool {
        let keys = lines.filter { !$0.hasPrefix(" ") && !$0.hasPrefix("\t") }
        if keys.contains(where: { $0.hasPrefix("apiVersion:") }) {
            return lines.contains { $0.hasPrefix("kind:") }
        }
        return lines.first { !PageText.isBlank($0) }?.hasPrefix("{") == true
            && lines.contains { $0.contains("\"apiVersion\"") }
    }

    /// The text of a manifest, tabs as blanks: as many as let it be read.
    static func text(_ lines: [String]) -> String {
        var lines = lines
        while lines.last.map(PageText.isBlank) == true { lines.removeLast() }
        let text = lines.map { $0 + "\n" }.joined()
        guard text.utf8.contains(UInt8(ascii: "\t")) || !text.utf8.allSatisfy({ $0 < 128 }) else {
            return text
        }
        let plain = lines.map { line in isQuoted(line) ? line : PageText.command(line) }
            .map { $0 + "\n" }.joined()
        for width in [2, 4, 8] {
            let spaced = plain.replacing("\t", with: String(repeating: " ", count: width))
            if YAML.read(spaced).error == nil { return spaced }
        }
        return text
    }

    /// A value in quotes keeps its dashes.
    private static func isQuoted(_ line: String) -> Bool {
        line.contains("\"") || line.contains("#")
    }

    /// Whether a line of dots stands for what the author has left out.
    static func isElided(_ text: String) -> Bool {
        let lines = text.split(separator: "\n").map { PageText.trimmed($0) }.filter { !$0.isEmpty }
        // At the very end three dots end a document.
        return lines.enumerated().contains { index, line in
            line.count >= 3 && line.allSatisfy { $0 == "." || $0 == "…" } && index < lines.count - 1
                || line == "…" || line == "……"
        }
    }

    /// The objects of a text that could be read.
    static func objects(_ text: String) -> [Value] { YAML.read(text).documents.map(\.value) }
}
