extension FieldSummaries {
    static let metadata = #"""
        meta.v1.ObjectMeta.annotations Free texts by key, for tools and people; nothing selects by them.
        meta.v1.ObjectMeta.creationTimestamp When the API server stored the object.
        meta.v1.ObjectMeta.deletionGracePeriodSeconds Seconds the object was given to stop, once its
         deletion was asked for.
        meta.v1.ObjectMeta.deletionTimestamp By when the object shall be gone; set when its deletion
         is asked for, and never taken back.
        meta.v1.ObjectMeta.finalizers Names of those who must clean up first; the object stays until
         the list is empty.
        meta.v1.ObjectMeta.generateName A beginning of the name; the API server adds a random end.
        meta.v1.ObjectMeta.generation Counts the changes of the spec.
        meta.v1.ObjectMeta.labels Short texts by key, by which objects are selected.
        meta.v1.ObjectMeta.managedFields Who set which field last, for server-side apply.
        meta.v1.ObjectMeta.name The name, unique for the kind in its namespace; never changes.
        meta.v1.ObjectMeta.namespace The namespace; "default" where none is given.
        meta.v1.ObjectMeta.ownerReferences The objects that this one belongs to; when the last of them
         is gone, so is this.
        meta.v1.ObjectMeta.resourceVersion The version of the stored object, to be compared for
         equality only.
        meta.v1.ObjectMeta.uid Tells this object from any other of the same name, before or after it.
        meta.v1.OwnerReference.apiVersion Group and version of the owner.
        meta.v1.OwnerReference.blockOwnerDeletion Whether the owner waits for this object in a
         foreground deletion.
        meta.v1.OwnerReference.controller Whether the owner is the one controller that manages this
         object.
        meta.v1.OwnerReference.kind Kind of the owner.
        meta.v1.OwnerReference.name Name of the owner, in the same namespace or of the cluster.
        meta.v1.OwnerReference.uid The owner's uid; another object of its name does not count.
        meta.v1.LabelSelector.matchExpressions Conditions on labels; all must hold.
        meta.v1.LabelSelector.matchLabels Labels that must be there with exactly these values.
        meta.v1.LabelSelectorRequirement.key The label in question.
        meta.v1.LabelSelectorRequirement.operator How the label relates to the values.
        meta.v1.LabelSelectorRequirement.values The values for In and NotIn; none for the others.
        meta.v1.Condition.lastTransitionTime When the status changed last.
        meta.v1.Condition.message Details for people.
        meta.v1.Condition.observedGeneration The generation that the condition was judged by.
        meta.v1.Condition.reason One word for programs: why the status is what it is.
        meta.v1.Condition.status True, False or Unknown.
        meta.v1.Condition.type What the condition is about.
        """#
}
