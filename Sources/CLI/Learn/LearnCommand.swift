import ArgumentParser

/// `drydock learn`: a course in the terminal.
struct LearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Learn Kubernetes by exercises that are checked by what the cluster does.",
        discussion: """
            Without arguments: goes on with the course where you were. Each exercise is a prompt in a simulated \
            cluster; `words` there lists what the course adds to kubectl. Progress is kept below XDG_STATE_HOME.
            """,
        subcommands: [
            LearnStartCommand.self, LearnListCommand.self, LearnWatchCommand.self,
            LearnProgressCommand.self, LearnReviewCommand.self, LearnPlacementCommand.self,
            ProveCommand.self, NewExerciseCommand.self, GradeCommand.self,
        ],
        defaultSubcommand: LearnStartCommand.self)
}

/// `drydock learn [COURSE-DIR | NAME]`.
struct LearnStartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Go on with the course, or with one exercise (the default)."
    )

    @Argument(help: "An exercise, or the folder of another course.")
    var exercise: String?

    @OptionGroup var options: LearnOptions

    func run() throws {
        var options = options
        var name = exercise
        if let exercise, options.course == nil, LearnOptions.isCourse(exercise) {
            options.course = exercise
            name = nil
        }
        let setting = try LearnSetting(options)
        if let name { try setting.check(name) }
        try setting.practise(.course(name))
    }
}

/// `drydock learn list`.
struct LearnListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show all exercises and how they stand.")

    @OptionGroup var options: LearnOptions

    func run() throws {
        let setting = try LearnSetting(options)
        try setting.print(setting.view.list)
    }
}

/// `drydock learn review`.
struct LearnReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Practise solved exercises that have come back, with other names and numbers.",
        discussion:
            "Solved exercises come back after 1, 3, 7 and 21 days; one that is skipped begins anew."
    )

    @OptionGroup var options: LearnOptions

    func run() throws { try LearnSetting(options).practise(.reviews) }
}

/// `drydock learn placement`.
struct LearnPlacementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "placement",
        abstract: "Find the chapter to begin with: one exercise of each, as long as you solve them."
    )

    @OptionGroup var options: LearnOptions

    func run() throws { try LearnSetting(options).practise(.placement) }
}

/// `drydock learn progress`.
struct LearnProgressCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "progress", abstract: "Show what you have done, or export it.")

    @Option(help: "Write the progress of all courses to a file, as JSON.")
    var export: String?

    @OptionGroup var options: LearnOptions

    func run() throws {
        let setting = try LearnSetting(options)
        if let export { return try setting.export(to: export) }
        let streak = setting.store.progress.streak(on: WallClock.today())
        try setting.print(setting.view.summary(streak: streak))
    }
}
