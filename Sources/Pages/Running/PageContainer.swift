/// A container whose shell a page has opened, with `kubectl exec -it` or `kubectl run -it`.
struct PageContainer {
    let pod: String
    /// The words of the call up to the command.
    private let head: String
    /// What starts the pod, where the shell is that of a pod of its own, which goes on in the background.
    let start: String?
    /// What deletes the pod when the shell is left (`--rm`).
    let end: String?
    /// What the shell has been told that later commands need: `cd`, `export`.
    private var state: [String] = []
    /// The folder that the shell went to and that is not known here.
    private(set) var lostFolder: String?
    /// The block and the prompt of the command that opened it.
    private let block: Int
    private let host: String?

    private static let shells: Set<String> = [
        "sh", "bash", "/bin/sh", "/bin/bash", "ash", "/bin/ash", "zsh",
    ]
    private static let terminal: Set<String> = ["-it", "-ti", "-i", "--stdin", "-t", "--tty"]

    /// The container whose shell a command opens; nil where it opens none.
    init?(opening command: PageCommand, as text: String) {
        let verb = PageCommands.verb(of: text)
        let words = PageText.words(text)
        guard let verb, let place = words.firstIndex(of: verb),
            words.contains(where: Self.terminal.contains), let last = words.last,
            Self.shells.contains(last)
        else { return nil }
        block = command.block
        host = command.host
        switch verb {
        case "exec":
            let rest = words[(place + 1)..<(words.count - 1)].filter {
                $0 != "--" && !Self.terminal.contains($0)
            }
            guard let name = Self.name(in: rest) else { return nil }
            pod = name.hasPrefix("pod/") ? String(name.dropFirst(4)) : name
            head = (["kubectl", "exec"] + rest).joined(separator: " ")
            (start, end) = (nil, nil)
        case "run":
            let rest = Array(words[(place + 1)...])
            guard let name = Self.name(in: rest) else { return nil }
            let space = Self.namespace(in: rest)
            pod = name
            head = "kubectl exec \(name)\(space)"
            let isRemoved = rest.contains { $0 == "--rm" || $0 == "--rm=true" }
            let kept = rest.filter { !$0.hasPrefix("--rm") && !Self.terminal.contains($0) }
            start = (["kubectl", "run", "-i", "-t", "--attach=false"] + kept).joined(separator: " ")
            end = isRemoved ? "kubectl delete pod \(name)\(space) --grace-period=1" : nil
        default: return nil
        }
    }

    /// The pod that a command of `exec`, `logs`, `attach` or `cp` is about.
    static func pod(of command: String) -> String? {
        let words = PageText.words(command)
        guard let verb = PageCommands.verb(of: command),
            ["exec", "logs", "attach", "port-forward"].contains(verb),
            let place = words.firstIndex(of: verb)
        else { return nil }
        return name(in: Array(words[(place + 1)...]))
    }

    /// The first word that is no flag.
    private static func name(in words: [String]) -> String? {
        var place = 0
        while place < words.count, words[place] != "--" {
            if ["-n", "--namespace", "-c", "--container", "--image", "-l"].contains(words[place]) {
                place += 2
            } else if words[place].hasPrefix("-") {
                place += 1
            } else {
                return words[place]
            }
        }
        return nil
    }

    private static func namespace(in words: [String]) -> String {
        PageCommands.namespace(in: words).map { " -n \($0)" } ?? ""
    }

    /// Whether a command that stands behind the one that opened the shell was typed in it: a prompt of
    /// containers says so, or one of another machine than that of the opening command; without prompts, a
    /// block is the shell's until it calls kubectl.
    ///
    /// - Parameter desks: the machines at which commands ran outside of containers.
    func holds(_ command: PageCommand, desks: Set<String>) -> Bool {
        if command.isInContainer { return true }
        if command.isBare {
            return command.block == block && PageCommands.arguments(of: command.text) == nil
        }
        if let there = command.host {
            return there != host && !desks.contains(there) || pod.hasPrefix(there)
                || there.hasPrefix(pod)
        }
        return false
    }

    /// A command in the container.
    func call(_ command: String) -> String {
        let text = (state + [command]).joined(separator: " && ")
        return "\(head) -- sh -c '\(text.replacing("'", with: "'\\''"))'"
    }

    /// Keeps that a folder is not known: what is done in it is not known either.
    mutating func lose(_ command: String) {
        let words = PageText.words(command)
        if words.first == "cd", words.count > 1 { lostFolder = words[1] }
    }

    /// Keeps what a command changed in the shell itself, which a shell for each command would forget.
    mutating func keep(_ command: String) {
        if PageCommands.program(of: command) == "cd" { lostFolder = nil }
        if ["cd", "export"].contains(PageCommands.program(of: command)) { state.append(command) }
    }
}
