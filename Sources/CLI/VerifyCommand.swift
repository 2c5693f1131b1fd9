import ArgumentParser
import Session
import Support
import Transcripts
import struct Verbs.FileProblem

/// `drydock verify FILE|DIR…`: runs recorded transcripts and reports what matches.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run recorded kubectl sessions against the simulated cluster and compare.")

    @Argument(help: "Transcripts (*.case) or folders with them.")
    var paths: [String]

    @Flag(name: .shortAndLong, help: "Show what differs.")
    var diff = false

    @Flag(name: .shortAndLong, help: "Print the totals only.")
    var quiet = false

    @Flag(help: "Also compare the order of changes with NAME.timeline beside each NAME.case.")
    var timelines = false

    @Option(help: "With --timelines: how many seeds to try; times vary from the second on.")
    var seeds = 1

    @Option(help: "Also write each command's output and exit code below this folder.")
    var actual: String?

    @Option(help: "The seed of all randomness.")
    var seed: UInt64 = 1

    func validate() throws {
        if seeds < 1 { throw ValidationError("--seeds must be 1 or more, found \(seeds)") }
        if seeds > 1, !timelines {
            throw ValidationError("--seeds tries further orders of changes: add --timelines")
        }
    }

    func run() throws {
        let files = try paths.flatMap { FileSearch.below($0, ending: ".case") }.map { found in
            switch found {
            case .file(let path): return path
            case .problem(let path, let problem):
                throw ValidationError("\(path): \(problem.message)")
            }
        }
        var runs: [TranscriptRun] = []
        var orders = TimelineReport()
        var broken: [TranscriptSyntaxError] = []
        for path in files {
            let text: String
            do throws(FileProblem) {
                text = try DiskFile.text(path, atMost: ScriptFiles.maximumSize)
            } catch {
                throw ValidationError("cannot read \(path): \(error.message)")
            }
            do throws(TranscriptSyntaxError) {
                let transcript = try TranscriptCase(parsing: text, path: path)
                let run = play(transcript)
                runs.append(run)
                if timelines, let row = try order(transcript, run) {
                    orders.rows.append(row)
                }
            } catch {
                broken.append(error)
            }
        }
        let report = TranscriptReport(
            runs: runs, broken: broken, orders: timelines ? orders : nil)
        let output = OutputFile.standardOutput()
        output.write(report.text(showsFiles: !quiet, showsDiffs: diff).showingControls)
        output.flush()
        try output.checkWhole()
        if !report.isMatch {
            throw ExitCode(ProgramExit.expectationFailed.rawValue)
        }
    }

    private func play(_ transcript: TranscriptCase) -> TranscriptRun {
        let driver = TranscriptDriver { try SimulatedTranscriptWorld($0, seed: seed) }
        let run = driver.run(transcript)
        if let actual { try? TranscriptActual.write(run, to: actual) }
        return run
    }

    /// Compares the order of changes with the timeline beside the transcript; nil where there is none.
    private func order(
        _ transcript: TranscriptCase, _ run: TranscriptRun
    ) throws(TranscriptSyntaxError) -> TimelineReport.Row? {
        let path = String(transcript.path.dropLast(".case".count)) + ".timeline"
        guard let text = try? DiskFile.text(path, atMost: ScriptFiles.maximumSize) else {
            return nil
        }
        let check = TimelineCheck(transcript, try Timeline(parsing: text, path: path))
        return check.row(seeds: seed, count: seeds) { timeline in
            if let actual { try? TranscriptActual.write(timeline, of: run, to: actual) }
        }
    }
}
