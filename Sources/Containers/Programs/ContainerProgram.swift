import Tools

/// A program of containers that is no tool of scripts: what it does is seen from inside a container.
///
/// Each is one `static let` in an extension of this type, and one row of ``ProgramRegistry`` (or of the
/// cluster's own programs, for those that need a network).
package struct ContainerProgram: Sendable {
    package let name: String
    package let aliases: [String]
    /// What it does, for the list of what there is: a lower-case clause.
    package let summary: String
    /// The images that have it; empty for all with a shell.
    package let images: Set<String>
    package let run: @Sendable (ProgramCall) throws -> Int32

    package init(
        _ name: String, aliases: [String] = [], summary: String, images: Set<String> = [],
        run: @escaping @Sendable (ProgramCall) throws -> Int32
    ) {
        self.name = name
        self.aliases = aliases
        self.summary = summary
        self.images = images
        self.run = run
    }

    package func answers(to word: String) -> Bool { name == word || aliases.contains(word) }

    /// Whether an image has it.
    func isPart(of image: ContainerImage) -> Bool { images.isEmpty || images.contains(image.name) }
}

/// One call of a container's program.
package final class ProgramCall {
    /// The name it was called by, without a folder.
    package let name: String
    /// The words behind the name.
    package let arguments: [String]
    package let streams: ShellStreams
    package let space: ContainerSpace
    package let state: ShellState
    /// The present of the process: programs that wait move it on.
    package let clock: ProcessClock

    init(
        name: String, arguments: [String], streams: ShellStreams, space: ContainerSpace,
        state: ShellState, clock: ProcessClock
    ) {
        self.name = name
        self.arguments = arguments
        self.streams = streams
        self.space = space
        self.state = state
        self.clock = clock
    }

    package var output: ToolOutput { streams.output }
    package var error: ToolOutput { streams.error }
    package var files: ContainerFiles { space.files }

    /// Prints a message behind the program's name and answers a failing status.
    package func fail(_ message: String, status: Int32 = 1) -> Int32 {
        streams.error.write("\(name): \(message)\n")
        return status
    }

    /// The absolute path that a path on the command line means.
    package func resolve(_ path: String) -> String {
        ContainerPath.resolved(path, in: state.workingDirectory)
    }

    /// The letters of the options in front, and what follows them; an option of `valued` takes the rest of
    /// its word or the next one.
    package func options(
        valued: String = ""
    ) -> (letters: Set<Character>, values: [Character: String], operands: [String]) {
        var letters: Set<Character> = []
        var values: [Character: String] = [:]
        var operands: [String] = []
        var words = arguments[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("-"), word.utf8.count > 1 else {
                operands.append(word)
                continue
            }
            if word == "--" {
                operands += words
                break
            }
            if word.hasPrefix("--") { continue }
            var rest = word.dropFirst()
            while let letter = rest.popFirst() {
                letters.insert(letter)
                guard valued.contains(letter) else { continue }
                values[letter] = rest.isEmpty ? words.popFirst() ?? "" : String(rest)
                break
            }
        }
        return (letters, values, operands)
    }
}
