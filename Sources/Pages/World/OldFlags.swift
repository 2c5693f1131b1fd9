/// What kubectl once took and 1.36 does not, where a page still expects it: the command as it is today, and what
/// there is to say.
struct OldFlags {
    private struct Flag {
        let names: Set<String>
        let verbs: Set<String>
        let takesValue: Bool
    }

    private static let flags = [
        Flag(names: ["--generator"], verbs: ["run", "expose", "autoscale"], takesValue: true),
        Flag(names: ["-a", "--show-all"], verbs: ["get"], takesValue: false),
        Flag(names: ["--export"], verbs: ["get"], takesValue: false),
        Flag(names: ["--replicas", "--requests", "--limits"], verbs: ["run"], takesValue: true),
    ]

    let command: String
    let remarks: [String]

    /// Nil where the command has nothing of the kind.
    init?(_ text: String) {
        var command = text
        var remarks: [String] = []
        while let (mended, remark) = Self.mended(command) {
            command = mended
            remarks.append(remark)
        }
        if remarks.isEmpty { return nil }
        self.command = command
        self.remarks = remarks
    }

    private static func mended(_ text: String) -> (command: String, remark: String)? {
        guard let verb = PageCommands.verb(of: text) else { return mendedInside(text) }
        if verb == "run", let mended = cronJob(text) { return mended }
        let words = text.split(whereSeparator: \.isWhitespace)
        if verb == "exec", let place = unseparated(words) {
            var command = text
            command.insert(contentsOf: "-- ", at: words[place].startIndex)
            return (command, "kubectl exec of today wants `--` before the command")
        }
        for (place, word) in words.enumerated() {
            if word == "--" { return nil }
            let name = String(word.prefix { $0 != "=" })
            let flag = flags.first { $0.names.contains(name) && $0.verbs.contains(verb) }
            guard let flag else { continue }
            let isApart = flag.takesValue && !word.contains("=") && place + 1 < words.count
            let end = isApart ? words[place + 1].endIndex : word.endIndex
            var command = text
            command.removeSubrange(word.startIndex..<end)
            return (PageText.trimmed(command), "kubectl \(verb) of today has no `\(name)`")
        }
        return nil
    }

    /// The command between `$(` and `)`, whose value goes into a variable.
    private static func mendedInside(_ text: String) -> (command: String, remark: String)? {
        guard let start = text.firstRange(of: "$(kubectl "), let end = text.lastIndex(of: ")"),
            start.upperBound < end
        else { return nil }
        let first = text.index(start.lowerBound, offsetBy: 2)
        guard let (command, remark) = mended(String(text[first..<end])) else { return nil }
        return (String(text[..<first] + command + text[end...]), remark)
    }

    /// `kubectl run --schedule`, which made a CronJob up to 1.17.
    private static func cronJob(_ text: String) -> (command: String, remark: String)? {
        let words = text.split(whereSeparator: \.isWhitespace)
        let flags = words.prefix { $0 != "--" }
        guard let run = flags.first(where: { $0 == "run" }),
            flags.contains(where: { $0.hasPrefix("--schedule") })
        else { return nil }
        var command = text
        command.replaceSubrange(run.startIndex..<run.endIndex, with: "create cronjob")
        return (
            command,
            "kubectl run makes no CronJob since Kubernetes 1.18: `kubectl create cronjob` does"
        )
    }

    /// The first word of the command of `exec web-0 -it ls /`, which has no `--` before it.
    private static func unseparated(_ words: [Substring]) -> Int? {
        guard !words.contains("--"), let exec = words.firstIndex(of: "exec") else { return nil }
        var place = exec + 1
        var hasPod = false
        while place < words.count {
            let word = words[place]
            if ["-n", "--namespace", "-c", "--container"].contains(word) {
                place += 2
            } else if word.hasPrefix("-") {
                place += 1
            } else if hasPod {
                return place
            } else {
                hasPod = true
                place += 1
            }
        }
        return nil
    }
}
