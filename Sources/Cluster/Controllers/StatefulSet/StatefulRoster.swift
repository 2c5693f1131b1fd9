import Model
import Support
import Value

/// The pods of one set by their ordinals, brought up to date pod by pod: a pass looks at what is news, at what
/// has to be done, and at counters.
final class StatefulRoster {
    /// What counts of a pod.
    private struct Mark {
        var isCreated = false
        var isReady = false
        var isTerminating = false
        var isUnavailable = false
        var revision = ""
    }

    /// The pods of one revision.
    private struct Revision {
        /// Those that the API server has stored and that are not on their way out.
        var created = 0
        /// Those that are not on their way out.
        var standing = 0
    }

    let uid: String
    private(set) var spec = Object()
    /// The first ordinal, and how many are wanted.
    private var start = 0
    private var wanted = 0

    // MARK: News

    /// The pods that came, changed or went, by slot, and the ordinals whose claims did.
    private(set) var news: Set<Slot> = []
    private(set) var claimNews: Set<Int> = []

    // MARK: Pods

    /// By index from the first ordinal on: the pods that are there and those that are to be made.
    private(set) var line: [StatefulReplica] = []
    private var marks: [Mark?] = []
    /// By slot of a pod of the set: its index; nil for one that a pass has to look at otherwise.
    private var places: [Slot: Int?] = [:]
    /// How many pods are not wanted, not selected or without an ordinal.
    private(set) var strangers = 0
    private var missing: Set<Int> = []
    /// The indices of which it is not known that nothing is to be done.
    private var open: Set<Int> = []

    // MARK: Counters

    private(set) var created = 0
    private(set) var ready = 0
    private var unavailablePods = 0
    private var revisions: [String: Revision] = [:]

    init(uid: String) { self.uid = uid }

    /// An equal roster for another world.
    func copy() -> StatefulRoster {
        let copy = StatefulRoster(uid: uid)
        copy.spec = spec
        copy.start = start
        copy.wanted = wanted
        copy.news = news
        copy.claimNews = claimNews
        copy.line = line
        copy.marks = marks
        copy.places = places
        copy.strangers = strangers
        copy.missing = missing
        copy.open = open
        copy.created = created
        copy.ready = ready
        copy.unavailablePods = unavailablePods
        copy.revisions = revisions
        return copy
    }

    func note(_ pod: Slot) { news.insert(pod) }
    func note(claimsOf ordinal: Int) { claimNews.insert(ordinal) }

    /// Begins anew, for a set of another spec.
    func begin(_ spec: Object, start: Int, wanted: Int, pods: [StoredObject]) {
        self.spec = spec
        (self.start, self.wanted) = (start, wanted)
        line.removeAll()
        marks.removeAll()
        places.removeAll()
        revisions.removeAll()
        missing.removeAll()
        open.removeAll()
        claimNews.removeAll()
        (strangers, created, ready, unavailablePods) = (0, 0, 0, 0)
        news = Set(pods.map(\.slot))
    }

    /// Takes in what is news. `read` gives what a pass takes the pod in a slot for: nothing for one that the
    /// set does not have any more, a replica or none for one that it has.
    func catchUp(_ read: (Slot) -> StatefulReplica??) {
        // Who goes goes first: another pod may have the ordinal by now.
        for slot in news {
            if let old = places.removeValue(forKey: slot) { leave(old) }
        }
        for slot in news.sorted(by: { $0.index < $1.index }) {
            guard let found = read(slot) else { continue }
            guard let replica = found, replica.ordinal >= start, replica.ordinal - start < wanted
            else {
                places[slot] = .some(nil)
                strangers += 1
                continue
            }
            places[slot] = replica.ordinal - start
            set(replica.ordinal - start, to: replica)
        }
        news.removeAll()
        for ordinal in claimNews where ordinal >= start && ordinal - start < line.count {
            open.insert(ordinal - start)
        }
        claimNews.removeAll()
    }

    private func leave(_ index: Int?) {
        guard let index else {
            strangers -= 1
            return
        }
        count(marks[index], -1)
        marks[index] = nil
        missing.insert(index)
    }

    private func set(_ index: Int, to replica: StatefulReplica) {
        while line.count <= index {
            missing.insert(line.count)
            line.append(StatefulReplica(missing: start + line.count, revision: ""))
            marks.append(nil)
        }
        count(marks[index], -1)
        let mark = Mark(
            isCreated: replica.isCreated, isReady: replica.isCreated && replica.isRunningAndReady,
            isTerminating: replica.isTerminating,
            isUnavailable: replica.isUnavailable(minReadySeconds: 0, now: 0),
            revision: replica.revision)
        count(mark, 1)
        line[index] = replica
        marks[index] = mark
        missing.remove(index)
        open.insert(index)
    }

    private func count(_ mark: Mark?, _ step: Int) {
        guard let mark else { return }
        if mark.isCreated { created += step }
        if mark.isReady { ready += step }
        if mark.isUnavailable { unavailablePods += step }
        if mark.isTerminating { return }
        var revision = revisions[mark.revision] ?? Revision()
        revision.standing += step
        if mark.isCreated { revision.created += step }
        revisions[mark.revision] = revision.standing == 0 ? nil : revision
    }

    // MARK: A pass

    /// The highest ordinal of a pod that is there.
    var highest: Int? { marks.lastIndex { $0 != nil }.map { start + $0 } }

    /// Plans pods that are missing up to `end`, the ordinal after the last that a pass looks at.
    func plan(to end: Int, _ make: (Int) -> StatefulReplica) {
        while line.count > max(end - start, 0) {
            let index = line.count - 1
            precondition(marks[index] == nil, "a pass looks at all pods that there are")
            missing.remove(index)
            open.remove(index)
            line.removeLast()
            marks.removeLast()
        }
        for index in missing { line[index] = make(start + index) }
        for index in line.count..<max(end - start, line.count) {
            missing.insert(index)
            line.append(make(start + index))
            marks.append(nil)
        }
    }

    /// The indices for which something may have to be done, rising.
    var candidates: [Int] { open.union(missing).sorted() }

    /// Takes note that nothing is to be done for a pod until there is news of it.
    func settle(_ index: Int) { open.remove(index) }

    /// How many pods are not available, the missing ones included.
    var unavailable: Int { unavailablePods + missing.count }

    /// How many stored pods of a revision are not on their way out.
    func created(of revision: String) -> Int { revisions[revision]?.created ?? 0 }

    /// Whether a pod that is not on its way out, or is missing, is of another revision.
    func hasOthers(than revision: String) -> Bool {
        revisions.keys.contains { $0 != revision }
            || missing.contains { line[$0].revision != revision }
    }
}
