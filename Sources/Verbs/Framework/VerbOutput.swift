/// What a verb writes, on two streams whose order is kept.
package final class VerbOutput {
    package enum Stream: Sendable { case output, error }

    private let sink: (Stream, String) -> Void

    /// Text goes to `sink` as it is written.
    package init(_ sink: @escaping (Stream, String) -> Void) { self.sink = sink }

    /// Writes to standard output.
    package func write(_ text: String) {
        if !text.isEmpty { sink(.output, text) }
    }

    /// Writes a line to standard output.
    package func line(_ text: String) { sink(.output, text + "\n") }

    /// Writes to standard error.
    package func error(_ text: String) {
        if !text.isEmpty { sink(.error, text) }
    }
}
