extension FieldSummaries {
    static let common = #"""
        object.apiVersion Group and version of the fields, such as apps/v1; v1 alone for the core
         group.
        object.kind What the object is, in CamelCase, such as Deployment; never changes.
        object.metadata Name, namespace, labels, annotations, owners.
        object.spec What is wanted; you write it, controllers work towards it.
        object.status What was seen last; the cluster writes it, you read it.
        condition.lastProbeTime When it was looked at last; mostly empty.
        condition.lastTransitionTime When the status changed last.
        condition.lastUpdateTime When the condition was written last.
        condition.message Details for people.
        condition.observedGeneration The generation that the condition was judged by.
        condition.reason One word for programs: why the status is what it is.
        condition.status True, False or Unknown.
        condition.type What the condition is about.
        status.conditions What holds at present, one entry per matter; look at status, reason and
         message.
        status.observedGeneration The generation the controller has acted upon; behind
         metadata.generation while it lags.
        volume.fsType The file system, such as ext4 or xfs; the driver chooses where none is given.
        volume.readOnly Whether the volume can only be read; false where none is given.
        volume.secretRef The Secret with what the storage asks to let one in.
        """#
}
