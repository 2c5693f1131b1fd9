import ArgumentParser

/// `drydock-dev worlds`: disturbs random worlds, and looks at what holds when they are at rest.
struct WorldsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worlds",
        abstract: "Disturb random worlds and check what holds in every cluster at rest.")

    @Option(help: "How many worlds.")
    var count = 100

    @Option(help: "The seed of the first world; the others follow.")
    var seed: UInt64 = 1

    @Flag(help: "Print the statements of each world as a script.")
    var showsScripts = false

    @Flag(help: "Print the invariants, and the violations that a real control plane has as well.")
    var list = false

    @Flag(
        help:
            "Look at once, before the worlds are at rest: a test of the invariants, which then fail."
    )
    var withoutRest = false

    @Flag(
        help: "See one object of each world otherwise than it is: which invariants notice that?")
    var damaged = false

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count is above zero; found \(count)") }
    }

    func run() throws {
        if list { return printList() }
        if damaged { return try damageWorlds() }
        var (unknown, known) = (0, 0)
        for number in 0..<UInt64(count) {
            let world = RandomWorld(seed: seed &+ number, rests: !withoutRest)
            if showsScripts { print(world.script) }
            world.run()
            for finding in world.findings { report(finding, in: world) }
            unknown += world.findings.contains { $0.known == nil } ? 1 : 0
            known += world.findings.contains { $0.known != nil } ? 1 : 0
        }
        print(
            "\(count) worlds, \(Invariant.all.count) invariants: \(unknown) with unknown "
                + "violations, \(known) with known ones")
        if unknown > 0 { throw ExitCode(1) }
    }

    /// Each invariant must fail in one of the sound worlds when its damage is done there.
    private func damageWorlds() throws {
        var left = Damage.rules
        for number in 0..<UInt64(count) where !left.isEmpty {
            let world = RandomWorld(seed: seed &+ number)
            world.run()
            guard world.findings.isEmpty else { continue }
            left.removeAll { rule in world.notices(rule, rule.invariant) }
        }
        for rule in left { print("not noticed: \(rule.invariant.name)") }
        print("\(Damage.rules.count - left.count) of \(Damage.rules.count) damages noticed")
        if !left.isEmpty { throw ExitCode(1) }
    }

    private func report(_ finding: RandomWorld.Finding, in world: RandomWorld) {
        let violation = finding.violation
        print("seed \(world.seed): \(finding.invariant): \(violation.object) \(violation.finding)")
        if let known = finding.known {
            print("  known: \(known.name): \(known.reason)")
        } else {
            print("  it holds because \(finding.reason)")
            print("  again: drydock-dev worlds --count 1 --seed \(world.seed) --shows-scripts")
        }
    }

    private func printList() {
        for invariant in Invariant.all { print("\(invariant.name): \(invariant.reason)") }
        for known in KnownViolation.all { print("known: \(known.name): \(known.reason)") }
    }
}
