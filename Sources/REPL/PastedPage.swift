import Pages
import Session

/// The prompt's own world for a page that was pasted: commands run as typed ones do, and what they print is
/// shown.
final class PastedPage: PageWorld {
    let session: Session
    private let runs: (String) -> PageOutcome
    private let looks: (String) -> PageOutcome
    private let tells: (String) -> Void

    /// - Parameters:
    ///   - runs: runs a statement, shows what it prints and answers it.
    ///   - looks: answers what a statement would print, and shows nothing.
    ///   - tells: says something besides.
    init(
        _ session: Session, runs: @escaping (String) -> PageOutcome,
        looks: @escaping (String) -> PageOutcome, tells: @escaping (String) -> Void
    ) {
        self.session = session
        self.runs = runs
        self.looks = looks
        self.tells = tells
    }

    var now: Int64 { session.virtualMilliseconds }

    func run(_ text: String) -> PageOutcome { runs(text) }

    func look(_ text: String) -> PageOutcome {
        session.cluster.inOneInstant { looks(text) }
    }

    func place(_ text: String, at name: String) {
        do {
            try session.files.memory.place(text, at: name)
            tell("\(name) is kept for this session")
        } catch {
            tell("\(name) cannot be kept: \(error.reason)")
        }
    }

    func hasFile(_ name: String) -> Bool { session.files.exists(name) }

    func ownsFile(_ name: String) -> Bool { session.files.memory.isFile(name) }

    func wait(milliseconds: Int64, until condition: () -> Bool) -> Bool {
        guard let end = try? session.cluster.run(limit: milliseconds, until: condition) else {
            return false
        }
        if case .reached = end { return true }
        return false
    }

    func rest(until instant: Int64) {
        if instant > now { _ = try? session.cluster.run(until: instant) }
    }

    /// What was shown is seen: time at a prompt goes on only.
    var canRewind: Bool { false }

    func rewind(to instant: Int64) { rest(until: instant) }

    func tell(_ remark: String) { tells(remark) }
}
