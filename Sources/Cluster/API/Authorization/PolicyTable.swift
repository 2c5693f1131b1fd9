import Support
import Value

/// The roles that every cluster has, in a short form that costs nothing until it is read.
enum PolicyTable {
    /// A role with its rules.
    struct Role {
        let name: String
        /// The aggregation that takes its rules up ("edit"); nil for none.
        var part: String?
        /// The aggregation that its rules come from; nil where it has its own.
        var whole: String?
        var rules: [Value] = []
    }

    /// Reads a table; see the tables for the form.
    static func roles(_ text: String, prefix: String = "") -> [Role] {
        var roles: [Role] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard !line.hasPrefix(" ") else {
                roles[roles.count - 1].rules.append(rule(words))
                continue
            }
            var role = Role(name: prefix + words[0])
            for word in words.dropFirst() {
                if word.hasPrefix("+") { role.part = String(word.dropFirst()) }
                if word.hasPrefix("=") { role.whole = String(word.dropFirst()) }
            }
            roles.append(role)
        }
        return roles
    }

    private static func rule(_ words: [String]) -> Value {
        func list(_ word: String) -> Value {
            .array(word.split(separator: ",").map { Value(String($0)) })
        }
        guard words.count > 2 else {
            return ["nonResourceURLs": list(words[1]), "verbs": list(words[0])]
        }
        var rule: Value = [
            "apiGroups": .array(
                words[1].split(separator: ",").map { $0 == "core" ? "" : Value(String($0)) })
        ]
        if words.count > 3 { rule["resourceNames"] = list(words[3]) }
        rule["resources"] = list(words[2])
        rule["verbs"] = list(words[0])
        return rule
    }
}
