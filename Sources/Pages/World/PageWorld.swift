import Cluster
import Model
import Session

/// What came of a command.
package struct PageOutcome {
    package var output: String
    /// What went wrong beside what the command itself printed: a mistake in its text, an expectation.
    package var problem: String?
    package var hasFailed: Bool

    package init(output: String, problem: String? = nil, hasFailed: Bool) {
        self.output = output
        self.problem = problem
        self.hasFailed = hasFailed
    }
}

/// The world that a page runs in: one of its own, or the prompt's.
package protocol PageWorld: AnyObject {
    var session: Session { get }
    /// Virtual milliseconds.
    var now: Int64 { get }

    /// Runs a command or statements.
    func run(_ text: String) -> PageOutcome
    /// Runs a command that goes on until it is stopped, up to so many lines of output.
    func run(_ text: String, lines: Int) -> PageOutcome
    /// What a command that changes nothing would print at this instant.
    func look(_ text: String) -> PageOutcome
    /// Puts a file where commands see it.
    func place(_ text: String, at name: String)
    func hasFile(_ name: String) -> Bool
    /// Whether the session itself has such a file, apart from the disk.
    func ownsFile(_ name: String) -> Bool

    /// Lets time pass until `condition` holds after some write, at most so long. Answers whether it came to
    /// hold.
    func wait(milliseconds: Int64, until condition: () -> Bool) -> Bool
    /// Lets time pass up to an instant.
    func rest(until instant: Int64)
    /// Whether it can go back to an earlier instant.
    var canRewind: Bool { get }
    /// Goes back to an instant, where it can.
    func rewind(to instant: Int64)

    /// Says something to whoever sits there.
    func tell(_ remark: String)
}

extension PageWorld {
    /// At a prompt whoever sits there stops it.
    package func run(_ text: String, lines: Int) -> PageOutcome { run(text) }

    /// Whether an object of that name, or of its form apart from what chance adds, has ever been here.
    package func hasEverHad(_ name: String) -> Bool {
        let form = PageToken.name(name)
        return session.cluster.log.changes(after: 0).contains {
            $0.object.name == name || PageToken.name($0.object.name) == form
        }
    }

    /// Whether an object of that name and kind, or of its form, has ever been here.
    func hasEverHad(_ name: String, resource: String) -> Bool {
        guard let kind = session.cluster.kinds.kind(named: resource) else { return true }
        let form = PageToken.name(name)
        return session.cluster.log.changes(after: 0).contains {
            $0.kind == kind && ($0.object.name == name || PageToken.name($0.object.name) == form)
        }
    }

    /// The kind of a workload of that name that can be scaled, as commands write it, with its namespace.
    func scalable(_ name: String) -> (resource: String, namespace: String)? {
        let kinds: [(Kind, String)] = [
            (.statefulSet, "statefulset"), (.deployment, "deployment"), (.replicaSet, "replicaset"),
        ]
        for (kind, word) in kinds {
            if let object = session.cluster.state.list(kind, namespace: nil).first(where: {
                $0.name == name
            }) {
                return ("\(word)/\(name)", object.value[.metadata][.namespace].string ?? "default")
            }
        }
        return nil
    }

    var isAtRest: Bool { session.cluster.isAtRest }
}
