import Foundation
import Support
import Syntax
import Testing

@testable import Language

@Suite("Robustness")
struct RobustnessTests {
    private static let scripts: [String] =
        ["checks", "runtime", "expectations"].flatMap { GoldenTests.read($0).map(\.source) }

    /// Limits under which no mutant takes long.
    private static var tight: Limits {
        var limits = Limits.standard
        limits.steps = 20_000
        limits.items = 20_000
        limits.textBytes = 100_000
        limits.patternSteps = 100_000
        return limits
    }

    /// The script with one word taken out, doubled or swapped for another script's.
    private func mutant(_ script: String, _ random: inout RandomStream) -> String {
        var words = script.components(separatedBy: " ")
        let place = random.below(words.count)
        switch random.below(3) {
        case 0: words.remove(at: place)
        case 1: words.insert(words[place], at: place)
        default:
            let other = Self.scripts[random.below(Self.scripts.count)]
                .components(separatedBy: " ")
            words[place] = other[random.below(other.count)]
        }
        return words.joined(separator: " ")
    }

    @Test("two thousand mutated scripts end in an answer or an error, never in a crash")
    func mutants() {
        var random = RandomStream(seed: 7)
        var ran = 0
        for _ in 0..<2_000 {
            let script = mutant(Self.scripts[random.below(Self.scripts.count)], &random)
            let host = FakeHost()
            smallWorld(host)
            // The tree of a script with errors is checked too, as far as it goes.
            let result = Parser.parse(Source(name: "mutant.dock", text: script))
            let program = Program(checking: result.script, facts: host, limits: Self.tight)
            guard !result.hasErrors, !program.hasErrors else { continue }
            ran += 1
            do {
                try ProgramRun(program, host: host).run()
            } catch {
                #expect(!rendered(error).isEmpty)
            }
        }
        #expect(ran > 200)
    }

    @Test("$? is how the last command ended, other names with a $ are texts")
    func status() {
        let ran = run("fail no luck || echo \"status $?\" $x\n")
        #expect(ran.output == "error: no luck\nstatus 1 $x\n")
        #expect(ran.trouble == "")
    }

    @Test("a failed substitution shows its output and leaves no capture open")
    func captures() {
        let ran = run("echo $(fail no luck)\n")
        #expect(ran.output == "error: no luck\n")
        #expect(message(ran.trouble) == "command failed: test.dock:1:8")
    }

    @Test("the same script gives the same report twice")
    func stability() {
        for script in Self.scripts {
            #expect(GoldenTests.outcome(script) == GoldenTests.outcome(script))
        }
    }
}
