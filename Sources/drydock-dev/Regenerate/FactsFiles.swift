/// The files of the table of field facts.
enum FactsFiles {
    static let folder = "Sources/Model/Facts"
    static let parts = [
        "CoreAtoN", "CoreOtoZ", "Workloads", "Machinery", "Extensions", "OtherGroups",
    ]
    /// Before each line of the table.
    static let indent = "        "

    static func path(_ part: String) -> String { "\(folder)/FactsTable+\(part).swift" }

    /// The files with the rows of `types`, marked by the supplement.
    static func files(from types: [FactsType]) throws -> [GeneratedFile] {
        var supplement = FactsSupplement()
        supplement.findLeading(types)
        var rows: [String: [String]] = [:]
        for type in types {
            rows[part(for: type.name), default: []] += lines(of: type, &supplement)
        }
        let leftOver = supplement.unused
        guard leftOver.isEmpty else {
            throw RegenerateProblem("the supplement names fields that do not exist: \(leftOver)")
        }
        return parts.map { part in
            let name = part.prefix(1).lowercased() + part.dropFirst()
            let text = (rows[part] ?? []).map { "\(indent)\($0)\n" }.joined()
            return GeneratedFile(
                path: path(part), note: "; see FactsTable.swift for the notation.",
                body: """
                    extension FactsTable {
                        static let \(name) = #\"""
                    \(text)\(indent)\"""#
                    }

                    """)
        }
    }

    /// Which file a type's row goes to.
    private static func part(for type: String) -> String {
        if type.hasPrefix("core.v1.") {
            // The core group is large: half of it by the first letter.
            let letter = type.dropFirst("core.v1.".count).first!
            return letter < "O" ? "CoreAtoN" : "CoreOtoZ"
        }
        let workloads = ["apps.", "autoscaling.", "batch.", "policy."]
        if workloads.contains(where: { type.hasPrefix($0) }) { return "Workloads" }
        let shared = ["meta.", "api.", "apiextensions.", "runtime.", "util.", "version."]
        if shared.contains(where: { type.hasPrefix($0) }) { return "Machinery" }
        let extensions = [
            "admissionregistration.", "apiregistration.", "certificates.", "flowcontrol.",
            "resource.",
        ]
        if extensions.contains(where: { type.hasPrefix($0) }) { return "Extensions" }
        return "OtherGroups"
    }

    private static func lines(
        of type: FactsType, _ supplement: inout FactsSupplement
    ) -> [String] {
        var lines = [type.name + (type.isAtomic ? " #a" : "")]
        var line = ""
        for field in type.fields {
            let path = type.name + "." + field.name
            let token =
                "\(field.name):\(field.shape)\(field.isRequired ? "!" : "")"
                + supplement.flags(for: path) + field.listMarks
            if line.utf8.count + token.utf8.count + 1 > 96 {
                lines.append(line)
                line = ""
            }
            line += " " + token
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
