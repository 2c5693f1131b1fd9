import API
import Support
import Value

extension Verb {
    /// `step`, `step 10`, `step deployment`.
    static let step: Verb = {
        var verb = Verb(
            "step", group: .world,
            summary: "Take one event of the world, or go on until somebody writes")
        verb.usage = "[NUMBER | CONTROLLER]"
        verb.examples = ["step", "step 10", "step deployment", "step scheduler", "step kubelet"]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.completes = .words(["deployment", "replicaset", "scheduler", "kubelet"])
        verb.run = { call in
            let past = try call.context.past()
            guard let word = call.arguments.first else { return try take(past, call) }
            guard call.arguments.count == 1 else {
                throw VerbError.message(
                    "step takes a number of events, or the name of a controller")
            }
            if let count = Int(word), count > 0 {
                for _ in 0..<count { try take(past, call) }
            } else {
                try take(past, until: word, call)
            }
        }
        return verb
    }()

    private static func take(_ past: any TimeControl, _ call: VerbCall) throws {
        let (step, writes) = try past.step()
        tell(step, writes, call)
    }

    /// Goes on until a controller writes something.
    private static func take(
        _ past: any TimeControl, until word: String, _ call: VerbCall
    ) throws {
        let names = past.stepNames
        let wanted = names.filter {
            $0 == word || $0 == "\(word)-controller" || $0.hasSuffix("-\(word)")
        }
        guard !wanted.isEmpty else {
            let nearest = nearestName(
                to: word, among: names.flatMap { [$0, $0.withoutController] })
            throw VerbError.message(
                "nobody here is called \(word); "
                    + (nearest.map { "did you mean \($0)?" }
                        ?? "try deployment, replicaset, scheduler, kubelet or another controller"))
        }
        let end = call.context.clock.now + VerbContext.waitLimit
        while !past.isAtRest, call.context.clock.now <= end {
            let (step, writes) = try past.step()
            guard wanted.contains(step.component), step.hasWritten else { continue }
            return tell(step, writes, call)
        }
        throw VerbError.message(
            past.isAtRest
                ? "\(wanted[0]) has nothing to do: nothing is due within a minute; `advance` lets time pass"
                : "\(wanted[0]) wrote nothing within an hour")
    }

    private static func tell(_ step: WorldStep, _ writes: [WriteRecord], _ call: VerbCall) {
        let key = step.key.map { " syncing \($0)" } ?? ""
        let nothing = writes.isEmpty ? ": nothing written" : ""
        call.context.output.line(
            "\(WriteText.instant(step.time)) \(step.component)\(key)\(nothing)")
        for write in writes {
            call.context.output.line("  " + WriteText.line(write, kinds: call.context.kinds))
        }
    }
}

extension String {
    fileprivate var withoutController: String {
        hasSuffix("-controller") ? String(dropLast("-controller".count)) : self
    }
}
