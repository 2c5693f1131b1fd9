/// The formats in which a run can be told.
package enum ReportRegistry {
    // tidy: lists static let (\w+) = ReportFormat\( of Sources/Reports

    /// One row per format, in the order in which help shows them.
    package static let formats: [ReportFormat] = [
        .human, .quiet, .tap, .junit, .json, .github, .html,
    ]

    /// The format of that name, or nil.
    package static func format(_ name: String) -> ReportFormat? {
        formats.first { $0.name == name }
    }

    /// The names of all formats, in the order of ``formats``.
    package static var names: [String] { formats.map(\.name) }
}
