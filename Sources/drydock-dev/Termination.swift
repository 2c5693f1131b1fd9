import Glibc
import Synchronization

/// INT, TERM and HUP as a flag, for commands that must put something back before they end.
enum Termination {
    private static let received = Atomic<Int32>(0)
    private static let child = Atomic<Int32>(0)

    /// The signal that asked the program to end, if one did.
    static var signal: Int32? {
        let signal = received.load(ordering: .relaxed)
        return signal == 0 ? nil : signal
    }

    /// From now on these signals end the program that runs as a child and raise the flag, no more.
    static func catchSignals() {
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            Glibc.signal(signal) { signal in
                Termination.received.store(signal, ordering: .relaxed)
                let child = Termination.child.load(ordering: .relaxed)
                // A terminal has told the child already; whoever signals this process alone has not.
                if child > 0 { kill(child, signal) }
            }
        }
    }

    /// Names the child that signals are passed on to, or takes the name away.
    static func pass(to process: pid_t?) { child.store(process ?? 0, ordering: .relaxed) }
}
