/// One-line descriptions of fields, our own words: here of what many kinds share, the rest with the
/// kinds.
enum FieldSummaries {
    static let texts = FieldTexts(
        [
            metadata, objects, pods, podParts, containers, containerParts, volumes, volumeSources,
            nodes, workloads, network, storage, access, admission, extensions, devices,
        ] + KindDescriptor.builtIn.map(\.texts.summaries))

    /// What the field is: by the words about its type, else about the type that has the same fields,
    /// else about fields of that name in types of its family. Nil where nobody has described it.
    static func of(_ field: String, in type: TypeFacts) -> String? {
        if let text = texts.text(of: field, in: type) { return text }
        if let name = kin.text(of: type),
            let other = FieldFacts.type(named: FieldTexts.typeName(of: name))
        {
            return of(field, in: other)
        }
        return family(of: type).flatMap { families.text(named: "\($0).\(field)") }
    }

    /// Objects, conditions, statuses and sources of volumes have fields that mean the same in all.
    private static func family(of type: TypeFacts) -> String? {
        if type[.apiVersion] != nil, type[.kind] != nil, type[.metadata] != nil { return "object" }
        let ends = [("Condition", "condition"), ("Status", "status"), ("VolumeSource", "volume")]
        return ends.first { type.name.hasSuffix($0.0) }?.1
    }

    /// What fields mean in all types of a family: lines `family.field rest`.
    static let families = FieldTexts([common])

    /// Types whose fields are described with those of another: lines of a type and that other.
    static let kin = FieldTexts([
        #"""
        EphemeralContainer Container
        SecurityContext PodSecurityContext
        ConfigMapProjection ConfigMapVolumeSource
        DownwardAPIProjection DownwardAPIVolumeSource
        AzureFilePersistentVolumeSource AzureFileVolumeSource
        CephFSPersistentVolumeSource CephFSVolumeSource
        CinderPersistentVolumeSource CinderVolumeSource
        CSIPersistentVolumeSource CSIVolumeSource
        FlexPersistentVolumeSource FlexVolumeSource
        GlusterfsPersistentVolumeSource GlusterfsVolumeSource
        ISCSIPersistentVolumeSource ISCSIVolumeSource
        PersistentVolumeSpec Volume
        RBDPersistentVolumeSource RBDVolumeSource
        ScaleIOPersistentVolumeSource ScaleIOVolumeSource
        StorageOSPersistentVolumeSource StorageOSVolumeSource
        admissionregistration.v1.MutatingAdmissionPolicyBindingSpec
         admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec
        admissionregistration.v1.MutatingAdmissionPolicySpec
         admissionregistration.v1.ValidatingAdmissionPolicySpec
        admissionregistration.v1.MutatingWebhook admissionregistration.v1.ValidatingWebhook
        admissionregistration.v1.NamedRuleWithOperations admissionregistration.v1.RuleWithOperations
        apiextensions.v1.ServiceReference admissionregistration.v1.ServiceReference
        apiextensions.v1.WebhookClientConfig admissionregistration.v1.WebhookClientConfig
        apiregistration.v1.ServiceReference admissionregistration.v1.ServiceReference
        autoscaling.v1.CrossVersionObjectReference autoscaling.v2.CrossVersionObjectReference
        autoscaling.v1.HorizontalPodAutoscaler autoscaling.v2.HorizontalPodAutoscaler
        autoscaling.v1.HorizontalPodAutoscalerSpec autoscaling.v2.HorizontalPodAutoscalerSpec
        autoscaling.v1.HorizontalPodAutoscalerStatus autoscaling.v2.HorizontalPodAutoscalerStatus
        discovery.v1.EndpointPort EndpointPort
        events.v1.EventSeries EventSeries
        flowcontrol.v1.LimitedPriorityLevelConfiguration
         flowcontrol.v1.ExemptPriorityLevelConfiguration
        networking.v1.IngressLoadBalancerIngress LoadBalancerIngress
        networking.v1.IngressPortStatus PortStatus
        resource.v1.DeviceAllocationConfiguration resource.v1.DeviceClaimConfiguration
        resource.v1.DeviceClassConfiguration resource.v1.DeviceClaimConfiguration
        resource.v1.DeviceSubRequest resource.v1.ExactDeviceRequest
        resource.v1.DeviceToleration Toleration
        """#
    ])
}
