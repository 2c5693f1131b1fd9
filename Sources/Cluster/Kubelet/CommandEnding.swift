import Value

/// When a container's own command plainly ends, and how: `sleep 5`, `echo hello`, `exit 1`,
/// `sh -c "echo a; sleep 3; exit 2"`, the `perl -Mbignum=bpi …` of the Job tutorial.
///
/// Nothing is executed: anything that is not recognised is taken to run for ever, but in a Job's pod.
struct CommandEnding: Equatable {
    /// From running to the end.
    let after: Milliseconds
    let exitCode: Int

    /// The ending of `container`'s command and arguments; nil when it runs on.
    init?(container: Value) {
        let words =
            container[.command].elements.compactMap(\.string)
            + container[.args].elements.compactMap(\.string)
        guard let ending = Self.ending(of: words) else { return nil }
        self = ending
    }

    private init(after: Milliseconds, exitCode: Int) {
        self.after = after
        self.exitCode = exitCode
    }

    /// What a program takes that only prints or computes something.
    static let moment: Milliseconds = 100

    /// What a container of a Job takes that nothing is known of.
    static let work: Milliseconds = 10_000

    /// Whether a command says that it never ends: `sleep infinity`, `tail -f`, `while true; do …`.
    static func isEndless(container: Value) -> Bool {
        let words =
            (container[.command].elements + container[.args].elements).compactMap(\.string)
            .flatMap { $0.split(whereSeparator: { " \t\n;".contains($0) }).map(String.init) }
        return words.indices.contains { index in
            let next = index + 1 < words.count ? words[index + 1] : ""
            switch words[index].split(separator: "/").last.map(String.init) ?? "" {
            case "sleep": return ["infinity", "inf"].contains(next)
            case "tail": return ["-f", "-F"].contains(next)
            case "while": return ["true", ":", "sleep", "[", "1"].contains(next)
            case "until": return next == "false"
            default: return false
            }
        }
    }

    /// How the command of `words` ends; nil when it runs on.
    static func ending(of words: [String]) -> CommandEnding? {
        guard let program = words.first else { return nil }
        let name = program.split(separator: "/").last.map(String.init) ?? program
        let rest = Array(words.dropFirst())
        switch name {
        case "sh", "bash", "ash", "dash":
            guard let flag = rest.first, flag.hasPrefix("-"), flag.contains("c"), rest.count > 1
            else { return nil }
            return script(rest[1])
        case "sleep": return sleep(rest)
        case "true", "echo", "printf", "date", "hostname", "env", "ls", "cat", "touch", "mkdir",
            "cp", "test", "pwd", "expr", "seq", "id", "uname", "nslookup", "wget", "curl":
            return rest.contains("-f") && name == "cat"
                ? nil : CommandEnding(after: moment, exitCode: 0)
        case "false": return CommandEnding(after: moment, exitCode: 1)
        case "exit":
            return CommandEnding(after: moment, exitCode: rest.first.flatMap(Int.init) ?? 0)
        case "perl", "python", "python3", "node", "ruby":
            return rest.contains { $0 == "-e" || $0 == "-c" || $0.hasPrefix("-M") || $0 == "-wle" }
                ? CommandEnding(after: 5_000, exitCode: 0) : nil
        default: return nil
        }
    }

    private static func sleep(_ words: [String]) -> CommandEnding? {
        var total: Milliseconds = 0
        for word in words {
            guard let time = seconds(word) else { return nil }
            total += time
        }
        return words.isEmpty ? nil : CommandEnding(after: total, exitCode: 0)
    }

    /// `30`, `0.5`, `2m`: nil for `infinity` and everything else.
    private static func seconds(_ word: String) -> Milliseconds? {
        var digits = Substring(word)
        var unit = 1.0
        if let last = digits.last, let factor = ["s": 1.0, "m": 60, "h": 3_600, "d": 86_400][last] {
            digits = digits.dropLast()
            unit = factor
        }
        guard let number = Double(digits), number.isFinite, number >= 0, number < 1e9 else {
            return nil
        }
        return Milliseconds(number * unit * 1_000)
    }

    /// The commands of a script one after another, up to the first that fails under `&&` or exits.
    private static func script(_ text: String) -> CommandEnding? {
        // Loops, functions and pipelines are beyond a plain ending.
        let words = text.split(whereSeparator: { " \t\n;".contains($0) })
        let unclear: Set<Substring> = [
            "while", "until", "for", "exec", "trap", "wait", "if", "case", "function",
        ]
        guard !words.contains(where: { unclear.contains($0) }) else { return nil }
        var total: Milliseconds = 0
        var code = 0
        for part in commands(text) {
            if part.requiresSuccess, code != 0 { continue }
            let words = part.text.split(separator: " ").map(String.init)
            guard !words.isEmpty else { continue }
            guard let ending = ending(of: words) else { return nil }
            total += ending.after
            code = ending.exitCode
            if words[0] == "exit" { break }
        }
        return CommandEnding(after: total, exitCode: code)
    }

    private static func commands(_ text: String) -> [(text: String, requiresSuccess: Bool)] {
        var found: [(text: String, requiresSuccess: Bool)] = []
        for line in text.split(whereSeparator: { $0 == ";" || $0 == "\n" }) {
            var requiresSuccess = false
            var rest = Substring(line)
            while let range = rest.firstRange(of: "&&") {
                found.append((trim(rest[..<range.lowerBound]), requiresSuccess))
                rest = rest[range.upperBound...]
                requiresSuccess = true
            }
            found.append((trim(rest), requiresSuccess))
        }
        return found
    }

    private static func trim(_ text: Substring) -> String {
        var text = text
        while text.first == " " || text.first == "\t" { text = text.dropFirst() }
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
