import API
import Model
import Support
import Value

/// What the API server does with the objects of one kind in its own way: a row of
/// ``StrategyRegistry``. A kind without a row is treated as most are.
///
/// Source: the `strategy.go` of each resource in upstream's registry, and the quota evaluators.
package struct KindStrategy: Sendable {
    /// A change of an object before it goes on through the pipeline.
    typealias Change =
        @Sendable (inout Value, APIServer, KindDescriptor, ObjectKey) throws(APIError) -> Void
    /// The same for a new version of a stored object.
    typealias Update =
        @Sendable (inout Value, APIServer, KindDescriptor, StoredObject) throws(APIError) -> Void
    /// What a deletion comes to; nil where it goes on as with every kind.
    typealias Deletion =
        @Sendable (StoredObject, DeleteOptions, APIServer) throws(APIError) -> DeletionOutcome?

    /// The status of a new object, where status is a part of its own.
    var initialStatus: Value = .null
    /// Whether whoever creates an object may give it a status, too.
    var keepsStatusOfNew = false
    /// The fields besides metadata and status whose change counts as one of the spec.
    var specKeys: [Key] = [.spec]
    /// Whether a change of any field besides metadata counts as one of the spec, as with custom resources.
    var countsAllFields = false
    /// Whether a change of annotations counts as one of the spec.
    var countsAnnotations = false
    /// What happens to dependents when a deletion does not say.
    var defaultPropagation = Propagation.background
    /// How quotas count the objects beside `count/…`.
    var quota: QuotaEvaluator?

    /// Drops the fields whose gate is shut, unless the old version uses them already, and fills in the
    /// defaults of those whose gate is open.
    var applyGates: (@Sendable (inout Value, _ old: Value, _ gates: [String: Bool]) -> Void)?
    /// Completes a new object after admission, before it is validated.
    var completeNew: Change?
    /// Completes a changed object before admission.
    var completeChanged: Update?
    /// What is wrong with an object beside what the rules of its kind find, which know nothing of
    /// expressions; of a change there is an old version.
    var check: (@Sendable (Value, _ old: Value?) -> [FieldError])?
    /// Compiles the expressions of an object: says what is wrong with one, in the order in which the rules
    /// of the kind come to them.
    var expressions: (@Sendable (Value) -> Validation.ExpressionCheck)?
    /// Brings a valid object into the form in which it is stored.
    var canonicalize: (@Sendable (inout Value) -> Void)?
    /// What every new version takes over from the old one, whoever writes it.
    var carryOver: (@Sendable (inout Value, _ old: Value) -> Void)?
    /// What every new status takes over from the old one, whoever writes it.
    var carryOverStatus: (@Sendable (inout Value, _ old: Value, APIServer) -> Void)?
    /// How long an object may take to end, in seconds; nil for kinds that know no grace.
    var graceSeconds: (@Sendable (StoredObject, DeleteOptions) -> Int)?
    /// Whether an object without finalizers in its metadata stays all the same when it is to go.
    var isHeld: (@Sendable (Value) -> Bool)?
    /// A way of deletion of the kind's own.
    var delete: Deletion?

    /// The strategy of most kinds, with another status for new objects.
    package init(initialStatus: Value = .null) { self.initialStatus = initialStatus }

    /// The strategy of most kinds with what `change` makes different.
    static func with(_ change: (inout KindStrategy) -> Void) -> KindStrategy {
        var strategy = KindStrategy()
        change(&strategy)
        return strategy
    }
}
