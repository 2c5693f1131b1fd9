import Support
import Value

extension Description {
    /// Kinds without a description of their own: every field, its name split into words.
    static let generic = Description { object, _, writer in
        writer.heading(object)
        writer.labelsAndAnnotations(object)
        writer.fields(of: object.fields, level: 0, path: "")
    }
}

extension DescriptionWriter {
    /// Shown above, or for machines only.
    private static let skipped: Set<String> = [
        ".metadata.managedFields", ".metadata.name", ".metadata.namespace", ".metadata.labels",
        ".metadata.annotations",
    ]

    fileprivate mutating func fields(of object: Object, level: Int, path: String) {
        for field in object.sortedByName {
            let name = field.key.name
            let path = "\(path).\(name)"
            if Self.skipped.contains(path) { continue }
            switch field.value {
            case .object(let inner):
                line(level, "\(wordsOfFieldName(name)):")
                fields(of: inner, level: level + 1, path: path)
            case .array(let elements):
                line(level, "\(wordsOfFieldName(name)):")
                for element in elements {
                    if case .object(let inner) = element {
                        fields(of: inner, level: level + 1, path: path)
                    } else {
                        line(level + 1, goText(element))
                    }
                }
            default:
                line(level, "\(wordsOfFieldName(name)):\t\(goText(field.value))")
            }
        }
    }
}

/// Go's `%v` of a decoded JSON value: `<nil>`, `[a b]`, `map[a:1]`.
private func goText(_ value: Value) -> String {
    switch value {
    case .null: "<nil>"
    case .array(let elements): "[\(elements.map(goText).joined(separator: " "))]"
    case .object(let object):
        "map["
            + object.sortedByName.map { "\($0.key.name):\(goText($0.value))" }
            .joined(separator: " ") + "]"
    default: value.cellText
    }
}

/// `creationTimestamp` as "Creation Timestamp", `apiVersion` as "API Version"; names with anything
/// but letters and dashes stay as they are. Source: kubectl, smartLabelFor; the words are those of
/// the camelcase package: `clusterIPs` becomes "Cluster I Ps".
func wordsOfFieldName(_ name: String) -> String {
    guard name.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0 == "-" }) else {
        return name
    }
    let acronyms = ["API", "URL", "UID", "GUID"]
    return withPlurals(camelCaseWords(name))
        .map { word in
            let upper = word.uppercased()
            if acronyms.contains(upper) { return upper }
            return word.prefix(1).uppercased() + word.dropFirst()
        }
        .joined(separator: " ")
}

/// The words with two capitals or more joined to a word that begins with one: `UR Ls` is `URLs`.
private func withPlurals(_ words: [String]) -> [String] {
    var result: [String] = []
    var index = 0
    while index < words.count {
        let word = words[index]
        if word.count >= 2, word.allSatisfy({ !$0.isLetter || $0.isUppercase }),
            index + 1 < words.count, words[index + 1].first?.isUppercase == true
        {
            result.append(word + words[index + 1])
            index += 2
        } else {
            result.append(word)
            index += 1
        }
    }
    return result
}

/// Runs of upper case, lower case and other characters; the last capital of a run begins the word
/// of the lower case that follows.
private func camelCaseWords(_ name: String) -> [String] {
    enum Class { case lower, upper, other }
    var runs: [(kind: Class, text: String)] = []
    for character in name {
        let kind: Class = character.isLowercase ? .lower : character.isUppercase ? .upper : .other
        if runs.last?.kind == kind {
            runs[runs.count - 1].text.append(character)
        } else {
            runs.append((kind, String(character)))
        }
    }
    for index in runs.indices.dropLast()
    where runs[index].kind == .upper && runs[index + 1].kind == .lower {
        runs[index + 1].text.insert(
            runs[index].text.removeLast(), at: runs[index + 1].text.startIndex)
    }
    return runs.map(\.text).filter { !$0.isEmpty }
}
