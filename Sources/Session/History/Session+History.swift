import API
import Cluster
import Language
import Support
import Value
import Verbs

extension Session: TimeControl {
    package var timeControl: (any TimeControl)? { past == nil ? nil : self }

    /// Notes that a statement begins, to which one can come back.
    func mark(_ statement: Place) {
        if isPeeking { return }
        if left != nil { forgetLeftWorld() }
        guard past != nil, !cluster.isInDeferredAction, let here = cluster.place else { return }
        past?.begin(statement, typed: nil, at: here)
    }

    /// The world that was left stays only until the present one goes on: `forward` is at once then, and
    /// two worlds at a time are enough.
    private func forgetLeftWorld() {
        guard let landing = left?.landing, let place = cluster.place, !landing.isSame(as: place)
        else { return }
        left = nil
    }

    /// Where the world stands. Asked only where there is a history.
    private var here: Moment {
        guard let place = cluster.place else { preconditionFailure("no journal is kept") }
        return Moment(place: place, mark: past?.last)
    }

    // MARK: Jumps

    package func undo(_ count: Int) throws -> TimeJump {
        let here = here
        var target: StatementMark?
        var (next, end) = (here.mark, here.place)
        var (found, isTyped) = (0, false)
        while found < count, let mark = next {
            next = mark.before
            // At a prompt a statement is what was typed, except inside the one at work.
            if mark.typed != nil { isTyped = true } else if isTyped { continue }
            if mark.place.isSame(as: end) { continue }
            (target, end) = (mark, mark.place)
            found += 1
        }
        guard let target else {
            throw VerbError.message("there is nothing to undo: no statement has acted on the world")
        }
        guard found == count else {
            throw VerbError.message(
                "only \(found) \(found == 1 ? "statement" : "statements") can be undone")
        }
        return try leave(for: Moment(place: target.place, mark: target.before))
    }

    package func rewind(to target: RewindTarget) throws -> TimeJump {
        let now = cluster.clock.now
        switch target {
        case .back(let time):
            guard time <= now else {
                throw VerbError.message(
                    "only \(Duration(milliseconds: now).shortText) have passed; `rewind to 0s` goes to "
                        + "the beginning")
            }
            return try leave(for: moment(at: now - time))
        case .instant(let instant):
            guard instant <= now else {
                throw VerbError.message(
                    "\(Duration(milliseconds: instant).shortText) is still to come: it is "
                        + "\(Duration(milliseconds: now).shortText); `advance` lets time pass")
            }
            return try leave(for: moment(at: instant))
        case .event(let count):
            guard count <= cluster.clock.eventCount else {
                throw VerbError.message(
                    "only \(cluster.clock.eventCount) events were taken; `step` takes more")
            }
            return try leave(for: moment(cluster.place(afterEvents: count)))
        case .before(let text):
            var next = past?.last
            while let mark = next {
                if mark.contains(text), !mark.place.isSame(as: here.place) {
                    return try leave(for: Moment(place: mark.place, mark: mark.before))
                }
                next = mark.before
            }
            throw VerbError.message("no earlier statement has \"\(text)\" in it")
        }
    }

    private func moment(at instant: Milliseconds) -> Moment {
        moment(cluster.place(at: instant))
    }

    private func moment(_ place: WorldPlace?) -> Moment {
        guard let place else { preconditionFailure("no journal is kept") }
        return Moment(place: place, mark: past?.last)
    }

    package func forward(_ count: Int) throws -> TimeJump {
        let departure = here
        var statements: [String] = []
        for _ in 0..<count {
            guard let jump = past?.undone.last else {
                throw VerbError.message("there is nothing to do again")
            }
            // Whoever only looked has changed nothing.
            guard jump.landing.hasSameDeeds(as: here.place) else {
                throw VerbError.message(
                    "the world has gone on since `undo`: `branches` shows what was undone, and "
                        + "`restore NAME` goes there")
            }
            statements += texts(from: jump.landing, to: jump.tip)
            try go(to: jump.tip)
            past?.undone.removeLast()
            past?.forgetUndone(jump.tip.place)
        }
        return TimeJump(
            from: departure.place.time, to: cluster.clock.now, statements: statements)
    }

    package func remember(_ name: String) throws {
        try checkRoom(for: name)
        keep(name, .snapshot)
    }

    private func checkRoom(for name: String) throws(VerbError) {
        guard let history = past else { return }
        if name.hasPrefix("undone-") {
            throw .message("names that begin with undone- are given by `undo`")
        }
        let count = history.kept.count { $0.kind != .undone && $0.name != name }
        guard count < SessionHistory.nameLimit else {
            throw .message(
                "a session keeps at most \(SessionHistory.nameLimit) snapshots and branches")
        }
    }

    package func restore(_ name: String) throws -> TimeJump {
        try leave(for: try kept(name).moment)
    }

    private func kept(_ name: String) throws(VerbError) -> KeptMoment {
        if let found = past?.find(name) { return found }
        let names = past?.kept.map(\.name) ?? []
        let nearest = nearestName(to: name, among: names)
        throw .message(
            "there is no snapshot or branch \(name)"
                + (nearest.map { "; did you mean \($0)?" } ?? "; `branches` lists them"))
    }

    package func branch(_ name: String, _ block: () throws -> Void) throws -> TimeJump {
        try checkRoom(for: name)
        try checkJump()
        let begin = here
        do {
            try block()
        } catch let error as Trouble {
            keep(name, .branch)
            if case .interrupted = error { throw error }
            try go(to: begin)
            throw error
        }
        keep(name, .branch)
        let end = cluster.clock.now
        try go(to: begin)
        return TimeJump(from: end, to: begin.place.time, statements: [])
    }

    private func keep(_ name: String, _ kind: TimelineRow.Kind) {
        let kept = KeptMoment(
            name: name, kind: kind, moment: here, objects: KnownObjects(cluster))
        past?.keep(kept)
    }

    package func reset() throws {
        try checkJump()
        let departure = here
        let objects = KnownObjects(cluster)
        past?.keepUndone(departure, objects)
        left = nil
        pending.forget()
        begin(Self.makeCluster(options))
        keepJournal()
        try arrive()
    }

    /// Goes to another place, and keeps the line that is left.
    private func leave(for moment: Moment) throws -> TimeJump {
        let departure = here
        let objects = KnownObjects(cluster)
        try go(to: moment)
        let landing = here
        if !departure.place.isOnWay(to: landing.place) { past?.keepUndone(departure, objects) }
        past?.undone.append((landing.place, departure))
        return TimeJump(
            from: departure.place.time, to: landing.place.time,
            statements: texts(from: landing.place, to: departure))
    }

    private func texts(from place: WorldPlace, to moment: Moment) -> [String] {
        past?.statements(from: place, to: moment).map(\.text) ?? []
    }

    // MARK: The world

    private func checkJump() throws(VerbError) {
        guard verbBlocks == 0 else {
            throw .message(
                "a block beside a command cannot leave the command's time; put the jump behind it")
        }
    }

    /// Exchanges the world for the one that stood at a place.
    private func go(to moment: Moment) throws {
        try checkJump()
        let departure = LeftWorld(
            cluster: cluster, place: here.place, pending: pending, usage: usage, journal: journal)
        if let left, left.place.isSame(as: moment.place) {
            // Nobody has touched it since.
            (pending, journal) = (left.pending, left.journal)
            usage.takeTimers(of: left.usage)
            let known = journal
            begin(left.cluster)
            journal = known
        } else {
            do {
                let (world, known) = (try again(moment.place), journal)
                begin(world)
                journal = known
                journal.forget(after: world.clock.now)
            } catch {
                (pending, usage) = (departure.pending, departure.usage)
                throw error
            }
        }
        for observer in followers { departure.cluster.removeObserver(observer) }
        left = departure
        left?.landing = cluster.place
        let options = moment.place.options
        self.options.seed = options.seed
        self.options.featureGates = options.featureGates
        self.options.profile = options.profile
        var mark = moment.mark
        if let landing = cluster.place {
            while let last = mark, last.place.isInWorld(of: landing),
                !last.place.isOnWay(to: landing)
                    || last.place.isSame(as: landing) && last.hasActed
            {
                mark = last.before
            }
        }
        past?.last = mark
        noteCut(of: mark, moment.place)
        try arrive()
    }

    /// Whoever saves the session has to know where the last statement was left.
    private func noteCut(of mark: StatementMark?, _ target: WorldPlace) {
        var next = mark
        while let mark = next, mark.typed == nil { next = mark.before }
        guard let end = next?.end?.place, let here = cluster.place, !end.isSame(as: here),
            here.isOnWay(to: end)
        else { return }
        let script =
            target.events == .max
            ? "rewind to \(Duration(milliseconds: here.time).text)"
            : "rewind to event \(here.events)"
        noteCut(script, at: here)
    }

    private func again(_ place: WorldPlace) throws -> SimulatedCluster {
        do throws(ReplayError) {
            return try SimulatedCluster.standing(at: place, isInterrupted: interruptCheck)
        } catch .interrupted {
            throw ClusterError.interrupted
        } catch .diverged(let instant) {
            throw VerbError.message(
                "the world did not come out as it was (at "
                    + "\(Duration(milliseconds: instant).shortText)): this is a mistake in drydock")
        }
    }

    /// The invariants at work go along, and hold for the state that was reached.
    private func arrive() throws {
        for observer in followers { cluster.addObserver(observer) }
        for breakpoint in breakpoints { breakpoint.look() }
        for case let watch as ConditionWatch in followers {
            try watch.arrived()
            guard watch.failure != nil else { continue }
            cluster.halt()
            throw VerbInterruption.stopped
        }
    }

    // MARK: Looking

    package func lines() -> [TimelineRow] {
        guard let history = past else { return [] }
        let here = here
        var rows: [TimelineRow] = [
            TimelineRow(
                name: "now", kind: .present, depth: 0, from: 0, to: here.place.time,
                statements: history.statements(from: here.place.beginning, to: here).map(\.text))
        ]
        var lines: [(place: WorldPlace, depth: Int)] = [(here.place, 0)]
        for kept in history.kept {
            let place = kept.moment.place
            let isOnLine = place.isOnWay(to: here.place)
            // What was undone and is the present again is not left any more.
            if isOnLine, kept.kind == .undone { continue }
            var best = (fork: place.beginning, depth: 0, shared: -1)
            for line in lines where !isOnLine {
                let shared = place.sharedDeeds(with: line.place)
                guard shared > best.shared else { continue }
                best = (place.fork(from: line.place), line.depth, shared)
            }
            if isOnLine { best.fork = place }
            if kept.kind != .snapshot { lines.append((place, best.depth + 1)) }
            let statements = history.statements(from: best.fork, to: kept.moment)
            rows.append(
                TimelineRow(
                    name: kept.name, kind: kept.kind, depth: best.depth + 1,
                    from: best.fork.time, to: place.time,
                    statements: isOnLine ? [] : statements.map(\.text)))
        }
        return rows
    }

    package func differences(from one: String, to other: String) throws -> [ObjectDifference] {
        let (one, other) = (try objects(one), try objects(other))
        return one.differences(to: other)
    }

    private func objects(_ name: String) throws -> KnownObjects {
        if name == "now" { return KnownObjects(cluster) }
        if let kept = past?.find(name) { return kept.objects }
        guard let instant = try? Duration(parsing: name, allowsDays: true) else {
            return try kept(name).objects
        }
        guard instant.milliseconds >= 0, instant.milliseconds <= cluster.clock.now else {
            throw VerbError.message("\(name) is still to come; now is the last instant there is")
        }
        let before = (pending, usage)
        defer { (pending, usage) = before }
        return KnownObjects(try again(moment(at: instant.milliseconds).place))
    }

    // MARK: Steps

    package func step() throws -> (step: WorldStep, writes: [WriteRecord]) {
        guard cluster.clock.nextInstant != nil || cluster.isStopped else {
            throw VerbError.message(
                "nothing is due: here nothing will ever happen by itself")
        }
        guard let step = try cluster.takeStep(), !cluster.isStopped else {
            throw VerbInterruption.stopped
        }
        guard step.hasWritten else { return (step, []) }
        let writes = (step.firstWrite...step.lastWrite).compactMap { cluster.log[$0] }
        return (step, writes.map(cluster.record(of:)))
    }

    package var stepNames: [String] { cluster.componentNames }
}
