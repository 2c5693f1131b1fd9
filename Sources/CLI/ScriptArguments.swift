import ArgumentParser
import Language
import Reports
import Runner
import Value

/// What `drydock run` and `drydock test` both take.
struct ScriptArguments: ParsableArguments {
    @Option(help: "The seed of all randomness (default: the script's own, or 1).")
    var seed: UInt64?

    @Option(
        help:
            "Only scenarios whose title holds this text; of a script that has one, the one of this title."
    )
    var filter = ""

    @Option(
        help: ArgumentHelp(
            "Only scenarios with one of these tags, or with '!tag' without it; may be repeated.",
            valueName: "tag,…"))
    var tag: [String] = []

    @Option(help: "Another folder that scripts may read; may be repeated.")
    var allowRead: [String] = []

    @Option(
        help: ArgumentHelp(
            "A value for a parameter that scripts declare with `param`; may be repeated.",
            valueName: "name=value"),
        transform: ParameterArgument.init(parsing:))
    var set: [ParameterArgument] = []

    @OptionGroup
    var configured: ConfigurationArguments

    @Option(
        help: ArgumentHelp(
            "How long a scenario may take by the clock on the wall, such as 30s.",
            valueName: "time"),
        transform: DurationArgument.init(parsing:))
    var timeout: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "How much virtual time may pass in a scenario, such as 2h.", valueName: "time"),
        transform: DurationArgument.init(parsing:))
    var maxVirtual: DurationArgument?

    @Option(help: ReportOption.help, transform: ReportOption.init(parsing:))
    var report: [ReportOption] = []

    @Flag(help: "Tell for each scenario how many writes and events there were, and its trace hash.")
    var statistics = false

    @Flag(help: "Let warnings fail what they are about.")
    var strict = false

    @Flag(inversion: .prefixedNo, help: "Colour the report (default: on a terminal).")
    var color: Bool?

    func validate() throws {
        let toOutput = report.filter { $0.file == nil && !$0.format.isBesides }
        if toOutput.count > 1 {
            throw ValidationError(
                "only one report goes to standard output: give the others a file, as in "
                    + "--report \(toOutput[1].format.name)=FILE")
        }
    }

    // MARK: What they come to

    /// The configuration that holds for some scripts.
    func configuration(for paths: [String]) throws -> Configuration {
        try configured.configuration(for: paths)
    }

    /// How scripts are run: as the flags say, then as the configuration says.
    func setup(_ configuration: Configuration) -> SuiteSetup {
        var setup = SuiteSetup()
        setup.seed = seed ?? configuration.seed
        setup.choice.filter = filter
        setup.choice.tags = tag.flatMap { $0.split(separator: ",").map(String.init) }
        setup.allowedFolders = allowRead + configuration.allowRead
        setup.parameters = configuration.parameters.given
        for item in set { setup.parameters[item.name] = .text(item.value) }
        setup.node = configuration.node
        setup.isStrict = strict || configuration.isStrict == true
        setup.wallLimit = (timeout?.duration ?? configuration.timeout)?.milliseconds
        setup.virtualLimit = (maxVirtual?.duration ?? configuration.maxVirtual)?.milliseconds
        setup.drawsPictures = report.contains { $0.format.drawsPictures }
        return setup
    }

    /// Refuses names that no script declares.
    ///
    /// - Parameters:
    ///   - files: the scripts that are to run.
    func checkParameters(_ configuration: Configuration, files: [String]) throws {
        var names = set.map(\.name)
        var paths = files
        let own = configuration.parameters.given.keys.filter { !names.contains($0) }.sorted()
        if !own.isEmpty {
            // It is for the scripts below its folder, also where only some of them run.
            names += own
            paths += configuration.scripts
        }
        let allowed = allowRead + configuration.allowRead
        guard !names.isEmpty,
            let wrong = ParameterScan.undeclared(names, in: paths, allowed: allowed).first
        else { return }
        let source = own.contains(wrong.name) ? "\(configuration.path) sets" : "--set names"
        let nearest = wrong.nearest.map { "; did you mean \"\($0)\"?" } ?? ""
        throw Refusal(
            "no script declares the parameter \"\(wrong.name)\" that \(source)\(nearest)")
    }

    /// The flags that a repetition needs beside the choice of scenarios.
    var repeatedFlags: [String] {
        var flags = strict ? ["--strict"] : []
        flags += allowRead.flatMap { ["--allow-read", $0] }
        flags += set.flatMap { ["--set", "\($0.name)=\($0.value)"] }
        if let config = configured.config { flags += ["--config", config] }
        if configured.noConfig { flags.append("--no-config") }
        if let timeout { flags += ["--timeout", timeout.text] }
        if let maxVirtual { flags += ["--max-virtual", maxVirtual.text] }
        return flags
    }

    /// Settings of a report that goes to a file.
    func settings(for file: OutputFile, command: String) -> ReportSettings {
        var settings = ReportSettings(write: file.write)
        settings.usesColor = color ?? file.showsColor
        settings.showsStatistics = statistics
        settings.showsWallTime = file.isTerminal
        settings.showsHints = file.isTerminal
        settings.command = ["drydock", command] + repeatedFlags
        return settings
    }
}

/// What follows `--set`: `NAME=VALUE`.
struct ParameterArgument {
    let name: String
    let value: String

    init(parsing argument: String) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw ValidationError(
                "--set takes a name and a value, as in --set image=nginx:1.27; found '\(argument)'")
        }
        name = String(parts[0])
        value = String(parts[1])
    }
}

/// A length of time on the command line.
struct DurationArgument {
    let text: String
    let duration: Duration

    init(parsing argument: String) throws {
        guard let duration = try? Duration(parsing: argument, allowsDays: true),
            duration.milliseconds > 0
        else {
            throw ValidationError("a time is written like 30s or 2h, found '\(argument)'")
        }
        text = argument
        self.duration = duration
    }
}
