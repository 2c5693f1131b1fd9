import Support
import Value

extension KindDescriptor {
    /// Pods with names, order and storage of their own.
    static func statefulSet(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "StatefulSet", plural: "statefulsets", shortNames: ["sts"], group: "apps",
            categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labelSelector), replicas: .standard,
            rollout: Rollout(history: .controllerRevisions),
            rules: KindRules(
                defaults: Defaults.statefulSet,
                name: NameRules.dns1123Label,
                object: { $0.statefulSetSpec($1[.spec], ErrorPath("spec")) },
                change: { $0.statefulSetUpdate($1[.spec], $2[.spec], ErrorPath("spec")) },
                status: { validator, object, old, _ in
                    validator.replicaStatus(
                        object, old,
                        counts: [
                            .replicas, .readyReplicas, .currentReplicas, .updatedReplicas,
                            .availableReplicas, .observedGeneration, .collisionCount,
                        ],
                        parts: [
                            .readyReplicas, .currentReplicas, .updatedReplicas, .availableReplicas,
                        ],
                        ready: "status.readyReplicas")
                },
                warnings: { $0.statefulSet($1, $2) }),
            texts: .statefulSet)
    }
}

extension Defaults {
    /// SetDefaults_StatefulSet. Conversion names kind and version of the claims' templates.
    static func statefulSet(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.podManagementPolicy, "OrderedReady")
            if spec[.updateStrategy][.type].isNull {
                spec[.updateStrategy][.type] = "RollingUpdate"
                spec[.updateStrategy].fill(.rollingUpdate, .emptyObject)
            }
            if spec[.updateStrategy][.type] == "RollingUpdate" {
                spec[.updateStrategy].ifPresent(.rollingUpdate) { $0.fill(.partition, 0) }
            }
            spec[.persistentVolumeClaimRetentionPolicy].fill(.whenDeleted, "Retain")
            spec[.persistentVolumeClaimRetentionPolicy].fill(.whenScaled, "Retain")
            spec.fill(.replicas, 1)
            spec.fill(.revisionHistoryLimit, 10)
            spec.forEach(.volumeClaimTemplates) { claim in
                claim[.apiVersion] = "v1"
                claim[.kind] = "PersistentVolumeClaim"
                persistentVolumeClaim(&claim)
            }
            template(&spec)
        }
    }
}

extension Validator {
    /// ValidateStatefulSetSpec.
    mutating func statefulSetSpec(_ spec: Value, _ path: ErrorPath) {
        let policy = spec.text(.podManagementPolicy)
        if policy.isEmpty {
            add(.required(path.child("podManagementPolicy")))
        } else if policy != "OrderedReady" && policy != "Parallel" {
            add(
                .invalid(
                    path.child("podManagementPolicy"), Value(policy),
                    "must be 'OrderedReady' or 'Parallel'"))
        }
        statefulSetStrategy(spec[.updateStrategy], path.child("updateStrategy"))
        let retention = path.child("persistentVolumeClaimRetentionPolicy")
        for key in [Key.whenDeleted, .whenScaled] {
            optionalOneOf(
                spec[.persistentVolumeClaimRetentionPolicy][key], ["Retain", "Delete"],
                retention.child(key))
        }
        for (index, claim) in spec.list(.volumeClaimTemplates).enumerated() {
            claimSpec(claim[.spec], path.child("volumeClaimTemplates")[index].child("spec"))
        }
        nonnegative(spec[.replicas], path.child("replicas"))
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        nonnegative(spec[.ordinals][.start], path.child("ordinals").child("start"))
        let service = spec.text(.serviceName)
        if !service.isEmpty {
            messages(NameRules.dns1123Label(service), service, path.child("serviceName"))
        }
        let place = path.child("template")
        let isReadable = requiredSelector(
            spec, path, empty: "empty selector is invalid for statefulset", unreadable: "")
        if isReadable {
            matchingLabels(LabelSelector(spec[.selector]), spec[.template], place)
            statefulSetTemplate(spec, place)
        }
        alwaysRestarts(spec[.template], place)
        noDeadline(spec[.template], place, of: "StatefulSet")
    }

    /// The claims' templates stand in for volumes of their names, before the others; the names that pods
    /// get from the set are not looked at.
    private mutating func statefulSetTemplate(_ spec: Value, _ path: ErrorPath) {
        var template = spec[.template]
        template[.spec][.subdomain] = nil
        template[.spec][.hostname] = nil
        let claims = spec.list(.volumeClaimTemplates)
        if !claims.isEmpty {
            var names: Set<Value> = []
            var volumes: [Value] = []
            for name in claims.map({ $0[.metadata][.name] }) where names.insert(name).inserted {
                volumes.append([.name: name, .persistentVolumeClaim: [.claimName: name]])
            }
            volumes += template[.spec].list(.volumes).filter { !names.contains($0[.name]) }
            template[.spec][.volumes] = .array(volumes)
        }
        podTemplate(template, path)
    }

    private mutating func statefulSetStrategy(_ strategy: Value, _ path: ErrorPath) {
        let rolling = strategy[.rollingUpdate]
        switch strategy.text(.type) {
        case "": add(.required(path))
        case "OnDelete":
            if !rolling.isNull {
                add(
                    .invalid(
                        path.child("rollingUpdate"),
                        json: InternalForm.json(rolling, as: "RollingUpdateStatefulSetStrategy"),
                        "only allowed for updateStrategy 'RollingUpdate'"))
            }
        case "RollingUpdate":
            let place = path.child("rollingUpdate")
            nonnegative(rolling[.partition], place.child("partition"))
            if !rolling[.maxUnavailable].isNull {
                intOrPercent(rolling[.maxUnavailable], place.child("maxUnavailable"))
                if amount(rolling[.maxUnavailable]) == 0 {
                    add(
                        .invalid(
                            place.child("maxUnavailable"),
                            json: GoSyntax.json(rolling[.maxUnavailable]), "cannot be 0"))
                }
                atMost100Percent(rolling[.maxUnavailable], place.child("maxUnavailable"))
            }
        default:
            add(
                .invalid(
                    path, json: InternalForm.json(strategy, as: "StatefulSetUpdateStrategy"),
                    "must be 'RollingUpdate' or 'OnDelete'"))
        }
    }

    /// ValidateStatefulSetUpdate.
    mutating func statefulSetUpdate(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        var new = spec
        let mutable = [
            Key.replicas, .ordinals, .template, .updateStrategy,
            .revisionHistoryLimit, .persistentVolumeClaimRetentionPolicy, .minReadySeconds,
        ]
        for key in mutable { new[key] = old[key] }
        if new != old {
            add(
                .forbidden(
                    path,
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', "
                        + "'template', 'updateStrategy', 'revisionHistoryLimit', "
                        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are "
                        + "forbidden"))
        }
    }
}

extension KindTexts {
    static let statefulSet = KindTexts(
        summaries: #"""
            apps.v1.StatefulSetSpec.minReadySeconds Seconds a pod must stay ready until it counts as
             available; 0 where none is given.
            apps.v1.StatefulSetSpec.ordinals Where the numbers of the pods begin.
            apps.v1.StatefulSetSpec.persistentVolumeClaimRetentionPolicy What becomes of the claims
             when the set shrinks or goes.
            apps.v1.StatefulSetSpec.podManagementPolicy OrderedReady (as where none is given) takes
             pods one by one, Parallel all at once.
            apps.v1.StatefulSetSpec.replicas How many pods shall run, numbered in order; 1 where
             none is given.
            apps.v1.StatefulSetSpec.revisionHistoryLimit How many old revisions are kept to go back
             to; 10 where none is given.
            apps.v1.StatefulSetSpec.selector Which pods belong to it; never changes.
            apps.v1.StatefulSetSpec.serviceName The headless Service that gives each pod its DNS
             name.
            apps.v1.StatefulSetSpec.template What its pods look like; a change rolls from the
             highest number down.
            apps.v1.StatefulSetSpec.updateStrategy How pods get a changed template.
            apps.v1.StatefulSetSpec.volumeClaimTemplates Claims made for every pod; they outlive it.
            apps.v1.StatefulSetOrdinals.start The number of the first pod; 0 where none is given.
            apps.v1.StatefulSetUpdateStrategy.rollingUpdate The limits of a rolling update.
            apps.v1.StatefulSetUpdateStrategy.type RollingUpdate (as where none is given) goes pod
             by pod, OnDelete waits for deletions.
            apps.v1.RollingUpdateStatefulSetStrategy.partition Pods numbered below it keep the old
             template; 0 where none is given.
            apps.v1.RollingUpdateStatefulSetStrategy.maxUnavailable How many pods may be replaced at
             once; needs its feature gate; 1 where none is given.
            apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted Whether claims go
             with the set; Retain where none is given.
            apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled Whether a removed
             pod's claims go with it; Retain where none is given.
            apps.v1.StatefulSetStatus.availableReplicas Pods that have been ready for
             minReadySeconds.
            apps.v1.StatefulSetStatus.currentReplicas Pods of the revision before the update.
            apps.v1.StatefulSetStatus.currentRevision The revision before the update; of new pods
             below the partition, too.
            apps.v1.StatefulSetStatus.observedGeneration The generation the controller has acted
             upon.
            apps.v1.StatefulSetStatus.readyReplicas Pods whose condition Ready is true.
            apps.v1.StatefulSetStatus.replicas Pods that exist.
            apps.v1.StatefulSetStatus.updateRevision The revision of the present template.
            apps.v1.StatefulSetStatus.updatedReplicas Pods of the present template.
            """#,
        values: #"""
            apps.v1.StatefulSetSpec.podManagementPolicy OrderedReady Parallel
            apps.v1.StatefulSetUpdateStrategy.type OnDelete RollingUpdate
            """#)
}
