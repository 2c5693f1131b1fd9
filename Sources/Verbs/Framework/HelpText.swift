/// The help of a verb, made from its own description.
package enum HelpText {
    /// The help of `verb`, which `path` led to.
    package static func of(_ verb: Verb, path: [String]) -> String {
        let command = (verb.group == .kubectl ? ["kubectl"] + path : path).joined(separator: " ")
        var text = "\(verb.summary).\n"
        if !verb.examples.isEmpty {
            text += "\nExamples:\n" + verb.examples.map { "  \($0)\n" }.joined()
        }
        if !verb.subverbs.isEmpty {
            text += "\nAvailable Commands:\n"
            text += table(verb.subverbs.map { ($0.name, $0.summary) })
        }
        let flags = FurtherFlags.complete(verb.flags, of: path).filter {
            $0.deprecation == nil && !$0.isAlpha
        }
        if !flags.isEmpty {
            text += "\nOptions:\n" + options(flags)
        }
        if verb.group == .world {
            let tail = verb.subverbs.isEmpty ? verb.usage : "COMMAND"
            return text + "\nUsage:\n  \(command) \(tail)\n"
        }
        return text + "\nUsage:\n  \(UsageLines.line(of: path) ?? "\(command) \(verb.usage)")\n"
    }

    /// The lines about flags.
    static func options(_ flags: [Flag]) -> String {
        table(flags.map { (signature($0), $0.summary) })
    }

    private static func signature(_ flag: Flag) -> String {
        let letter = flag.short.map { "-\($0), " } ?? "    "
        let value: String
        switch flag.kind {
        case .bool: value = ""
        case .int: value = "=\(flag.standard.isEmpty ? "0" : flag.standard)"
        case .duration: value = "=\(flag.standard.isEmpty ? "0s" : flag.standard)"
        case .string, .strings: value = flag.standard.isEmpty ? "=…" : "='\(flag.standard)'"
        }
        return "\(letter)--\(flag.name)\(value)"
    }

    private static func table(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, summary in
            "  \(name)\(String(repeating: " ", count: width - name.count + 3))\(summary)\n"
        }.joined()
    }
}
