import Model
import Value

/// Where the process of a container listens, as far as its image, its command and its declared ports tell.
struct ListeningPorts {
    /// The server that the image is known for; nil for others.
    let server: ServerImage?
    /// What it declares and what its image and its arguments are known for.
    let ports: [Int]
    /// Whether its own command is one that serves nobody: `sleep 1h`, `while true; …`.
    let isBusyElsewhere: Bool
    /// The command and its arguments.
    let words: [String]

    init(_ container: Value, image: ImageName, ending: CommandEnding?, isEndless: Bool) {
        let command = container.list(.command).compactMap(\.string)
        words = command + container.list("args").compactMap(\.string)
        server = ServerImage.named(image.repository)
        let own = Self.ports(in: words, server)
        isBusyElsewhere =
            own.isEmpty && (ending != nil || isEndless || Self.isIdle(image, command, words))
        var ports = own
        if own.isEmpty, !isBusyElsewhere { ports += server?.ports ?? [] }
        for port in container.list(.ports) where (port[.protocol].string ?? "TCP") == "TCP" {
            let number = port.int("containerPort")
            if !ports.contains(number) { ports.append(number) }
        }
        self.ports = ports
    }

    /// A shell, or an image that brings nothing but one, without anything to do.
    private static func isIdle(_ image: ImageName, _ command: [String], _ words: [String]) -> Bool {
        let bare = [
            "library/busybox", "library/alpine", "library/ubuntu", "library/debian",
            "library/centos", "library/fedora", "pause",
        ]
        if words.isEmpty { return bare.contains { image.repository.hasSuffix("/" + $0) } }
        let isShell = ["sh", "bash", "ash", "/bin/sh", "/bin/bash"].contains(words[0])
        return isShell && words.count == 1
    }

    /// The ports that a command line names, of the programs that pages make servers of.
    private static func ports(in words: [String], _ server: ServerImage?) -> [Int] {
        // A shell's own words are those of its command.
        let words = words.flatMap {
            $0.split(whereSeparator: { " \t\n;&|\"'".contains($0) }).map(String.init)
        }
        var found: [Int] = []
        func take(_ text: some StringProtocol) {
            let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
            if let port = Int(String(digits)), 1...65_535 ~= port { found.append(port) }
        }
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            switch word {
            case "-listen", "--listen", "-port", "--port", "--http-port": take(next)
            case "http.server":
                if Int(next) != nil { take(next) } else { found.append(8000) }
            case "SimpleHTTPServer":
                if Int(next) != nil { take(next) } else { found.append(8000) }
            case "-p"
            where words.prefix(index).contains { ["nc", "httpd", "ncat", "netcat"].contains($0) }:
                take(next)
            case "httpd" where !words.contains("-p") && words.contains("-f"): found.append(80)
            case "netexec" where !words.contains { $0.hasPrefix("--http-port") }: found.append(8080)
            case "serve-hostname" where !words.contains { $0.hasPrefix("--port") }:
                found.append(9376)
            default:
                for flag in ["-listen=", "--listen=", "-port=", "--port=", "--http-port="]
                where word.hasPrefix(flag) { take(word.dropFirst(flag.count)) }
            }
        }
        // A flag named so says something else to servers of other kinds.
        if let server, case .silent = server.style { return [] }
        return found
    }

    /// Whether something listens on `port`.
    func listens(on port: Int, _ behavior: ContainerBehavior) -> Bool {
        if let listens = behavior.listens { return listens.contains(port) }
        if isBusyElsewhere {
            return !behavior.http.isEmpty && (ports.isEmpty || ports.contains(port))
        }
        if ports.isEmpty { return !behavior.http.isEmpty }
        return ports.contains(port)
    }
}
