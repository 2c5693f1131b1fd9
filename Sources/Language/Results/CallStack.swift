import Syntax

/// The calls of functions that led to a place, innermost first.
///
/// A recursion that never ends has as many of them as the limit allows: the innermost and the outermost
/// are kept, and the rest is counted.
package struct CallStack: Sendable {
    /// How many are kept at each end.
    package static let keptPerEnd = 5

    /// Where the innermost calls stand.
    package private(set) var inner: [Place] = []
    /// Where the outermost calls stand, where there are more than ``keptPerEnd``.
    package private(set) var outer: [Place] = []
    /// How many lie between.
    package private(set) var leftOut = 0

    package init() {}

    package var isEmpty: Bool { inner.isEmpty }

    /// All that are kept, innermost first.
    package var places: [Place] { inner + outer }

    /// Notes the call around those that are known.
    mutating func append(_ place: Place) {
        if inner.count < Self.keptPerEnd {
            inner.append(place)
            return
        }
        outer.append(place)
        if outer.count > Self.keptPerEnd {
            outer.removeFirst()
            leftOut += 1
        }
    }

    /// One line for each: its place and the call as written.
    package var lines: [String] {
        func line(_ place: Place) -> String {
            "\(place.description)  \(OneLine.text(place.text, limit: 72))"
        }
        let between = leftOut > 0 ? ["… \(leftOut) more calls"] : []
        return inner.map(line) + between + outer.map(line)
    }

    /// As notes on a diagnostic.
    var notes: [DiagnosticNote] {
        lines.map { DiagnosticNote($0.hasPrefix("…") ? $0 : "called from \($0)") }
    }
}
