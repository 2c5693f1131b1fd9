import ArgumentParser
import Glibc
import Reports

/// The reports of a run with the files they go to.
final class Outputs {
    let report: ReportSet
    private let files: [OutputFile]

    /// Opens every file.
    ///
    /// - Throws: `ValidationError` where a file cannot be made.
    init(
        _ options: [ReportOption], makeSettings: (OutputFile) -> ReportSettings
    ) throws {
        // What goes to one output stays in order.
        let output = OutputFile.standardOutput()
        let files = try options.map { option in
            guard let path = option.file else { return output }
            guard let file = OutputFile(creating: path) else {
                throw ValidationError("cannot write \(path): \(systemError())")
            }
            return file
        }
        self.files = files
        let reports = zip(options, files).map { $0.format.make(makeSettings($1)) }
        report = ReportSet(reports) { for file in files { file.flush() } }
    }

    /// The first file that could not take all of its text, if any.
    private var incomplete: OutputFile? { files.first { $0.problem != nil } }

    /// Whether text was lost.
    var hasProblem: Bool { incomplete != nil }

    func flush() { for file in files { file.flush() } }

    /// Writes what is left.
    ///
    /// - Throws: what ends the program where text was lost: a run whose report is not whole never
    ///   counts as passed.
    func close() throws {
        flush()
        try incomplete?.checkWhole()
    }
}

extension OutputFile {
    /// Ends the program where text was lost.
    func checkWhole() throws {
        switch problem {
        case nil: return
        // As a program ends that does not catch the signal.
        case .closedPipe: throw ExitCode(128 + SIGPIPE)
        case .system(let message):
            OutputFile.tell("cannot write \(name): \(message)")
            throw ExitCode(ProgramExit.badUsage.rawValue)
        }
    }
}
