import Model
import Support
import Value

/// Binds claims to volumes, keeps the phases of both, and reclaims volumes whose claim is gone.
///
/// Origin: pkg/controller/volume/persistentvolume/pv_controller.go. A key without namespace is that
/// of a volume. One worker, because two claims must never be given one volume.
///
/// Upstream looks at everything again each 15 s, and only then does a waiting claim find a volume that
/// was created later; the recorder profile shows that. Elsewhere a waiting claim is looked at as soon
/// as a volume or a class turns up, so that `settle` need not wait for a period.
final class PersistentVolumeController: Controller {
    /// A request of the API that is made in its turn.
    typealias Request = () throws(APIError) -> Void

    enum Code {
        static let resync: Int32 = 0
        static let recycled: Int32 = 1
        static let news: Int32 = 2
    }

    /// Upstream's PVClaimBinderSyncPeriod.
    static let resyncPeriod: Milliseconds = 15_000
    /// How long the pod that scrubs a recycled volume runs.
    static let recyclingTime: Milliseconds = 3_000

    /// The claims that wait for a volume, the lost ones for theirs.
    private var waiting: Set<ObjectKey> = []
    private var isResyncPlanned = false
    /// The volumes that are being scrubbed, by name.
    var recycling: Set<String> = []

    init() { super.init(name: "persistentvolume-controller", workers: 1) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        waiting = other.waiting
        isResyncPlanned = other.isResyncPlanned
        recycling = other.recycling
    }

    override func start() {
        watch(.persistentVolume)
        watch(.persistentVolumeClaim)
        watch(.storageClass)
    }

    override func observe(_ change: Change) {
        let object = change.object
        switch change.kind {
        case .persistentVolume: observeVolume(change)
        case .persistentVolumeClaim:
            noteWaiting(change)
            if change.type != .deleted { return enqueue(object) }
            let volume = PersistentVolumeClaimView(object.value).volumeName
            if !volume.isEmpty { enqueue(ObjectKey(namespace: "", name: volume)) }
        default: if change.type != .deleted { expectResync() }
        }
    }

    private func observeVolume(_ change: Change) {
        let volume = PersistentVolumeView(change.object.value)
        if change.type == .deleted {
            recycling.remove(change.object.name)
            let claim = volume.claimRef
            if !claim.isNull {
                enqueue(ObjectKey(namespace: claim.text(.namespace), name: claim.text(.name)))
            }
            return
        }
        enqueue(change.object)
        if volume.phase == "Available", volume.value[.status] != change.old?.value[.status] {
            expectResync()
        }
    }

    // MARK: Waiting claims

    private func noteWaiting(_ change: Change) {
        let claim = change.object
        guard change.type != .deleted,
            claim.value[.status].text(.phase) != "Bound"
        else {
            waiting.remove(claim.key)
            return
        }
        waiting.insert(claim.key)
        planResync()
    }

    private func planResync() {
        guard !isResyncPlanned, !waiting.isEmpty else { return }
        isResyncPlanned = true
        scheduleTick(every: Self.resyncPeriod, code: Code.resync)
    }

    /// A new volume or class wakes no claim, upstream's controller finds it at the next resync: which is then
    /// more than a tick, so that a world in which a claim will be bound is not taken to be at rest.
    private func expectResync() {
        guard !waiting.isEmpty else { return }
        scheduleTick(every: Self.resyncPeriod, code: Code.news, weight: .work)
    }

    override func fire(_ event: Event) {
        switch event.code {
        case Code.resync:
            isResyncPlanned = false
            for key in waiting.sorted() { enqueue(key) }
            planResync()
        case Code.news: for key in waiting.sorted() { enqueue(key) }
        default: finishRecycling(Slot(index: Int32(event.a)))
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        do throws(APIError) {
            if key.namespace.isEmpty {
                if let volume = view.get(.persistentVolume, key) { try syncVolume(volume) }
            } else if let claim = view.get(.persistentVolumeClaim, key) {
                try syncClaim(claim)
            }
        } catch  where error.isNotFound {
            return
        }
    }

    // MARK: Binding

    /// Points volume and claim at each other and makes both Bound: four requests in this order, those
    /// that would change nothing left out.
    func bind(_ volume: StoredObject, _ claim: StoredObject) throws(APIError) {
        if PersistentVolumeView(volume.value).claimRef.text(.uid) == claim.uid {
            return try bindPhase(volume, claim)
        }
        let request: Request = { [unowned self] () throws(APIError) in
            var value = volume.value
            if !VolumeMatching.isReserved(volume, for: claim) {
                value[.metadata][.annotations][VolumeKeys.boundByController] = "yes"
            }
            value[.spec][.claimRef] = VolumeMatching.reference(to: claim)
            try bindPhase(try api.update(volume, to: value), claim)
        }
        try send(request)
    }

    private func bindPhase(_ volume: StoredObject, _ claim: StoredObject) throws(APIError) {
        if PersistentVolumeView(volume.value).phase == "Bound" {
            return try point(claim, at: volume)
        }
        let request: Request = { [unowned self] () throws(APIError) in
            try point(claim, at: try setPhase(volume, "Bound"))
        }
        try send(request)
    }

    private func point(_ claim: StoredObject, at volume: StoredObject) throws(APIError) {
        var value = claim.value
        if PersistentVolumeClaimView(value).volumeName != volume.name {
            value[.spec][.volumeName] = Value(volume.name)
            value[.metadata][.annotations][VolumeKeys.boundByController] = "yes"
        }
        value[.metadata][.annotations][VolumeKeys.bindCompleted] = "yes"
        if value == claim.value { return try setBound(claim, to: volume) }
        let pointing = value
        let request: Request = { [unowned self] () throws(APIError) in
            try setBound(try api.update(claim, to: pointing), to: volume)
        }
        try send(request)
    }

    /// The capacity is only taken over when the claim becomes Bound; later it is the resizer's.
    private func setBound(
        _ claim: StoredObject, to volume: StoredObject
    ) throws(APIError) {
        var status = claim.value[.status]
        let spec = volume.value[.spec]
        if status.text(.phase) != "Bound" {
            status[.phase] = "Bound"
            status[.capacity] = spec[.capacity]
        }
        status[.accessModes] = spec[.accessModes]
        if status == claim.value[.status] { return }
        let bound = status
        let request: Request = { [unowned self] () throws(APIError) in
            try api.updateStatus(claim, to: bound)
        }
        try send(request)
    }

    /// Sets a volume's phase; answers the version in force then.
    @discardableResult
    func setPhase(
        _ volume: StoredObject, _ phase: String, message: String = ""
    ) throws(APIError) -> StoredObject {
        var status = volume.value[.status]
        guard status.text(.phase) != phase else { return volume }
        status[.phase] = Value(phase)
        status[.message] = message.isEmpty ? .null : Value(message)
        status[.lastPhaseTransitionTime] = api.timestamp
        return try api.updateStatus(volume, to: status)
    }
}
