import ArgumentParser
import Runner
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

    @Option(help: "Also write each command's output and exit code below this folder.")
    var actual: String?

    @Option(help: "The seed of all randomness.")
    var seed: UInt64 = 1

    func run() throws {
        let files = paths.flatMap { DiskFile.below($0, ending: ".case") }
        if files.isEmpty {
            throw ValidationError("no transcripts (*.case) in \(paths.joined(separator: ", "))")
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
                var world: SimulatedTranscriptWorld?
                let driver = TranscriptDriver { nodes in
                    let made = try SimulatedTranscriptWorld(
                        nodes: nodes, title: transcript.title, seed: seed)
                    if timelines { made.keepTimeline() }
                    world = made
                    return made
                }
                let run = driver.run(transcript)
                if timelines, run.exclusion == nil, let world, let recorded = try timeline(path) {
                    let verdict = TimelineComparer(recorded).compare(world.timeline)
                    if let actual {
                        try? TranscriptActual.write(world.timeline, of: run, to: actual)
                    }
                    orders.rows.append(
                        .init(area: transcript.area, name: transcript.name, verdict: verdict))
                }
                if let actual { try? TranscriptActual.write(run, to: actual) }
                runs.append(run)
            } catch {
                broken.append(error)
            }
        }
        let report = TranscriptReport(runs: runs, broken: broken)
        print(report.text(showsFiles: !quiet, showsDiffs: diff), terminator: "")
        if timelines {
            print(orders.text(showsFiles: !quiet, differences: diff ? .max : 1), terminator: "")
        }
        if !report.isMatch || !orders.isMatch {
            throw ExitCode(ProgramExit.expectationFailed.rawValue)
        }
    }

    /// The recorded timeline beside a transcript, nil where there is none.
    private func timeline(_ path: String) throws(TranscriptSyntaxError) -> Timeline? {
        let beside = String(path.dropLast(".case".count)) + ".timeline"
        guard let text = try? DiskFile.text(beside, atMost: ScriptFiles.maximumSize) else {
            return nil
        }
        return try Timeline(parsing: text, path: beside)
    }
}
