import Value

/// Something that whoever drives the world did at an instant.
package struct Mark: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// A statement that changed the world.
        case command
        /// A statement about the world, and whether it held.
        case expectation(holds: Bool)
    }

    /// A line of a script, from 1.
    package struct Position: Sendable, Equatable {
        package let file: String
        package let line: Int

        package init(file: String, line: Int) {
            self.file = file
            self.line = line
        }
    }

    package let time: Milliseconds
    package let kind: Kind
    /// As it was typed, on one line.
    package let text: String

    /// Where it stands; nil for what was typed at a prompt.
    package let position: Position?

    package init(time: Milliseconds, kind: Kind, text: String, position: Position? = nil) {
        self.position = position
        self.time = time
        self.kind = kind
        self.text = text
    }
}
