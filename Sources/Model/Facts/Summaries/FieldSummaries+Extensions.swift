extension FieldSummaries {
    static let extensions = #"""
        apiextensions.v1.CustomResourceColumnDefinition.description What the column shows, for
         people.
        apiextensions.v1.CustomResourceColumnDefinition.format Narrows the type, such as int64 or
         date-time.
        apiextensions.v1.CustomResourceColumnDefinition.jsonPath The path of the value, such as
         .spec.replicas.
        apiextensions.v1.CustomResourceColumnDefinition.name The column's heading.
        apiextensions.v1.CustomResourceColumnDefinition.priority 0 shows the column always, more
         only with -o wide; 0 where none is given.
        apiextensions.v1.CustomResourceColumnDefinition.type integer, number, string, boolean or
         date (shown as an age).
        apiextensions.v1.CustomResourceConversion.strategy None changes apiVersion alone, Webhook
         asks a webhook.
        apiextensions.v1.CustomResourceConversion.webhook Who converts; only for Webhook.
        apiextensions.v1.CustomResourceDefinition.spec Names, versions and schemas of the new kind.
        apiextensions.v1.CustomResourceDefinitionCondition.type Established, NamesAccepted,
         Terminating and the like.
        apiextensions.v1.CustomResourceDefinitionNames.categories Groups of resources that it
         belongs to, such as all.
        apiextensions.v1.CustomResourceDefinitionNames.kind The kind, in CamelCase, such as CronTab.
        apiextensions.v1.CustomResourceDefinitionNames.listKind The kind of its lists; the kind and
         List where none is given.
        apiextensions.v1.CustomResourceDefinitionNames.plural The name in paths, in lower case, such
         as crontabs.
        apiextensions.v1.CustomResourceDefinitionNames.shortNames Short names, such as ct.
        apiextensions.v1.CustomResourceDefinitionNames.singular The name of one, in lower case; the
         kind's where none is given.
        apiextensions.v1.CustomResourceDefinitionSpec.conversion How objects get from one version to
         another; None where none is given.
        apiextensions.v1.CustomResourceDefinitionSpec.group The API group, such as
         stable.example.com; never changes.
        apiextensions.v1.CustomResourceDefinitionSpec.names How the kind is called.
        apiextensions.v1.CustomResourceDefinitionSpec.preserveUnknownFields Whether unknown fields
         are kept in all versions; must be false; use the schema's.
        apiextensions.v1.CustomResourceDefinitionSpec.scope Cluster or Namespaced; never changes.
        apiextensions.v1.CustomResourceDefinitionSpec.versions The versions; exactly one is stored.
        apiextensions.v1.CustomResourceDefinitionStatus.acceptedNames The names that are in use.
        apiextensions.v1.CustomResourceDefinitionStatus.conditions Whether names are accepted and
         the kind is served.
        apiextensions.v1.CustomResourceDefinitionStatus.observedGeneration The generation the
         conditions are about.
        apiextensions.v1.CustomResourceDefinitionStatus.storedVersions Versions that objects may be
         stored in; none of them can be taken from spec.versions.
        apiextensions.v1.CustomResourceDefinitionVersion.additionalPrinterColumns Columns of kubectl
         get; the age where none are given.
        apiextensions.v1.CustomResourceDefinitionVersion.deprecated Whether clients are warned;
         false where none is given.
        apiextensions.v1.CustomResourceDefinitionVersion.deprecationWarning The warning's text; a
         general one where none is given.
        apiextensions.v1.CustomResourceDefinitionVersion.name The version, such as v1 or v1beta1;
         never changes.
        apiextensions.v1.CustomResourceDefinitionVersion.schema What objects look like.
        apiextensions.v1.CustomResourceDefinitionVersion.selectableFields Fields that field
         selectors may ask for; at most 8.
        apiextensions.v1.CustomResourceDefinitionVersion.served Whether the version is served.
        apiextensions.v1.CustomResourceDefinitionVersion.storage Whether objects are stored in this
         version.
        apiextensions.v1.CustomResourceDefinitionVersion.subresources What is served beside the
         object: status, scale.
        apiextensions.v1.CustomResourceSubresourceScale.labelSelectorPath The path of the selector
         as text, below .spec or .status; an autoscaler needs it.
        apiextensions.v1.CustomResourceSubresourceScale.specReplicasPath The path of the wanted
         number, such as .spec.replicas.
        apiextensions.v1.CustomResourceSubresourceScale.statusReplicasPath The path of the present
         number, such as .status.replicas.
        apiextensions.v1.CustomResourceSubresources.scale Serves /scale, for kubectl scale and
         autoscalers.
        apiextensions.v1.CustomResourceSubresources.status Serves /status; .status is then written
         there alone, {} turns it on.
        apiextensions.v1.CustomResourceValidation.openAPIV3Schema The schema of the whole object.
        apiextensions.v1.ExternalDocumentation.description What is found there.
        apiextensions.v1.ExternalDocumentation.url The address.
        apiextensions.v1.JSONSchemaProps.$ref Not allowed here; schemas stand in full.
        apiextensions.v1.JSONSchemaProps.$schema The schema's language; without effect.
        apiextensions.v1.JSONSchemaProps.additionalItems Not allowed here.
        apiextensions.v1.JSONSchemaProps.additionalProperties The schema of a map's values, or
         whether further fields are allowed.
        apiextensions.v1.JSONSchemaProps.allOf Schemas that must all hold.
        apiextensions.v1.JSONSchemaProps.anyOf Schemas of which at least one must hold.
        apiextensions.v1.JSONSchemaProps.default The value where none is given.
        apiextensions.v1.JSONSchemaProps.definitions Not allowed here.
        apiextensions.v1.JSONSchemaProps.dependencies Not allowed here.
        apiextensions.v1.JSONSchemaProps.description What it is, for people; kubectl explain shows
         it.
        apiextensions.v1.JSONSchemaProps.enum The values that are allowed.
        apiextensions.v1.JSONSchemaProps.example A value for documentation; without effect.
        apiextensions.v1.JSONSchemaProps.exclusiveMaximum Whether the maximum itself is too much;
         false where none is given.
        apiextensions.v1.JSONSchemaProps.exclusiveMinimum Whether the minimum itself is too little;
         false where none is given.
        apiextensions.v1.JSONSchemaProps.externalDocs Where more is written.
        apiextensions.v1.JSONSchemaProps.format Narrows the type, such as int32, date-time, byte,
         email or uuid.
        apiextensions.v1.JSONSchemaProps.id Not allowed here.
        apiextensions.v1.JSONSchemaProps.items The schema of a list's items.
        apiextensions.v1.JSONSchemaProps.maxItems The most items a list may have.
        apiextensions.v1.JSONSchemaProps.maxLength The most characters a text may have.
        apiextensions.v1.JSONSchemaProps.maxProperties The most fields an object may have.
        apiextensions.v1.JSONSchemaProps.maximum The greatest number allowed.
        apiextensions.v1.JSONSchemaProps.minItems The fewest items a list may have.
        apiextensions.v1.JSONSchemaProps.minLength The fewest characters a text may have.
        apiextensions.v1.JSONSchemaProps.minProperties The fewest fields an object may have.
        apiextensions.v1.JSONSchemaProps.minimum The least number allowed.
        apiextensions.v1.JSONSchemaProps.multipleOf The number must be a multiple of this.
        apiextensions.v1.JSONSchemaProps.not A schema that must not hold.
        apiextensions.v1.JSONSchemaProps.nullable Whether null is allowed; false where none is
         given.
        apiextensions.v1.JSONSchemaProps.oneOf Schemas of which exactly one must hold.
        apiextensions.v1.JSONSchemaProps.pattern A regular expression that must match somewhere in
         the text.
        apiextensions.v1.JSONSchemaProps.patternProperties Not allowed here.
        apiextensions.v1.JSONSchemaProps.properties The schemas of fields, by name.
        apiextensions.v1.JSONSchemaProps.required Names of fields that must be there.
        apiextensions.v1.JSONSchemaProps.title A heading for people.
        apiextensions.v1.JSONSchemaProps.type object, array, string, integer, number or boolean.
        apiextensions.v1.JSONSchemaProps.uniqueItems Must not be true; use x-kubernetes-list-type
         set.
        apiextensions.v1.JSONSchemaProps.x-kubernetes-embedded-resource Whether it is an object with
         apiVersion, kind and metadata of its own.
        apiextensions.v1.JSONSchemaProps.x-kubernetes-int-or-string Whether it is a number or a
         text, such as 5 or "25%".
        apiextensions.v1.JSONSchemaProps.x-kubernetes-list-map-keys The fields that tell a list's
         items apart; for list type map.
        apiextensions.v1.JSONSchemaProps.x-kubernetes-list-type How lists are merged: atomic (as a
         whole, as where none is given), set or map.
        apiextensions.v1.JSONSchemaProps.x-kubernetes-map-type How objects are merged: granular
         (field by field, as where none is given) or atomic.
        apiextensions.v1.JSONSchemaProps.x-kubernetes-preserve-unknown-fields Whether fields that
         the schema does not name are kept.
        apiextensions.v1.JSONSchemaProps.x-kubernetes-validations Rules in CEL that must hold.
        apiextensions.v1.SelectableField.jsonPath The path of a text, number or boolean, such as
         .spec.color.
        apiextensions.v1.ValidationRule.fieldPath The field that the error names, such as
         .spec.minReplicas.
        apiextensions.v1.ValidationRule.message What is said of a failure; a general text with the
         rule where none is given.
        apiextensions.v1.ValidationRule.messageExpression A CEL expression that makes the message;
         it comes before message.
        apiextensions.v1.ValidationRule.optionalOldSelf Whether the rule runs at creation, too, with
         oldSelf as an optional.
        apiextensions.v1.ValidationRule.reason The kind of error; FieldValueInvalid where none is
         given.
        apiextensions.v1.ValidationRule.rule A CEL expression over self, such as self.min <=
         self.max; oldSelf is the former value.
        apiextensions.v1.WebhookConversion.clientConfig Where the webhook is reached.
        apiextensions.v1.WebhookConversion.conversionReviewVersions Versions of ConversionReview
         that it understands, best first, such as [v1].
        apiregistration.v1.APIServiceSpec.caBundle Certificates, in base64, that the server's is
         checked with; the system's where none are given.
        apiregistration.v1.APIServiceSpec.group The API group that is served.
        apiregistration.v1.APIServiceSpec.groupPriorityMinimum How early the group comes among all
         groups; higher is earlier, at most 20000.
        apiregistration.v1.APIServiceSpec.insecureSkipTLSVerify Whether the server's certificate is
         left unchecked; false where none is given.
        apiregistration.v1.APIServiceSpec.service The Service that answers; none for what the API
         server itself serves.
        apiregistration.v1.APIServiceSpec.version The version that is served, such as v1.
        apiregistration.v1.APIServiceSpec.versionPriority How early the version comes in its group;
         higher is earlier, at most 1000.
        apiregistration.v1.APIServiceCondition.type Available, the one there is.
        apiregistration.v1.APIServiceStatus.conditions Whether the API can be reached.
        flowcontrol.v1.ExemptPriorityLevelConfiguration.lendablePercent How much of its seats others
         may borrow, in percent; 0 where none is given.
        flowcontrol.v1.ExemptPriorityLevelConfiguration.nominalConcurrencyShares Its share of all
         seats, weighed against the other levels; 0 where none is given.
        flowcontrol.v1.FlowSchema.spec Which requests, and at which priority.
        flowcontrol.v1.FlowSchemaCondition.type Dangling: whether the priority level is missing.
        flowcontrol.v1.FlowSchemaSpec.distinguisherMethod How requests are told apart into flows;
         one flow where none is given.
        flowcontrol.v1.FlowSchemaSpec.matchingPrecedence The lowest number that matches wins, from 1
         to 10000; 1000 where none is given.
        flowcontrol.v1.FlowSchemaSpec.priorityLevelConfiguration The priority level.
        flowcontrol.v1.FlowSchemaSpec.rules Requests that match; one rule is enough.
        flowcontrol.v1.FlowDistinguisherMethod.type ByUser or ByNamespace.
        flowcontrol.v1.GroupSubject.name The group, or * for all.
        flowcontrol.v1.LimitResponse.queuing The queues; only for Queue.
        flowcontrol.v1.LimitResponse.type Queue lets requests wait, Reject refuses them with 429.
        flowcontrol.v1.LimitedPriorityLevelConfiguration.borrowingLimitPercent How much it may
         borrow, in percent of its own seats; no bound where none is given.
        flowcontrol.v1.LimitedPriorityLevelConfiguration.limitResponse What happens to requests
         beyond the seats.
        flowcontrol.v1.LimitedPriorityLevelConfiguration.nominalConcurrencyShares Its share of all
         seats, weighed against the other levels; 30 where none is given.
        flowcontrol.v1.NonResourcePolicyRule.nonResourceURLs Paths such as /healthz or /metrics/*; *
         is all.
        flowcontrol.v1.NonResourcePolicyRule.verbs Verbs of the requests; * is all.
        flowcontrol.v1.PolicyRulesWithSubjects.nonResourceRules Requests by path.
        flowcontrol.v1.PolicyRulesWithSubjects.resourceRules Requests by resource.
        flowcontrol.v1.PolicyRulesWithSubjects.subjects Who asks.
        flowcontrol.v1.PriorityLevelConfiguration.spec How many requests are served at once, and
         what becomes of the rest.
        flowcontrol.v1.PriorityLevelConfigurationReference.name The PriorityLevelConfiguration's
         name.
        flowcontrol.v1.PriorityLevelConfigurationSpec.exempt Settings of an exempt level; only for
         Exempt.
        flowcontrol.v1.PriorityLevelConfigurationSpec.limited Settings of a limited level; only for
         Limited.
        flowcontrol.v1.PriorityLevelConfigurationSpec.type Exempt is never held back, Limited is.
        flowcontrol.v1.QueuingConfiguration.handSize How many queues a flow may use, of which the
         shortest is taken; 8 where none is given.
        flowcontrol.v1.QueuingConfiguration.queueLengthLimit How many requests may wait in a queue;
         50 where none is given.
        flowcontrol.v1.QueuingConfiguration.queues How many queues there are; 64 where none is
         given.
        flowcontrol.v1.ResourcePolicyRule.apiGroups Groups of the resources; "" is the core group, *
         is all.
        flowcontrol.v1.ResourcePolicyRule.clusterScope Whether requests without a namespace match;
         false where none is given.
        flowcontrol.v1.ResourcePolicyRule.namespaces Namespaces of the requests; * is all.
        flowcontrol.v1.ResourcePolicyRule.resources Resources, such as pods or pods/log; * is all.
        flowcontrol.v1.ResourcePolicyRule.verbs Verbs of the requests, such as get, list, watch; *
         is all.
        flowcontrol.v1.ServiceAccountSubject.name The ServiceAccount's name, or * for all.
        flowcontrol.v1.ServiceAccountSubject.namespace The ServiceAccount's namespace.
        flowcontrol.v1.Subject.group The group; only for Group.
        flowcontrol.v1.Subject.kind User, Group or ServiceAccount.
        flowcontrol.v1.Subject.serviceAccount The ServiceAccount; only for ServiceAccount.
        flowcontrol.v1.Subject.user The user; only for User.
        flowcontrol.v1.UserSubject.name The user, or * for all.
        """#
}
