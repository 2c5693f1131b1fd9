import Cluster
import Model
import Support
import Value

/// A statement of a prompt as a script would say it.
package struct TypedStatement {
    package let text: String
    /// How it ended: 0, or the exit code that it would give a script.
    package let code: Int32
    /// Whether the world was another one afterwards.
    package let hasActed: Bool
}

extension Session {
    /// Notes that what was typed at a prompt begins.
    package func beginTyped(_ text: String) {
        guard let here = cluster.place else { return }
        past?.begin(nil, typed: text, at: here)
        typed = past?.last
    }

    /// Notes how what was typed ended.
    ///
    /// - Parameters:
    ///   - script: how a script would say it; nil for what it would not.
    ///   - isCut: whether it was stopped in the middle.
    package func endTyped(as script: String?, code: Int32, isCut: Bool) {
        guard let mark = typed, let here = cluster.place else { return }
        typed = nil
        mark.end = (script, code, here)
        // A jump has gone elsewhere, to where the statement never was.
        guard isCut, mark.place.isOnWay(to: here) else { return }
        noteCut("rewind to event \(here.events)", at: here)
    }

    /// Says how a script comes to where the world stands, in the middle of a statement.
    func noteCut(_ script: String, at place: WorldPlace) {
        past?.begin(nil, typed: script, at: place)
        past?.last?.end = (script, 0, place)
    }

    /// What was typed on the way to where the world stands, since it began.
    package var typedStatements: [TypedStatement] {
        guard let history = past else { return [] }
        var found: [TypedStatement] = []
        var next = history.last
        while let mark = next {
            next = mark.before
            guard let end = mark.end else { continue }
            if end.script == "reset" { break }
            guard let script = end.script else { continue }
            found.append(
                TypedStatement(
                    text: script, code: end.code, hasActed: !end.place.isSame(as: mark.place)))
        }
        return found.reversed()
    }

    /// The trace of all that happened in the world.
    package var trace: UInt64 { cluster.clock.trace }

    /// How many events were taken.
    package var eventCount: Int { cluster.clock.eventCount }

    /// What stands in the way of coming to rest, a line for each.
    package var obstacles: [String] {
        cluster.blockers().map { "\($0.object): \($0.reason)" }
    }

    /// What a script has to say at its head for a world like this one.
    package var worldStatements: [String] {
        (options.seed == SessionOptions.standardSeed ? [] : ["seed \(options.seed)"])
            + options.featureGates.sorted { $0.key < $1.key }.map {
                "feature-gate \($0.key)=\($0.value)"
            }
    }

    /// Expectations that hold of the world as it is: what there is of each kind that people deploy.
    package var suggestedExpectations: [String] {
        var lines: [String] = []
        let all = KnownObjects(cluster)
        for (kind, field) in Self.suggested {
            guard let info = all.kinds.all.first(where: { $0.singular == kind }) else { continue }
            for object in all.state.list(info.kind) {
                let place = object.namespace == namespace ? "" : "@\(object.namespace)"
                let count = object.value[.status].int(Key(field))
                lines.append("expect \(kind)/\(object.name)\(place) .status.\(field) == \(count)")
            }
        }
        let pods = all.state.list(.pod, namespace: namespace)
        if !pods.isEmpty {
            let ready = pods.count { PodView($0.value).isReady }
            lines.append("expect count(pods[]) == \(pods.count)")
            if ready == pods.count {
                lines.append(
                    "expect every pods[] has .status.conditions[type=Ready].status == \"True\"")
            }
        }
        return lines
    }

    private static let suggested = [
        ("deployment", "readyReplicas"), ("statefulset", "readyReplicas"),
        ("daemonset", "numberReady"), ("job", "succeeded"),
    ]
}
