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
                let driver = TranscriptDriver { nodes in
                    try SimulatedTranscriptWorld(
                        nodes: nodes, title: transcript.title, seed: seed)
                }
                let run = driver.run(transcript)
                if let actual { try? TranscriptActual.write(run, to: actual) }
                runs.append(run)
            } catch {
                broken.append(error)
            }
        }
        let report = TranscriptReport(runs: runs, broken: broken)
        print(report.text(showsFiles: !quiet, showsDiffs: diff), terminator: "")
        if !report.isMatch { throw ExitCode(ProgramExit.expectationFailed.rawValue) }
    }
}
