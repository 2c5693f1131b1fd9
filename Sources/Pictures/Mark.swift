import Value

/// Something that whoever drives the world did at an instant.
package struct Mark: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// A statement that changed the world.
        case command
        /// A statement about the world, and whether it held.
        case expectation(holds: Bool)
    }

    package let time: Milliseconds
    package let kind: Kind
    /// As it was typed, on one line.
    package let text: String

    package init(time: Milliseconds, kind: Kind, text: String) {
        self.time = time
        self.kind = kind
        self.text = text
    }
}
