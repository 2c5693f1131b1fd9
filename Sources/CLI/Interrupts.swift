import Glibc
import Support
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

    static func clear() {
        StopRequest.set(false)
        pending.store(0, ordering: .relaxed)
    }

    /// Whether a second signal ends the program at once.
    private static let endsProgram = Atomic<Bool>(false)

    /// From now on the first of these signals raises the flag.
    ///
    /// - Parameter secondEnds: a second one before the first is answered ends the program, for runs
    ///   that nobody watches over; never at a prompt, whose world would be lost.
    static func catchSignals(_ signals: [Int32], secondEnds: Bool) {
        endsProgram.store(secondEnds, ordering: .relaxed)
        var caught = sigset_t()
        sigemptyset(&caught)
        for signal in signals {
            Glibc.signal(signal) { signal in
                if Interrupts.isPending, Interrupts.endsProgram.load(ordering: .relaxed) {
                    _exit(128 + signal)
                }
                StopRequest.set(true)
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
