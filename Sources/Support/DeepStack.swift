#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Room on the native stack for work that calls itself to great depth.
///
/// The one place that makes a thread, and the only unsafe code outside the values. The caller waits
/// until the work is done, so nothing runs at the same time. The memory of the stack is claimed from
/// the system only as far as it is used.
public struct DeepStack: Sendable {
    /// How much room ``run(_:)`` asks for.
    package static let bytes = 1 << 29

    /// What is to stay free for calls into other code, which do not look at the room.
    static let reserve = 1 << 23

    /// The lowest address that work may use.
    @usableFromInline let limit: UInt

    /// Whether the work at hand has used up its room. Costs a comparison.
    @inlinable
    public var isUsedUp: Bool { Self.here < limit }

    /// Where the top of the stack lies now.
    @inlinable
    static var here: UInt {
        var mark: UInt8 = 0
        return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
    }

    /// Runs work on a stack of ``bytes``, or of as much as the system gives, and waits for its end.
    /// What it throws is thrown on.
    package static func run<Result>(_ work: (DeepStack) throws -> Result) throws -> Result {
        try withoutActuallyEscaping(work) { work in
            var size = bytes
            while size > 4 * reserve {
                let job = Job(work, size: size)
                if job.runOnThread(), let outcome = job.outcome { return try outcome.get() }
                size /= 2
            }
            fatalError("the system has no memory for a stack of \(size) bytes")
        }
    }

    /// What a thread is to do, and what came of it.
    private final class Job<Result> {
        let work: (DeepStack) throws -> Result
        let size: Int
        var outcome: Swift.Result<Result, any Error>?

        init(_ work: @escaping (DeepStack) throws -> Result, size: Int) {
            self.work = work
            self.size = size
        }

        func begin() {
            let room = DeepStack(limit: DeepStack.here - UInt(size - reserve))
            outcome = Swift.Result { try work(room) }
        }

        /// False when there was no thread to be had.
        func runOnThread() -> Bool {
            var attributes = pthread_attr_t()
            guard pthread_attr_init(&attributes) == 0 else { return false }
            defer { pthread_attr_destroy(&attributes) }
            guard pthread_attr_setstacksize(&attributes, size) == 0 else { return false }
            let box = Unmanaged<AnyJob>.passRetained(AnyJob { self.begin() })
            var thread = pthread_t()
            let status = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<AnyJob>.fromOpaque(argument!).takeRetainedValue().begin()
                    return nil
                }, box.toOpaque())
            guard status == 0 else {
                box.release()
                return false
            }
            pthread_join(thread, nil)
            return true
        }
    }

    /// A job whose result no longer matters for its type: what a thread is handed.
    private final class AnyJob {
        let begin: () -> Void

        init(_ begin: @escaping () -> Void) { self.begin = begin }
    }
}
