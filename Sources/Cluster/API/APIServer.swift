import API
import Model
import Support
import Value

/// The one door to the cluster's state: every request is decoded, defaulted, validated, admitted,
/// stored and announced here.
///
/// Controllers use the methods on ``StoredObject`` directly (they are trusted: what they write is
/// not decoded again); scripts and HTTP clients come through ``APIClient``.
package final class APIServer {
    // tidy: not copied: warnings, requestVersion, heartbeats, impersonated, actorOf, onNewKind, onCommit
    /// The kinds that are served.
    package internal(set) var kinds = KindRegistry()

    /// Who is asking now, in answer to what. The runtime sets it before a component runs, and the
    /// world before a user's statement; every write carries it.
    var cause = Cause()

    /// What the client who is asking now is to be told; nil while nobody listens, as controllers do
    /// not.
    var warnings: [String]?

    /// The version of a custom kind in which the client at work speaks, where it is not the one that is
    /// stored: its schema decides.
    var requestVersion: KindDescriptor?

    let store: Store
    let clock: Clock
    var identities: Identities
    /// Signs of life of kubelets, for those who read nodes and leases.
    var heartbeats = Heartbeats()
    var worldTime = WorldTime()
    private var strategies: [ResourceStrategy]
    private(set) var admission: Admission.Chain
    /// Gates that differ from what 1.36 ships, by name.
    let featureGates: [String: Bool]
    var podTemplates = PodTemplateCache()
    /// Counts the writes after which admission may treat the same pod in another way.
    private(set) var podAdmissionEpoch = 0

    /// Who makes the request at work, where somebody acts as another user.
    var impersonated: UserInfo?
    /// What an actor of the world is called; the world says.
    var actorOf: (ActorID) -> Actor = { _ in Actor(name: "system", host: "") }
    var validatingPolicies = PolicySource(
        .validatingAdmissionPolicy, .validatingAdmissionPolicyBinding)
    var mutatingPolicies = PolicySource(
        .mutatingAdmissionPolicy, .mutatingAdmissionPolicyBinding)

    /// Whether the default roles and bindings have been made.
    var hasPolicy = false

    /// Called when a kind is served that was not.
    var onNewKind: (Kind) -> Void = { _ in }

    /// Called after each committed write.
    var onCommit: (Change) -> Void = { _ in }

    init(
        store: Store, clock: Clock, identities: Identities, serviceRange: String,
        featureGates: [String: Bool] = [:]
    ) {
        self.featureGates = featureGates
        self.store = store
        self.clock = clock
        self.identities = identities
        strategies = Self.builtInStrategies
        admission = Self.builtInAdmission
        self.serviceRange = serviceRange
        guard let range = AddressRange(serviceRange) else {
            preconditionFailure("a profile's range of Services is one of IPv4")
        }
        serviceAddresses = range
    }

    /// Serves from now on what the server of another world serves. No request may be at work.
    func take(_ other: APIServer) {
        kinds = other.kinds
        cause = other.cause
        identities = other.identities
        worldTime = other.worldTime
        strategies = other.strategies
        admission = other.admission
        podTemplates = other.podTemplates
        podAdmissionEpoch = other.podAdmissionEpoch
        validatingPolicies = other.validatingPolicies
        mutatingPolicies = other.mutatingPolicies
        hasPolicy = other.hasPolicy
        customResources = other.customResources
        ownership.take(other.ownership)
    }

    // Made once for all worlds, as the registry of kinds is.
    private static let builtInStrategies = KindRegistry.builtIn.everyVersion.map { info in
        ResourceStrategy(info, StrategyRegistry.rows[info.kind] ?? KindStrategy())
    }
    private static let builtInAdmission = Admission.Chain(builtInStrategies)

    /// Who owns the fields of objects.
    let ownership = FieldOwnership()

    /// Where the cluster IPs of Services come from.
    let serviceRange: String
    let serviceAddresses: AddressRange

    /// What CustomResourceDefinitions have the server serve, by their names. Only looked up.
    var customResources: [String: CustomResource] = [:]

    /// Serves a further kind from now on, by a descriptor made for it, and answers it.
    func register(
        _ make: (Kind) -> KindDescriptor, strategy: KindStrategy
    ) -> Kind {
        let kind = kinds.register(make)
        install(strategy, for: kind)
        return kind
    }

    /// Treats `kind` by its descriptor and `strategy` from now on.
    func install(_ strategy: KindStrategy, for kind: Kind) {
        let resource = ResourceStrategy(kinds[kind], strategy)
        if Int(kind.id) < strategies.count {
            strategies[Int(kind.id)] = resource
        } else {
            strategies.append(resource)
        }
        admission.set(resource)
    }

    func strategy(_ kind: Kind) -> ResourceStrategy { strategies[Int(kind.id)] }

    /// The present as the API writes it into objects.
    package var timestamp: Value { worldTime.text(at: clock.now) }

    /// The instant `milliseconds` after the present as the API writes it.
    package func timestamp(after milliseconds: Milliseconds) -> Value {
        worldTime.text(at: clock.now + milliseconds)
    }

    /// An instant of the world as the API writes it.
    func timestamp(at instant: Milliseconds) -> Value { worldTime.text(at: instant) }

    /// Stores a write and announces it.
    func commit(
        _ kind: Kind, _ key: ObjectKey, old: StoredObject?, value: Value?, verb: RequestVerb
    ) -> StoredObject {
        let content =
            value.map {
                Store.Content.value(
                    $0, owners(kind, key, old: old, value: $0, verb: verb))
            } ?? .nothing
        return commit(kind, key, old: old, content: content, verb: verb)
    }

    func commit(
        _ kind: Kind, _ key: ObjectKey, old: StoredObject?, content: Store.Content,
        verb: RequestVerb
    ) -> StoredObject {
        var cause = self.cause
        cause.verb = verb
        let isAboutPolicies = isAboutPolicies(kind)
        if isAboutPolicies { refreshPolicies() }
        let change = store.commit(
            kind, key, old: old, content: content, at: clock.now, cause: cause)
        clock.mix(UInt64(change.sequence) << 20 ^ UInt64(kind.id) << 8 ^ UInt64(clock.now) << 32)
        if admission.decidesOnPods(kind) { podAdmissionEpoch += 1 }
        if kind == .customResourceDefinition { serveCustomResources(by: change) }
        if isAboutPolicies { notePolicyChange(kind) }
        onCommit(change)
        if kind == .service { trackAddresses(by: change) }
        return change.object
    }
}

// MARK: - Reading

extension APIServer {
    /// The object of that name as it is now, or nil.
    package func find(_ kind: Kind, namespace: String = "", name: String) -> StoredObject? {
        store.state.get(kind, namespace: namespace, name: name)
    }

    /// The object with that key as it is now, or nil.
    package func find(_ kind: Kind, _ key: ObjectKey) -> StoredObject? {
        store.state.get(kind, key)
    }

    /// The object in that slot as it is now, or nil.
    func find(_ kind: Kind, _ slot: Slot) -> StoredObject? { store.state.get(kind, slot) }

    /// The version of `object` that is in force; throws NotFound when it is gone or was replaced by
    /// another object of the same name.
    package func current(_ object: StoredObject) throws(APIError) -> StoredObject {
        guard let found = store.state.get(object.kind, object.slot), found.uid == object.uid else {
            throw .notFound(kinds[object.kind], object.name)
        }
        return found
    }

    func require(_ kind: Kind, _ key: ObjectKey) throws(APIError) -> StoredObject {
        guard let found = store.state.get(kind, key) else { throw .notFound(kinds[kind], key.name) }
        return found
    }
}
