// The same for the groups that extend, secure and share the cluster.
extension FactsSupplement {
    /// See ``alwaysPresentFields``.
    static let extensionAlwaysPresentFields = """
        admissionregistration.v1.MutatingAdmissionPolicy metadata spec
        admissionregistration.v1.MutatingAdmissionPolicyBinding metadata spec
        admissionregistration.v1.MutatingWebhookConfiguration metadata
        admissionregistration.v1.ValidatingAdmissionPolicy metadata spec status
        admissionregistration.v1.ValidatingAdmissionPolicyBinding metadata
        admissionregistration.v1.ValidatingWebhookConfiguration metadata
        apiregistration.v1.APIService metadata spec status
        certificates.v1.CertificateSigningRequest metadata status
        flowcontrol.v1.FlowSchema metadata spec status
        flowcontrol.v1.LimitedPriorityLevelConfiguration limitResponse
        flowcontrol.v1.PriorityLevelConfiguration metadata spec status
        resource.v1.AllocationResult devices
        resource.v1.DeviceClass metadata
        resource.v1.ResourceClaim metadata status
        resource.v1.ResourceClaimSpec devices
        resource.v1.ResourceClaimTemplate metadata
        resource.v1.ResourceClaimTemplateSpec metadata
        resource.v1.ResourceSlice metadata
        apiextensions.v1.CustomResourceDefinition status metadata
        networking.v1.IPAddress spec metadata
        networking.v1.ServiceCIDR spec status metadata
        storage.v1.VolumeAttributesClass metadata
        """

    /// See ``pointerFields``.
    static let extensionPointerFields = """
        admissionregistration.v1.MatchResources matchPolicy
        admissionregistration.v1.MutatingAdmissionPolicySpec failurePolicy
        admissionregistration.v1.MutatingWebhook failurePolicy matchPolicy reinvocationPolicy
        admissionregistration.v1.MutatingWebhook timeoutSeconds
        admissionregistration.v1.ParamRef parameterNotFoundAction
        admissionregistration.v1.ServiceReference path port
        admissionregistration.v1.ValidatingAdmissionPolicySpec failurePolicy
        admissionregistration.v1.ValidatingWebhook failurePolicy matchPolicy timeoutSeconds
        admissionregistration.v1.Validation reason
        admissionregistration.v1.WebhookClientConfig url
        apiextensions.v1.JSONSchemaProps $ref maxItems maxLength maxProperties maximum minItems
        apiextensions.v1.JSONSchemaProps minLength minProperties minimum multipleOf
        apiextensions.v1.JSONSchemaProps x-kubernetes-list-type x-kubernetes-map-type
        apiextensions.v1.JSONSchemaProps x-kubernetes-preserve-unknown-fields
        apiextensions.v1.ValidationRule optionalOldSelf reason
        apiregistration.v1.ServiceReference port
        certificates.v1.CertificateSigningRequestSpec expirationSeconds
        flowcontrol.v1.ExemptPriorityLevelConfiguration lendablePercent nominalConcurrencyShares
        flowcontrol.v1.LimitedPriorityLevelConfiguration borrowingLimitPercent lendablePercent
        flowcontrol.v1.LimitedPriorityLevelConfiguration nominalConcurrencyShares
        resource.v1.AllocatedDeviceStatus shareID
        resource.v1.Device allNodes allowMultipleAllocations bindsToNode nodeName
        resource.v1.DeviceAttribute bool int string version
        resource.v1.DeviceClassSpec extendedResourceName
        resource.v1.DeviceConstraint distinctAttribute matchAttribute
        resource.v1.DeviceRequestAllocationResult adminAccess shareID
        resource.v1.DeviceToleration tolerationSeconds
        resource.v1.ExactDeviceRequest adminAccess
        resource.v1.NodeAllocatableResourceMapping capacityKey
        resource.v1.ResourceSliceSpec allNodes nodeName perDeviceNodeSelection
        """
}
