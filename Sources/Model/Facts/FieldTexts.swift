/// Texts about fields and types, kept as lines `Type.field rest` or `Type rest`; a type of core/v1
/// stands without its group.
struct FieldTexts: Sendable {
    private let texts: [String: Substring]

    /// Reads the lines of `tables`; an entry goes on in lines that begin with a blank.
    init(_ tables: [String]) {
        var texts: [String: Substring] = [:]
        for table in tables {
            var rest = table[...]
            while let blank = rest.firstIndex(where: \.isWhitespace) {
                let name = String(rest[..<blank])
                var end = rest[blank...].firstIndex(of: "\n") ?? rest.endIndex
                while end != rest.endIndex, rest[end...].hasPrefix("\n ") {
                    end = rest[rest.index(after: end)...].firstIndex(of: "\n") ?? rest.endIndex
                }
                texts[name] = rest[rest.index(after: blank)..<end]
                rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
            }
        }
        self.texts = texts
    }

    /// The text of a field, on one line; nil where there is none.
    func text(of field: String, in type: TypeFacts) -> String? {
        text(named: "\(Self.shortName(of: type.name)).\(field)")
    }

    /// The text of a type itself, on one line; nil where there is none.
    func text(of type: TypeFacts) -> String? { text(named: Self.shortName(of: type.name)) }

    /// The text of an entry, on one line; nil where there is none.
    func text(named name: String) -> String? {
        texts[name].map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }

    private static func shortName(of type: String) -> String {
        let core = "core.v1."
        return type.hasPrefix(core) ? String(type.dropFirst(core.count)) : type
    }

    /// The full name of the type that an entry calls `name`.
    static func typeName(of name: String) -> String {
        name.contains(".") ? name : "core.v1.\(name)"
    }

    /// The names of all entries, in alphabetical order.
    var names: [String] { texts.keys.sorted() }
}

/// What `explain` says of the fields that only one kind has, as lines of ``FieldTexts``.
package struct KindTexts: Sendable {
    /// What each field is.
    let summaries: String
    /// The values of fields that are enumerations.
    let values: String

    init(summaries: String = "", values: String = "") {
        self.summaries = summaries
        self.values = values
    }

    /// Nothing beyond what the fields' types say.
    package static let none = KindTexts()
}

/// The values of fields that OpenAPI calls enumerations: here of what many kinds share, the rest with
/// the kinds.
enum FieldValues {
    static let texts = FieldTexts(
        [table, signalTable] + KindDescriptor.builtIn.map(\.texts.values))

    /// The values in the order of the API's documentation; empty for any other field.
    static func of(_ field: String, in type: TypeFacts) -> [String] {
        // The table writes the empty text as kubectl does.
        texts.text(of: field, in: type)?.split(separator: " ").map {
            $0 == "\"\"" ? "" : String($0)
        }
            ?? []
    }

    private static let table = #"""
        AppArmorProfile.type Localhost RuntimeDefault Unconfined
        AzureDiskVolumeSource.cachingMode None ReadOnly ReadWrite
        AzureDiskVolumeSource.kind Dedicated Managed Shared
        Container.imagePullPolicy Always IfNotPresent Never
        Container.terminationMessagePolicy FallbackToLogsOnError File
        ContainerPort.protocol SCTP TCP UDP
        EndpointPort.protocol SCTP TCP UDP
        EphemeralContainer.imagePullPolicy Always IfNotPresent Never
        EphemeralContainer.terminationMessagePolicy FallbackToLogsOnError File
        HTTPGetAction.scheme HTTP HTTPS
        HostPathVolumeSource.type "" BlockDevice CharDevice Directory DirectoryOrCreate File
         FileOrCreate Socket
        ImageVolumeSource.pullPolicy Always IfNotPresent Never
        ModifyVolumeStatus.status InProgress Infeasible Pending
        NodeSelectorRequirement.operator DoesNotExist Exists Gt In Lt NotIn
        NodeStatus.phase Pending Running Terminated
        PersistentVolumeClaimStatus.accessModes ReadOnlyMany ReadWriteMany ReadWriteOnce
         ReadWriteOncePod
        PersistentVolumeClaimStatus.allocatedResourceStatuses ControllerResizeInProgress
         ControllerResizeInfeasible NodeResizeInProgress NodeResizeInfeasible NodeResizePending
        PodSecurityContext.fsGroupChangePolicy Always OnRootMismatch
        PodSecurityContext.supplementalGroupsPolicy Merge Strict
        PodSpec.dnsPolicy ClusterFirst ClusterFirstWithHostNet Default None
        PodSpec.preemptionPolicy Never PreemptLowerPriority
        PodSpec.restartPolicy Always Never OnFailure
        PodStatus.phase Failed Pending Running Succeeded Unknown
        PodStatus.qosClass BestEffort Burstable Guaranteed
        PortStatus.protocol SCTP TCP UDP
        ResourceQuotaSpec.scopes BestEffort CrossNamespacePodAffinity NotBestEffort NotTerminating
         PriorityClass Terminating VolumeAttributesClass
        ScopedResourceSelectorRequirement.operator DoesNotExist Exists In NotIn
        ScopedResourceSelectorRequirement.scopeName BestEffort CrossNamespacePodAffinity
         NotBestEffort NotTerminating PriorityClass Terminating VolumeAttributesClass
        SeccompProfile.type Localhost RuntimeDefault Unconfined
        SecurityContext.procMount Default Unmasked
        ServiceSpec.ipFamilies IPv4 IPv6
        Toleration.effect NoExecute NoSchedule PreferNoSchedule
        Toleration.operator Equal Exists Gt Lt
        TopologySpreadConstraint.nodeAffinityPolicy Honor Ignore
        TopologySpreadConstraint.nodeTaintsPolicy Honor Ignore
        TopologySpreadConstraint.whenUnsatisfiable DoNotSchedule ScheduleAnyway
        VolumeMount.mountPropagation Bidirectional HostToContainer None
        admissionregistration.v1.MatchResources.matchPolicy Equivalent Exact
        admissionregistration.v1.MutatingAdmissionPolicySpec.failurePolicy Fail Ignore
        admissionregistration.v1.MutatingAdmissionPolicySpec.reinvocationPolicy IfNeeded Never
        admissionregistration.v1.MutatingWebhook.failurePolicy Fail Ignore
        admissionregistration.v1.MutatingWebhook.matchPolicy Equivalent Exact
        admissionregistration.v1.MutatingWebhook.reinvocationPolicy IfNeeded Never
        admissionregistration.v1.MutatingWebhook.sideEffects None NoneOnDryRun Some Unknown
        admissionregistration.v1.Mutation.patchType ApplyConfiguration JSONPatch
        admissionregistration.v1.NamedRuleWithOperations.operations * CONNECT CREATE DELETE UPDATE
        admissionregistration.v1.NamedRuleWithOperations.scope * Cluster Namespaced
        admissionregistration.v1.RuleWithOperations.operations * CONNECT CREATE DELETE UPDATE
        admissionregistration.v1.RuleWithOperations.scope * Cluster Namespaced
        admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.validationActions Audit Deny
         Warn
        admissionregistration.v1.ValidatingAdmissionPolicySpec.failurePolicy Fail Ignore
        admissionregistration.v1.ValidatingWebhook.failurePolicy Fail Ignore
        admissionregistration.v1.ValidatingWebhook.matchPolicy Equivalent Exact
        admissionregistration.v1.ValidatingWebhook.sideEffects None NoneOnDryRun Some Unknown
        apiextensions.v1.ValidationRule.reason FieldValueDuplicate FieldValueForbidden
         FieldValueInvalid FieldValueRequired
        discovery.v1.EndpointPort.protocol SCTP TCP UDP
        discovery.v1.EndpointSlice.addressType FQDN IPv4 IPv6
        networking.v1.IngressPortStatus.protocol SCTP TCP UDP
        networking.v1.NetworkPolicyPort.protocol SCTP TCP UDP
        resource.v1.DeviceAllocationConfiguration.source FromClaim FromClass
        resource.v1.DeviceSubRequest.allocationMode All ExactCount
        resource.v1.DeviceTaint.effect NoExecute NoSchedule None
        resource.v1.DeviceToleration.effect NoExecute NoSchedule None
        resource.v1.DeviceToleration.operator Equal Exists
        resource.v1.ExactDeviceRequest.allocationMode All ExactCount
        """#

    /// Both fields that name a signal have the same values.
    private static let signalTable = ["ContainerStatus", "Lifecycle"].map {
        "\($0).stopSignal \(signals)"
    }.joined(separator: "\n")

    private static let signals = """
        SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT
         SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR SIGQUIT SIGRTMAX SIGRTMAX-1 SIGRTMAX-10 SIGRTMAX-11
         SIGRTMAX-12 SIGRTMAX-13 SIGRTMAX-14 SIGRTMAX-2 SIGRTMAX-3 SIGRTMAX-4 SIGRTMAX-5 SIGRTMAX-6
         SIGRTMAX-7 SIGRTMAX-8 SIGRTMAX-9 SIGRTMIN SIGRTMIN+1 SIGRTMIN+10 SIGRTMIN+11 SIGRTMIN+12
         SIGRTMIN+13 SIGRTMIN+14 SIGRTMIN+15 SIGRTMIN+2 SIGRTMIN+3 SIGRTMIN+4 SIGRTMIN+5 SIGRTMIN+6
         SIGRTMIN+7 SIGRTMIN+8 SIGRTMIN+9 SIGSEGV SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP
         SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ
        """
}
