import ArgumentParser
import Glibc
import LanguageServer
import Runner

/// `drydock lsp`: the language server on standard input and output.
struct LSPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp",
        abstract: "Serve editors over the Language Server Protocol.",
        discussion: """
            Reads requests from standard input and writes answers to standard output; editors start it \
            themselves. docs/editors.md says how.
            """)

    @Flag(
        help:
            "Over standard input and output, which is the only way; accepted because clients pass it."
    )
    var stdio = false

    func run() throws {
        Interrupts.catchSignals([], secondEnds: false)
        let output = OutputFile.standardOutput()
        let server = LanguageServer(
            version: Version.text,
            // A configuration that is wrong is told of by the commands that run scripts.
            allowedFolders: { path in
                (try? Configuration.find(for: [path]))?.allowRead ?? []
            },
            hasMoreInput: Self.hasInput,
            write: { bytes in
                output.write(bytes: bytes)
            })
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while server.exitCode == nil, output.problem == nil {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 {
                server.endOfInput()
            } else {
                server.receive(buffer[..<count])
            }
            output.flush()
        }
        try output.checkWhole()
        throw ExitCode(server.exitCode ?? 1)
    }

    /// Whether a read would answer at once.
    private static func hasInput() -> Bool {
        var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) > 0 && descriptor.revents & Int16(POLLIN) != 0
    }
}
