extension FieldSummaries {
    static let objects = #"""
        ObjectReference.apiVersion Group and version of the object.
        ObjectReference.fieldPath A part of the object, such as spec.containers{web}.
        ObjectReference.kind The object's kind.
        ObjectReference.name The object's name.
        ObjectReference.namespace The object's namespace.
        ObjectReference.resourceVersion The version of the object that is meant, if one is.
        ObjectReference.uid The object's uid.
        LocalObjectReference.name The object's name, in the same namespace.
        TypedLocalObjectReference.apiGroup The object's group; the core group where none is given.
        TypedLocalObjectReference.kind The object's kind.
        TypedLocalObjectReference.name The object's name, in the same namespace.
        TypedObjectReference.apiGroup The object's group; the core group where none is given.
        TypedObjectReference.kind The object's kind.
        TypedObjectReference.name The object's name.
        TypedObjectReference.namespace The object's namespace; needs a ReferenceGrant there; the
         same one where none is given.
        SecretReference.name The Secret's name.
        SecretReference.namespace The Secret's namespace.
        meta.v1.ManagedFieldsEntry.apiVersion The version that the fields are named in.
        meta.v1.ManagedFieldsEntry.fieldsType FieldsV1, the one form there is.
        meta.v1.ManagedFieldsEntry.fieldsV1 The fields, as a tree of f:NAME, k:{KEY} and v:VALUE.
        meta.v1.ManagedFieldsEntry.manager Who it is, such as kubectl-client-side-apply.
        meta.v1.ManagedFieldsEntry.operation Apply for server-side apply, Update for everything
         else.
        meta.v1.ManagedFieldsEntry.subresource The subresource it was written by, such as status or
         scale.
        meta.v1.ManagedFieldsEntry.time When a field was added, changed or given up last.
        meta.v1.ObjectMeta.selfLink Empty; an old field.
        Binding.target The node that the pod is bound to.
        ComponentStatus.conditions Whether the component is healthy.
        ComponentCondition.error What its health check said when it failed.
        ComponentCondition.message What its health check said.
        ComponentCondition.status True if healthy, False if not, Unknown where nobody knows.
        ComponentCondition.type Healthy, the one there is.
        Event.action What was done or tried, such as Binding.
        Event.eventTime When it happened first, with microseconds.
        Event.related Another object that had part in it.
        Event.reportingComponent Who reports, such as kubernetes.io/kubelet.
        Event.reportingInstance Which one of them, such as a node's name.
        Event.series How often and until when, if it goes on; none for a single event.
        EventSeries.count How often it has happened so far.
        EventSeries.lastObservedTime When it was seen last.
        EventSource.component Who reports, such as kubelet.
        EventSource.host The node it reports from.
        events.v1.Event.action What was done or tried, such as Binding.
        events.v1.Event.deprecatedCount count of the core group's events.
        events.v1.Event.deprecatedFirstTimestamp firstTimestamp of the core group's events.
        events.v1.Event.deprecatedLastTimestamp lastTimestamp of the core group's events.
        events.v1.Event.deprecatedSource source of the core group's events.
        events.v1.Event.eventTime When it happened first, with microseconds.
        events.v1.Event.note What happened, for people; at most 1 kB.
        events.v1.Event.reason Why, in one word, such as FailedScheduling; at most 128 characters.
        events.v1.Event.regarding The object it is about.
        events.v1.Event.related Another object that had part in it.
        events.v1.Event.reportingController Who reports, such as kubernetes.io/kubelet.
        events.v1.Event.reportingInstance Which one of them, such as a node's name.
        events.v1.Event.series How often and until when, if it goes on; none for a single event.
        events.v1.Event.type Normal or Warning.
        NamespaceStatus.conditions What still holds back a deletion.
        NamespaceCondition.type Which part of a deletion it is about, such as
         NamespaceContentRemaining.
        ServiceAccount.automountServiceAccountToken Whether pods of the account get its token; a
         pod's own word comes first.
        ServiceAccount.imagePullSecrets Secrets added to its pods for pulling images.
        ServiceAccount.secrets Secrets it may use; old, tokens are asked for instead.
        ReplicationController.spec Which pods, and how many.
        ReplicationControllerSpec.minReadySeconds Seconds a pod must stay ready until it counts as
         available; 0 where none is given.
        ReplicationControllerSpec.replicas How many pods shall run; 1 where none is given.
        ReplicationControllerSpec.selector Labels of its pods; the template's where none are given.
        ReplicationControllerSpec.template What its pods look like.
        ReplicationControllerStatus.availableReplicas Pods that have been ready for minReadySeconds.
        ReplicationControllerStatus.conditions ReplicaFailure while pods cannot be created or
         deleted.
        ReplicationControllerStatus.fullyLabeledReplicas Pods with all labels of the template.
        ReplicationControllerStatus.readyReplicas Pods whose condition Ready is true.
        ReplicationControllerStatus.replicas Pods that exist.
        LimitRangeItem.maxLimitRequestRatio How many times its request a limit may be, such as cpu:
         2.
        LimitRange.spec The limits.
        LimitRangeSpec.limits Limits by the kind of thing: container, pod or claim.
        ResourceQuotaSpec.scopeSelector Which objects count, by scopes with values, such as
         PriorityClass In [high].
        ResourceQuotaSpec.scopes Which objects count, such as [NotTerminating]; all scopes must
         match.
        ResourceQuotaStatus.hard The limits that are in force.
        ScopeSelector.matchExpressions Conditions on scopes; all must hold.
        ScopedResourceSelectorRequirement.operator How the scope relates to the values.
        ScopedResourceSelectorRequirement.scopeName The scope in question.
        ScopedResourceSelectorRequirement.values The values for In and NotIn; none for the others.
        coordination.v1.LeaseSpec.acquireTime When the present holder took it.
        coordination.v1.LeaseSpec.holderIdentity Who holds it; empty for nobody.
        coordination.v1.LeaseSpec.leaseDurationSeconds Seconds after renewTime until others may take
         it.
        coordination.v1.LeaseSpec.leaseTransitions How often it changed hands.
        coordination.v1.LeaseSpec.preferredHolder Who shall get it next; only with strategy.
        coordination.v1.LeaseSpec.renewTime When the holder renewed it last.
        coordination.v1.LeaseSpec.strategy How the holder is chosen among candidates, such as
         OldestEmulationVersion.
        scheduling.v1.PriorityClass.description When to use the class, for people.
        node.v1.RuntimeClass.handler The name of the runtime's configuration on nodes, such as
         runsc; never changes.
        node.v1.RuntimeClass.overhead What a pod of the class needs beside its containers.
        node.v1.RuntimeClass.scheduling Which nodes can run the class; all where none is given.
        node.v1.Overhead.podFixed The overhead of one pod, such as memory: 120Mi.
        node.v1.Scheduling.nodeSelector Labels of nodes that can run the class; added to the pod's
         own.
        node.v1.Scheduling.tolerations Tolerations added to pods of the class.
        Namespace.spec Who must clean up before the namespace goes.
        Node.spec Taints, addresses for pods, and whether new pods may come.
        PersistentVolume.spec Where the storage is, how much, and how it can be mounted.
        PersistentVolumeClaim.spec How much storage of which class, and how it shall be mounted.
        ResourceQuota.spec What the namespace may use at most.
        ResourceQuota.status What the namespace uses, beside the limits in force.
        Service.spec Which pods stand behind it, at which ports, and from where it is reached.
        coordination.v1.Lease.spec Who holds it, and until when.
        networking.v1.IPAddress.spec What uses the address.
        networking.v1.IngressClass.spec Which controller serves the class.
        networking.v1.NetworkPolicy.spec Which pods, and what traffic is allowed.
        networking.v1.ServiceCIDR.spec The ranges of addresses.
        storage.v1.CSIDriver.spec What the driver can do and needs.
        storage.v1.CSINode.spec The drivers on the node.
        storage.v1.VolumeAttachment.spec Which volume, which node, which driver.
        storage.v1.VolumeAttachment.status Whether the volume is attached.
        apiregistration.v1.APIService.spec Which group and version, and who serves it.
        certificates.v1.CertificateSigningRequest.spec What is asked of which signer, and by whom;
         never changes.
        admissionregistration.v1.MutatingAdmissionPolicy.spec Which requests, and what is changed.
        admissionregistration.v1.MutatingAdmissionPolicyBinding.spec Which policy, for which
         requests, with what.
        admissionregistration.v1.ValidatingAdmissionPolicy.spec Which requests, and what must hold.
        admissionregistration.v1.ValidatingAdmissionPolicyBinding.spec Which policy, for which
         requests, with what.
        """#
}
