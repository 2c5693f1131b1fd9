import Model
import Synchronization

// tidy: no copy: each world has its own
/// What was worked out about ownership and holds for every world: the forms of the built-in kinds, sets of
/// fields, and what writes of one shape come to. One world at a time has it, and the next takes it over.
final class OwnershipMemory: @unchecked Sendable {  // used by one world at a time
    var pool = FieldSetPool()
    var memo = OwnershipMemo()
    let forms = FieldForms()
    private var writers: [FieldOwnership.WriterKey: UInt32] = [:]
    private var count: UInt32 = 0

    private static let writerLimit = 4096
    /// Those of worlds that have ended; as many as there may be worlds at once.
    private static let idle = Mutex<[OwnershipMemory]>([])
    private static let idleLimit = 4

    /// One that no world has now.
    static func taken() -> OwnershipMemory {
        idle.withLock { $0.popLast() } ?? OwnershipMemory()
    }

    /// The world that had it is no more.
    func giveBack() {
        forms.forgetCustomKinds()
        Self.idle.withLock { idle in
            if idle.count < Self.idleLimit { idle.append(self) }
        }
    }

    /// A number for a writer: in all worlds the same for a built-in kind, which is owned alike in all.
    func number(of writer: FieldOwnership.WriterKey, isUpdate: Bool) -> UInt32 {
        let isCommon = isUpdate && writer.kind.isBuiltIn
        if isCommon, let known = writers[writer] { return known }
        count += 1
        // To forget one costs no more than that its writes are worked out again.
        if isCommon, writers.count < Self.writerLimit { writers[writer] = count }
        return count
    }
}
