/// A container whose shell a page has opened with `kubectl exec -it`.
struct PageContainer {
    let pod: String
    /// The words of the call up to the command.
    private let head: String

    /// The container whose shell a command opens; nil where it opens none.
    init?(opening command: String) {
        guard PageCommands.verb(of: command) == "exec" else { return nil }
        let words = PageText.words(command)
        guard let exec = words.firstIndex(of: "exec") else { return nil }
        let isInteractive = words.contains {
            ["-it", "-ti", "-i", "--stdin", "-t", "--tty"].contains($0)
        }
        let shells = ["sh", "bash", "/bin/sh", "/bin/bash", "ash", "/bin/ash", "zsh"]
        guard isInteractive, let last = words.last, shells.contains(last) else { return nil }
        var rest = words[(exec + 1)..<(words.count - 1)].filter { $0 != "--" }
        rest.removeAll { ["-it", "-ti", "-i", "--stdin", "-t", "--tty"].contains($0) }
        var place = 0
        var name: String?
        while place < rest.count {
            if ["-n", "--namespace", "-c", "--container"].contains(rest[place]) {
                place += 2
            } else if rest[place].hasPrefix("-") {
                place += 1
            } else {
                name = name ?? rest[place]
                place += 1
            }
        }
        guard let name else { return nil }
        pod = name.hasPrefix("pod/") ? String(name.dropFirst(4)) : name
        head = (["kubectl", "exec"] + rest).joined(separator: " ")
    }

    /// A command in the container.
    func call(_ command: String) -> String {
        "\(head) -- sh -c '\(command.replacing("'", with: "'\\''"))'"
    }
}
