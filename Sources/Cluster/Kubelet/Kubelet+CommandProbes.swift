import Model
import Support
import Value

// Probes that run a command in a container whose files are known.
extension Kubelet {
    /// Whether a probe looks at files that the simulation knows: those of the image, and what the container's
    /// own command and what users did made of them.
    func asksFiles(_ plan: ContainerPlan, _ kind: ProbeAnswer.Kind) -> Bool {
        plan.askingProbes.contains(kind.field) && profile.runtime.answersProbes
            && profile.runtime.endsCommands
    }

    private static func words(_ probe: Value) -> [String] {
        probe[.exec][.command].elements.compactMap(\.string)
    }

    /// What the command of a probe finds; nil where nothing is known, or `behavior` decides.
    func commandAnswer(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ behavior: ContainerBehavior
    ) -> ProbeAnswer? {
        let plan = work.runs[index].plan
        let probe = plan.spec[kind.field]
        guard asksFiles(plan, kind), behavior.probes.allSatisfy({ $0.kind != kind }),
            kind != .readiness || behavior.isReady == nil && behavior.readyAfter == nil
        else { return nil }
        let timeout = Milliseconds(seconds: probe[.timeoutSeconds].int ?? 1)
        guard
            let found = cluster.containerWorld.probe(
                work, index, in: self, Self.words(probe), timeout: timeout)
        else { return nil }
        return ProbeAnswer(
            kind: kind, from: 0, succeeds: found.status == 0, takes: found.takes,
            message: found.output)
    }
}
