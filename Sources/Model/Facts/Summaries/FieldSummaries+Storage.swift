extension FieldSummaries {
    static let storage = #"""
        PersistentVolumeClaimSpec.dataSource A snapshot or claim whose data the volume begins with.
        PersistentVolumeClaimSpec.dataSourceRef As dataSource, but for any object, and in other
         namespaces, too.
        PersistentVolumeClaimSpec.volumeAttributesClassName The VolumeAttributesClass the volume
         shall follow; can be changed.
        PersistentVolumeClaimStatus.allocatedResourceStatuses How far a growth is, by resource, such
         as NodeResizePending.
        PersistentVolumeClaimStatus.allocatedResources What is set aside, which may be more than the
         capacity during a growth.
        PersistentVolumeClaimStatus.conditions Whether a growth or another change is under way.
        PersistentVolumeClaimStatus.currentVolumeAttributesClassName The VolumeAttributesClass that
         the volume follows now.
        PersistentVolumeClaimStatus.modifyVolumeStatus How a change of the VolumeAttributesClass
         goes.
        ModifyVolumeStatus.status Pending, InProgress, or Infeasible where the class cannot be had.
        ModifyVolumeStatus.targetVolumeAttributesClassName The VolumeAttributesClass that is being
         changed to.
        PersistentVolumeStatus.lastPhaseTransitionTime When the phase changed last.
        PersistentVolumeStatus.message Details of the phase for people.
        PersistentVolumeStatus.reason One word for programs: why it failed.
        VolumeResourceRequirements.limits The most the volume may have; seldom heeded.
        VolumeResourceRequirements.requests The least it must have, such as storage: 10Gi; can only
         grow.
        VolumeNodeAffinity.required Nodes from which the volume can be reached.
        TopologySelectorTerm.matchLabelExpressions Conditions on the node's labels; all must hold.
        TopologySelectorLabelRequirement.key The label in question, such as
         topology.kubernetes.io/zone.
        TopologySelectorLabelRequirement.values Values of which one must be there.
        storage.v1.StorageClass.allowedTopologies Where volumes may be made; anywhere where none are
         given.
        storage.v1.StorageClass.mountOptions Options of the mount for its volumes; a wrong one makes
         mounts fail.
        storage.v1.CSIDriverSpec.attachRequired Whether volumes are attached before they are
         mounted; true where none is given.
        storage.v1.CSIDriverSpec.fsGroupPolicy Whether fsGroup changes files: None, File or
         ReadWriteOnceWithFSType, the last where none is given.
        storage.v1.CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds Seconds between looks at how
         many volumes fit; at least 10; never where none.
        storage.v1.CSIDriverSpec.podInfoOnMount Whether the driver is told of the pod at the mount;
         false where none is given.
        storage.v1.CSIDriverSpec.preventPodSchedulingIfMissing Whether pods wait for a node with the
         driver; false where none is given.
        storage.v1.CSIDriverSpec.requiresRepublish Whether mounts are renewed every so often; false
         where none is given.
        storage.v1.CSIDriverSpec.seLinuxMount Whether the driver can mount with an SELinux label;
         false where none is given.
        storage.v1.CSIDriverSpec.serviceAccountTokenInSecrets Whether tokens come as secrets rather
         than in the volume's context.
        storage.v1.CSIDriverSpec.storageCapacity Whether scheduling looks at CSIStorageCapacity
         objects; false where none is given.
        storage.v1.CSIDriverSpec.tokenRequests Tokens of the pod's service account that the driver
         gets.
        storage.v1.CSIDriverSpec.volumeLifecycleModes Persistent, Ephemeral or both; [Persistent]
         where none is given.
        storage.v1.TokenRequest.audience Whom the token is for; empty for the API server.
        storage.v1.TokenRequest.expirationSeconds Seconds the token is good for; the API server's
         usual time where none is given.
        storage.v1.CSINodeSpec.drivers The drivers that run on the node.
        storage.v1.CSINodeDriver.allocatable How many volumes of the driver fit on the node.
        storage.v1.CSINodeDriver.name The driver's name.
        storage.v1.CSINodeDriver.nodeID The driver's own name of the node.
        storage.v1.CSINodeDriver.topologyKeys Node labels that tell where the node's volumes can be
         reached from.
        storage.v1.VolumeNodeResources.count The most volumes at the same time; no bound where none
         is given.
        storage.v1.CSIStorageCapacity.capacity How much space is left, such as 100Gi.
        storage.v1.CSIStorageCapacity.maximumVolumeSize The largest volume that can be made.
        storage.v1.CSIStorageCapacity.nodeTopology The nodes that can reach the space.
        storage.v1.CSIStorageCapacity.storageClassName The StorageClass that it is about; never
         changes.
        storage.v1.VolumeAttachmentSpec.attacher The driver that attaches.
        storage.v1.VolumeAttachmentSpec.nodeName The node.
        storage.v1.VolumeAttachmentSpec.source The volume.
        storage.v1.VolumeAttachmentSource.inlineVolumeSpec A volume that a pod names without a
         claim, translated to CSI.
        storage.v1.VolumeAttachmentSource.persistentVolumeName The PersistentVolume.
        storage.v1.VolumeAttachmentStatus.attachError Why attaching failed last.
        storage.v1.VolumeAttachmentStatus.attached Whether the volume is attached.
        storage.v1.VolumeAttachmentStatus.attachmentMetadata What the driver tells of the
         attachment, for the mount.
        storage.v1.VolumeAttachmentStatus.detachError Why detaching failed last.
        storage.v1.VolumeError.errorCode The driver's code, as gRPC has them, such as 8 for
         ResourceExhausted.
        storage.v1.VolumeError.message What went wrong, for people.
        storage.v1.VolumeError.time When it went wrong.
        storage.v1.VolumeAttributesClass.driverName The driver that understands the parameters;
         never changes.
        storage.v1.VolumeAttributesClass.parameters Settings of the volume, such as iops: "4000";
         never change.
        """#
}
