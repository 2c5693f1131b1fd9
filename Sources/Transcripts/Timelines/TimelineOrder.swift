/// The orders that tell of rules.
enum TimelineOrder {
    /// A pod was created, or its deletion asked for, after another one became ready or was gone.
    struct Wait: Hashable, CustomStringConvertible {
        let cause: TimelineObject
        let event: TimelineLife.Moment
        let effect: TimelineObject
        let action: TimelineLife.Moment

        var description: String {
            "\(effect) (\(action.rawValue)) comes before \(cause) (\(event.rawValue))"
        }
    }

    /// All waits between pods that have names of their own, as a StatefulSet's have: elsewhere which
    /// pod is which is drawn by lot, and the counts tell of the rule.
    static func waits(_ lives: TimelineLives) -> Set<Wait> {
        let pods = lives.lives.filter {
            $0.object.kind == "pod" && !$0.object.name.contains("{rand}")
        }
        var waits: Set<Wait> = []
        for cause in pods {
            for effect in pods where effect.object != cause.object {
                for (early, event) in cause.moments where event == .ready || event == .deleted {
                    for (late, action) in effect.moments
                    where late > early && (action == .added || action == .deletionAsked) {
                        waits.insert(
                            Wait(
                                cause: cause.object, event: event, effect: effect.object,
                                action: action))
                    }
                }
            }
        }
        return waits
    }

    /// The sizes that the ReplicaSets of each owner were given, in one sequence: `deploy/web 1=4 2=1
    /// 1=3` are revisions with sizes.
    static func scalings(_ lives: TimelineLives) -> [String: [String]] {
        var all: [String: [(place: Int, text: String)]] = [:]
        for life in lives.lives where life.object.kind == "rs" {
            let owner = life.fields["owner"]?.values.first?.value ?? "nobody"
            let revision = life.fields["rev"]?.values.first?.value ?? "-"
            for (place, size) in life.fields["spec.replicas"]?.values ?? [] {
                all[owner, default: []].append((place, "\(revision)=\(size)"))
            }
        }
        return all.mapValues { $0.sorted { $0.place < $1.place }.map(\.text) }
    }
}
