import Containers
import Model
import Value

// Containers whose own command is run: its end is the container's.
extension Kubelet {
    /// The container came up: its command begins, where its end depends on what it finds.
    func beginCommand(_ work: PodWork, _ index: Int, _ behavior: ContainerBehavior) {
        guard work.runs[index].plan.command.isLive, profile.runtime.endsCommands,
            behavior.exitAfter == nil
        else { return }
        commandTurn(work, index)
    }

    /// After so many sleeps a command that ends in an endless loop is taken to be in it: from then on it is
    /// looked at when somebody asks.
    private static let turnsToLoop = 16

    /// The command goes on, until it sleeps or ends.
    func commandTurn(_ work: PodWork, _ index: Int) {
        let run = work.runs[index]
        guard case .running(let since) = run.state, run.death == nil,
            behavior(work, index).exitAfter == nil
        else { return }
        switch cluster.containerWorld.step(work, index, in: self) {
        case .done(let code):
            run.commandStatus = Int(code)
            schedule(
                work, after: max(since + CommandEnding.moment - now, 0), Code.commandEnded,
                container: index, generation: run.generation)
        case .waiting(let instant):
            guard instant < .max else { return }
            let facts = run.plan.command
            run.commandTurns += 1
            if facts.isEndlessAtLast, !facts.waits, run.commandTurns > Self.turnsToLoop { return }
            let delay = max(instant - now, 1)
            let isTick = facts.waits || facts.isEndlessAtLast
            if isTick { cluster.commandsRest = max(cluster.commandsRest, now + delay) }
            schedule(
                work, after: delay, Code.command, container: index,
                generation: run.generation, weight: isTick ? .tick : .work)
        }
    }

    /// The command ended.
    func commandEnded(_ work: PodWork, _ index: Int) {
        let run = work.runs[index]
        guard let code = run.commandStatus, run.isRunning, run.death == nil else { return }
        end(work, index, code: code)
        afterEnd(work)
    }

    /// A process inside of a container sends the container's own process a signal that ends it.
    func signal(_ work: PodWork, _ index: Int, exitCode: Int) {
        guard work.runs[index].isRunning, work.runs[index].death == nil else { return }
        work.runs[index].signalled = exitCode
        schedule(
            work, after: 0, Code.signalled, container: index,
            generation: work.runs[index].generation)
    }

    func signalled(_ work: PodWork, _ index: Int) {
        guard let code = work.runs[index].signalled, work.runs[index].isRunning else { return }
        end(work, index, code: code)
        afterEnd(work)
    }

    /// What a container that ends wrote into the file of its message (kuberuntime's getTerminationMessage).
    func terminationMessage(_ work: PodWork, _ index: Int) -> String {
        let spec = work.runs[index].plan.spec
        let path = spec[.terminationMessagePath].string ?? "/dev/termination-log"
        let words = (spec[.command].elements + spec[.args].elements).compactMap(\.string)
        guard !words.isEmpty, profile.runtime.endsCommands else { return "" }
        guard words.contains(where: { $0.contains(path) }) else { return "" }
        return cluster.containerWorld.message(work, index, in: self, path: path)
    }
}
