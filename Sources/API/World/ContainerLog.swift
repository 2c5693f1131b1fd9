import Value

/// A line of a container's log.
package struct LogLine: Sendable, Equatable {
    package let time: Milliseconds
    /// Without the newline.
    package let text: String

    package init(time: Milliseconds, text: String) {
        self.time = time
        self.text = text
    }
}

/// What one run of a container wrote, as far as that is known.
package struct ContainerLog: Sendable {
    /// Oldest first. Lines that the container will only write if nothing ends it before are among them.
    package let lines: [LogLine]
    /// Which run it is.
    package let run: Int
    /// When the run ended; nil while it lasts.
    package let ended: Milliseconds?

    package init(lines: [LogLine], run: Int, ended: Milliseconds?) {
        self.lines = lines
        self.run = run
        self.ended = ended
    }
}
