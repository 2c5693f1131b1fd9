import ArgumentParser
import Glibc
import Reports
import Support

/// What follows `--report`: `FORMAT` or `FORMAT=FILE`.
struct ReportOption {
    let format: ReportFormat
    /// Where it goes; nil for standard output.
    var file: String?

    init(_ format: ReportFormat) { self.format = format }

    /// - Throws: `ValidationError` where no format has that name, with the nearest and all names, and
    ///   where the file has no name.
    init(parsing argument: String) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let format = ReportRegistry.format(name) else {
            let nearest =
                nearestName(to: name, among: ReportRegistry.names)
                .map { "did you mean '\($0)'? " } ?? ""
            throw ValidationError(
                "no report is called '\(name)'; \(nearest)there are "
                    + ReportRegistry.names.joined(separator: ", "))
        }
        self.format = format
        guard parts.count == 2 else { return }
        if parts[1].isEmpty { throw ValidationError("the file after '\(name)=' has no name") }
        file = String(parts[1])
    }

    /// The reports asked for, and annotations where GitHub Actions is at work and nobody asked for them.
    static func withGitHub(_ options: [ReportOption]) -> [ReportOption] {
        let isAtWork = getenv("GITHUB_ACTIONS").map { String(cString: $0) } == "true"
        let isNamed = options.contains { $0.format.name == ReportFormat.github.name }
        return isAtWork && !isNamed ? options + [ReportOption(.github)] : options
    }

    static let help = ArgumentHelp(
        "Report as \(ReportRegistry.names.joined(separator: ", ")), to standard output or a file; "
            + "may be repeated.",
        valueName: "format[=file]")
}
