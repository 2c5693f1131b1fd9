import Verbs

/// What can be told of a command by its words.
package enum PageCommands {
    /// The words of a command behind `sudo`, assignments and the name of kubectl; nil where another program
    /// is called.
    static func arguments(of command: String) -> [String]? {
        var words = PageText.words(command)
        while let first = words.first, first == "sudo" || first == "watch" || isAssignment(first) {
            words.removeFirst()
            if first == "watch" {
                words = Array(words.drop { $0.hasPrefix("-") || Int($0) != nil })
            }
        }
        guard let program = words.first, isKubectl(program) else { return nil }
        return Array(words.dropFirst())
    }

    static func isKubectl(_ word: String) -> Bool {
        word == "kubectl" || word == "k" || word == "kubectl.exe"
    }

    private static func isAssignment(_ word: String) -> Bool {
        guard let sign = word.firstIndex(of: "="), sign > word.startIndex else { return false }
        return word[..<sign].allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// kubectl's verb; nil where there is none that it has.
    static func verb(of command: String) -> String? {
        arguments(of: command)?.first { !$0.hasPrefix("-") }.flatMap { VerbRegistry.verb($0)?.name }
    }

    /// The program that is called.
    static func program(of command: String) -> String {
        let words = PageText.words(command).drop { $0 == "sudo" || isAssignment($0) }
        return words.first ?? ""
    }

    private static let reading: Set<String> = [
        "get", "describe", "top", "events", "explain", "api-resources", "api-versions",
        "cluster-info",
        "version", "logs",
    ]

    /// Whether a command only reads the cluster, so that it can be looked at again and again.
    static func isReading(_ command: String) -> Bool {
        guard let arguments = arguments(of: command), let verb = verb(of: command) else {
            return false
        }
        if command.contains(">") || command.contains("&&") || command.contains(";") { return false }
        if command.contains("xargs") || command.contains("kubectl apply") { return false }
        if isWatching(command) { return false }
        if reading.contains(verb) { return !arguments.contains("-f") || verb != "logs" }
        return verb == "rollout" && arguments.contains("history")
    }

    /// The command without what a session does not need: `sudo`, and `k` for kubectl.
    static func plain(_ command: String) -> String {
        var text = command
        for lead in ["sudo ", "microk8s ", "minikube "] where text.hasPrefix(lead) {
            let rest = text.dropFirst(lead.count)
            if lead == "sudo " || rest.hasPrefix("kubectl") { text = PageText.trimmed(rest) }
        }
        text = text.replacing("kubectl.exe ", with: "kubectl ")
        if text.hasPrefix("k "), let verb = PageText.words(text).dropFirst().first,
            VerbRegistry.verb(verb) != nil
        {
            text = "kubectl " + text.dropFirst(2)
        }
        if text.hasPrefix("watch "), let place = text.firstRange(of: "kubectl ") {
            text = text[place.lowerBound...].trimmingQuotes
        }
        return text
    }

    /// Whether a command needs a container that runs.
    static func needsRunning(_ command: String) -> Bool {
        guard let verb = verb(of: command) else { return program(of: command) == "curl" }
        return ["exec", "logs", "attach", "cp", "port-forward"].contains(verb)
    }

    /// Whether a command goes on until it is stopped.
    static func isWatching(_ command: String) -> Bool {
        guard let arguments = arguments(of: command) else { return false }
        return arguments.contains {
            ["-w", "--watch", "--watch=true", "-wa", "--watch-only"].contains($0)
        }
    }

    /// Whether a command is a loop of a shell that goes on until it is stopped.
    static func isEndless(_ command: String) -> Bool {
        let loops = [
            "while true", "while :", "while sleep", "while [ 1 ]", "for ((;;))", "for (( ; ; ))",
        ]
        return loops.contains(where: command.contains)
    }

    /// The kind of output that `-o` asks for, such as `yaml` or `wide`.
    static func format(of command: String) -> String? {
        let words = PageText.words(command)
        for (index, word) in words.enumerated() {
            if word == "-o" || word == "--output" {
                return index + 1 < words.count ? words[index + 1] : nil
            }
            if word.hasPrefix("--output=") { return String(word.dropFirst(9)) }
            if word.hasPrefix("-o"), !word.hasPrefix("-o=") { return String(word.dropFirst(2)) }
            if word.hasPrefix("-o=") { return String(word.dropFirst(3)) }
        }
        return nil
    }

    /// The files and addresses that `-f` names.
    static func files(of command: String) -> [String] {
        guard arguments(of: command) != nil else { return [] }
        var files: [String] = []
        let words = PageText.words(command)
        for (index, word) in words.enumerated() {
            if word == "--" { break }
            for flag in ["--filename=", "-f="] where word.hasPrefix(flag) {
                files += word.dropFirst(flag.count).split(separator: ",").map(String.init)
            }
            if word == "-f" || word == "--filename", index + 1 < words.count {
                files += words[index + 1].split(separator: ",").map(String.init)
            } else if word.hasPrefix("-f"), word.count > 2, word.contains(".") {
                files += word.dropFirst(2).split(separator: ",").map(String.init)
            }
        }
        return files.filter { $0 != "-" && !$0.hasPrefix("-") }.map {
            $0.trimmingQuotes
        }
    }

    /// The file that a command's output goes to; nil where it is shown.
    static func target(of command: String) -> String? {
        let words = PageText.words(command)
        for (index, word) in words.enumerated() {
            for sign in [">>", ">"] where word.hasPrefix(sign) {
                let rest = word.dropFirst(sign.count)
                if rest.hasPrefix("&") || rest.hasPrefix("(") { break }
                let name =
                    rest.isEmpty ? (index + 1 < words.count ? words[index + 1] : "") : "\(rest)"
                return name.isEmpty || name == "/dev/null" ? nil : name.trimmingQuotes
            }
        }
        return nil
    }

    /// A word without quotes and without what ends a command behind it.
    private static func plainWord(_ word: some StringProtocol) -> String {
        String(word.prefix { !";|&)".contains($0) }).trimmingQuotes
    }

    /// The namespace that a command's flags name.
    static func namespace(in words: [String]) -> String? {
        for (place, word) in words.enumerated() {
            if word == "--" { return nil }
            if ["-n", "--namespace"].contains(word), place + 1 < words.count {
                return plainWord(words[place + 1])
            }
            for flag in ["--namespace=", "-n="] where word.hasPrefix(flag) {
                return plainWord(word.dropFirst(flag.count))
            }
        }
        return nil
    }

    /// A word that the reader is to replace, such as `<pod-name>`.
    static func placeholder(in command: String) -> String? {
        var rest = command[...]
        while let open = rest.firstIndex(of: "<") {
            let inner = rest[rest.index(after: open)...]
            let name = inner.prefix { $0.isLetter || $0.isNumber || "-_ ./*'".contains($0) }
            if let first = name.first, first.isLetter, name.last != " ",
                inner.dropFirst(name.count).first == ">", name.count < 40
            {
                return "<\(name)>"
            }
            rest = inner
        }
        return PageText.words(command).lazy.map(\.trimmingQuotes).first(where: isCapitals)
            ?? bracketed(in: command)
    }

    /// `NODE_IP:30007`, and not `SOME_NAME=value`.
    private static func isCapitals(_ word: String) -> Bool {
        let name = word.prefix { $0.isASCII && ($0.isUppercase || $0 == "_") }
        let ends = ["_IP", "_NAME", "_PORT", "_ID"]
        return ends.contains(where: name.hasSuffix) && name.first != "_"
            && (name.count == word.count || word[name.endIndex] == ":")
    }

    /// `[PUT THE ADDRESS HERE]`.
    private static func bracketed(in command: String) -> String? {
        guard let open = command.firstIndex(of: "["), let end = command[open...].firstIndex(of: "]")
        else { return nil }
        let inner = command[command.index(after: open)..<end]
        let isText = inner.allSatisfy { $0.isUppercase || $0 == " " || $0 == "'" || $0 == "_" }
        return isText && inner.contains(" ") && inner.first != " " ? "[\(inner)]" : nil
    }
}

extension StringProtocol {
    var trimmingQuotes: String {
        var rest = Substring(self)
        while let first = rest.first, first == "\"" || first == "'" { rest.removeFirst() }
        while let last = rest.last, last == "\"" || last == "'" { rest.removeLast() }
        return String(rest)
    }
}
