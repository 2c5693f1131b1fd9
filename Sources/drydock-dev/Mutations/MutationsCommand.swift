import ArgumentParser
import Foundation

/// `drydock-dev mutations`: breaks rules and runs the tests that must notice.
struct MutationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutations",
        abstract: "Break rules of the sources on purpose, and see which test fails.",
        discussion: """
            Works on the sources of this folder and puts them back, interrupted or not; run it on a clean \
            checkout. Builds are what takes time: with --together rules of different files and tests are \
            broken in one build, and a rule whose test fails there may owe that to another one. A rule that \
            its test does not notice is broken again alone, and the whole suite asked.
            """)

    @Argument(help: "The table of rules.")
    var table = "Tests/Mutations/mutations.txt"

    @Flag(help: "Only check that the table fits the sources; change nothing.")
    var check = false

    @Option(help: "Only rules whose name holds this text.")
    var filter = ""

    @Option(help: "Only so many of the rules, drawn by --seed.")
    var sample: Int?

    @Option(help: "The seed of --sample.")
    var seed: UInt64 = 1

    @Option(help: "How many rules are broken in one build.")
    var together = 1

    func validate() throws {
        if let sample, sample < 1 {
            throw ValidationError("--sample is above zero; found \(sample)")
        }
        if together < 1 { throw ValidationError("--together is above zero; found \(together)") }
    }

    func run() throws {
        for path in try MutatedSources.recover() {
            MutationTrial.note("\(path) is put back; a run was killed while it was broken")
        }
        let text = try String(contentsOfFile: table, encoding: .utf8)
        let all = try Mutation.table(text, path: table)
        var chosen = all.filter { filter.isEmpty || $0.rule.contains(filter) }
        // Misfits are told before anything is changed.
        for rule in chosen {
            _ = try rule.applied(to: String(contentsOfFile: rule.file, encoding: .utf8))
        }
        if let sample {
            chosen = MutationChoice.sample(sample, of: chosen, seed: seed)
            say("\(chosen.count) of \(all.count) rules; again: --sample \(sample) --seed \(seed)")
        }
        if check { return say("\(chosen.count) rules fit the sources") }
        try tryOut(chosen)
    }

    private func tryOut(_ rules: [Mutation]) throws {
        Termination.catchSignals()
        if let problem = try MutationTrial.buildProblem() {
            if let signal = Termination.signal { throw ExitCode(128 + signal) }
            throw Mutation.Problem(description: "the sources as they are do not build:\n\(problem)")
        }
        var tally = MutationTally()
        var sound: [Mutation] = []
        for rule in rules {
            let problem = try MutationTrial.problem(of: rule.test)
            if let signal = Termination.signal { throw ExitCode(128 + signal) }
            if let problem { tell(rule, .untested(problem), &tally) } else { sound.append(rule) }
        }
        var again: [Mutation] = []
        for batch in MutationChoice.batches(sound, of: together) {
            for (rule, verdict) in zip(batch, try verdicts(batch)) {
                if case .unnoticed = verdict, batch.count > 1 {
                    again.append(rule)
                } else {
                    tell(rule, verdict, &tally)
                }
            }
        }
        for rule in again { tell(rule, try verdicts([rule])[0], &tally) }
        // No build of a broken rule stays behind.
        if let problem = try MutationTrial.buildProblem() { MutationTrial.note(problem) }
        say(tally.text)
        if tally.noticed + tally.elsewhere < rules.count { throw ExitCode(1) }
    }

    private func verdicts(_ rules: [Mutation]) throws -> [MutationTrial.Verdict] {
        guard let verdicts = try MutationTrial.verdicts(rules) else {
            // What a build or a test says that was ended is no verdict.
            throw ExitCode(128 + (Termination.signal ?? 0))
        }
        return verdicts
    }

    private func tell(
        _ rule: Mutation, _ verdict: MutationTrial.Verdict, _ tally: inout MutationTally
    ) {
        tally.add(verdict)
        switch verdict {
        case .noticed(let test): say("✓ \(rule.rule): \(test)")
        case .noticedElsewhere(let test): say("~ \(rule.rule): not \(rule.test), but \(test)")
        case .unnoticed: say("✗ \(rule.rule): no test fails")
        case .broken(let text): say("✗ \(rule.rule): does not build:\n\(text)")
        case .untested(let text): say("✗ \(rule.rule): \(text)")
        }
    }

    /// At once, not when a buffer is full: a build takes a minute.
    private func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}

/// What became of the rules, counted.
struct MutationTally {
    private(set) var noticed = 0
    private(set) var elsewhere = 0
    private var unnoticed = 0
    private var useless = 0

    mutating func add(_ verdict: MutationTrial.Verdict) {
        switch verdict {
        case .noticed: noticed += 1
        case .noticedElsewhere: elsewhere += 1
        case .unnoticed: unnoticed += 1
        case .broken, .untested: useless += 1
        }
    }

    /// `9 noticed, 1 not`, with what else there is.
    var text: String {
        var text = "\(noticed + elsewhere) noticed"
        if elsewhere > 0 { text += " (\(elsewhere) not by the test that is named)" }
        text += ", \(unnoticed) not"
        if useless > 0 { text += ", \(useless) that say nothing" }
        return text
    }
}
