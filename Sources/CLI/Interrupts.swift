import Glibc
import Synchronization

/// Signals that ask the program to stop, as a flag that a running statement looks at.
enum Interrupts {
    private static let pending = Atomic<Int32>(0)

    /// Whether one came since the flag was last taken down.
    static var isPending: Bool { pending.load(ordering: .relaxed) != 0 }

    /// The signal that came, if one did.
    static var signal: Int32? {
        let signal = pending.load(ordering: .relaxed)
        return signal == 0 ? nil : signal
    }

    static func clear() { pending.store(0, ordering: .relaxed) }

    /// From now on the first of these signals raises the flag; a second one ends the program.
    static func catchSignals(_ signals: [Int32]) {
        var caught = sigset_t()
        sigemptyset(&caught)
        for signal in signals {
            Glibc.signal(signal) { signal in
                if Interrupts.isPending { _exit(128 + signal) }
                Interrupts.pending.store(signal, ordering: .relaxed)
            }
            sigaddset(&caught, signal)
        }
        // Whoever started the program may have blocked them for its own threads.
        sigprocmask(SIG_UNBLOCK, &caught, nil)
        // Writing to a closed pipe answers an error instead of killing the process.
        Glibc.signal(SIGPIPE, SIG_IGN)
    }
}
